using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>
/// How the body comes to the turning point. A dip of the knees and a bounce begin before the hands leave the bottom, and so before the repetition as it is cut: this begins up
/// to 0.8 seconds earlier, but not in the repetition before.
/// </summary>
internal sealed class Approach
{
    private const double Seconds = 0.8;

    // Farther from the rest than this share of the swing, the repetition before is still under way.
    private const double OfOtherRepetition = 0.6;

    private readonly Dictionary<BodySide, double[]> wristHeights;

    private Approach(SkeletonSequence frames, int lead, ViewEstimate view, BodyFrame body)
    {
        Lead = lead;
        wristHeights = view.Arms(frames).ToDictionary(
            side => side, side => Each(frame => SkeletonGeometry.Above(frames, frame, side.Of(Joint.RightWrist), side.Of(Joint.RightShoulder)) / body.Torso));
        HipHeight = Each(frame => -(BodyFrame.Hips(frames, frame)?.Y ?? double.NaN) / body.Torso);
        var leg = double.IsNaN(SkeletonGeometry.KneeAngle(frames, 0, view.NearSide)) ? view.NearSide.Other() : view.NearSide;
        KneeFlexion = Each(frame => 180 - SkeletonGeometry.KneeAngle(frames, frame, leg));

        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, frames.FrameCount).Select(value)];
    }

    /// <summary>Frames before the first of the repetition.</summary>
    public int Lead { get; }

    /// <summary>Height of the hips in the picture from an arbitrary level, torso lengths.</summary>
    public double[] HipHeight { get; }

    /// <summary>Bend of the knee nearer to the camera, degrees.</summary>
    public double[] KneeFlexion { get; }

    /// <summary>Follows the body up to the turning point of a repetition.</summary>
    public static Approach Follow(SkeletonSequence sequence, Repetition repetition, ViewEstimate view, ExerciseDefinition exercise, BodyFrame body)
    {
        var end = Math.Clamp(repetition.TurningFrame + 1, repetition.StartFrame + 1, repetition.EndFrame);
        var earliest = repetition.StartFrame;
        while (earliest > 0 && sequence.Timestamps[repetition.StartFrame] - sequence.Timestamps[earliest - 1] <= Seconds)
        {
            earliest--;
        }

        var frames = sequence.Slice(earliest, end);
        var lead = repetition.StartFrame - earliest;
        var skipped = SetSignal.Read(frames, view, exercise.Signal) is { } signal ? OtherRepetition(signal, lead) : lead;
        return new Approach(sequence.Slice(earliest + skipped, end), lead - skipped, view, body);
    }

    /// <summary>
    /// The largest rise and fall of a wrist before it goes up for good: by how much it comes back, in torso lengths, and from when to when, counted from the start of the
    /// repetition.
    /// </summary>
    public (double Size, int From, int To) Hump(BodySide side)
    {
        if (!wristHeights.TryGetValue(side, out var heights))
        {
            return (double.NaN, 0, 0);
        }

        // The lowest place before each frame, and after it.
        int[] before = [.. heights.Select((_, frame) => frame)], after = [.. before];
        for (var frame = 1; frame < heights.Length; frame++)
        {
            before[frame] = heights[before[frame - 1]] < heights[frame] ? before[frame - 1] : frame;
        }

        for (var frame = heights.Length - 2; frame >= 0; frame--)
        {
            after[frame] = heights[after[frame + 1]] < heights[frame] ? after[frame + 1] : frame;
        }

        var peak = Enumerable.Range(0, heights.Length).MaxBy(Size);
        return (Size(peak), before[peak] - Lead, after[peak] - Lead);

        double Size(int frame) => heights[frame] - Math.Max(heights[before[frame]], heights[after[frame]]);
    }

    // How many frames at the front are of the repetition before, down to where the two meet.
    private static int OtherRepetition(double[] signal, int lead)
    {
        var (rest, swing) = (signal[lead], signal[^1] - signal[lead]);
        var lowest = lead;
        for (var frame = lead; frame >= 0; frame--)
        {
            lowest = signal[frame] < signal[lowest] ? frame : lowest;
            if (signal[frame] - rest > OfOtherRepetition * swing)
            {
                return lowest;
            }
        }

        return 0;
    }
}
