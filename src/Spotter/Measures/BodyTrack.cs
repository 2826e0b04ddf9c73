using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>How the body moves in a repetition: what every measure is taken from.</summary>
internal sealed class BodyTrack
{
    // As far as at the other end, but for errors of the estimate.
    private const double AsFar = 0.9;

    private readonly double[] times;

    private BodyTrack(SkeletonSequence frames, RepetitionPhases phases, Approach approach, int turning, ViewEstimate view, BodyFrame body)
    {
        Phases = phases;
        Approach = approach;
        Turning = turning;
        times = frames.Timestamps.ToArray();
        Arms = [.. view.Arms(frames).Select(side => new ArmTrack(frames, side, view, body.Torso))];

        // Seen from the side, leaning back counts up; else leaning to the right of the picture does.
        var back = view is { View: View.Side, NearSide: BodySide.Right } ? -1 : 1;
        TrunkAngle = Each(frame => back * SkeletonGeometry.TrunkAngle(frames, frame));
        HipHeight = Each(frame => -(BodyFrame.Hips(frames, frame)?.Y ?? double.NaN) / body.Torso);
        ShoulderHeight = Each(frame => ((BodyFrame.Hips(frames, frame)?.Y ?? double.NaN) - (BodyFrame.Neck(frames, frame)?.Y ?? double.NaN)) / body.Torso);
        var near = SkeletonGeometry.KneeAngle(frames, 0, view.NearSide);
        var leg = double.IsNaN(near) ? view.NearSide.Other() : view.NearSide;
        KneeFlexion = Each(frame => 180 - SkeletonGeometry.KneeAngle(frames, frame, leg));

        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, frames.FrameCount).Select(value)];
    }

    public RepetitionPhases Phases { get; }

    /// <summary>How the body comes to the turning point, from shortly before the repetition.</summary>
    public Approach Approach { get; }

    /// <summary>The frame of the turning point, counted from the start of the repetition.</summary>
    public int Turning { get; }

    /// <summary>The arms that count in this view.</summary>
    public IReadOnlyList<ArmTrack> Arms { get; }

    /// <summary>Degrees from upright: backwards from the side, to the right of the picture in other views.</summary>
    public double[] TrunkAngle { get; }

    /// <summary>Height of the hips in the picture from an arbitrary level, torso lengths.</summary>
    public double[] HipHeight { get; }

    /// <summary>Height of the neck above the hips, torso lengths.</summary>
    public double[] ShoulderHeight { get; }

    /// <summary>Bend of the knee nearer to the camera, degrees; 0 for a straight leg.</summary>
    public double[] KneeFlexion { get; }

    /// <summary>Follows a repetition; null when its joints are not seen.</summary>
    public static BodyTrack? Follow(SkeletonSequence sequence, Repetition repetition, ViewEstimate view, ExerciseDefinition exercise)
    {
        if (RepetitionPhases.Find(sequence, repetition, view, exercise) is not { } phases)
        {
            return null;
        }

        var frames = sequence.Slice(repetition.StartFrame, repetition.EndFrame);
        return BodyFrame.TryMeasure(frames, 0, frames.FrameCount, out var body)
            ? new BodyTrack(
                frames,
                phases,
                Approach.Follow(sequence, repetition, view, exercise, body),
                Math.Clamp(repetition.TurningFrame - repetition.StartFrame, 0, frames.FrameCount - 1),
                view,
                body)
            : null;
    }

    /// <summary>Mean over a phase; NaN where the repetition has no such phase.</summary>
    public double Mean(double[] values, RepetitionPhase phase)
    {
        var (sum, count) = (0.0, 0);
        foreach (var frame in Phases.Frames(phase))
        {
            sum += values[frame];
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Largest value over a phase; NaN where the repetition has no such phase.</summary>
    public double Max(double[] values, RepetitionPhase phase)
    {
        var max = double.NaN;
        foreach (var frame in Phases.Frames(phase))
        {
            max = values[frame] <= max ? max : values[frame];
        }

        return max;
    }

    /// <summary>From the smallest to the largest value.</summary>
    public static double Range(double[] values) => values.Max() - values.Min();

    /// <summary>The frames around the largest value in which more than half of the range is reached; the first time, where it is reached twice as at both ends of a repetition.</summary>
    public (int From, int To) FarFromLeast(double[] values)
    {
        var (least, range) = (values.Min(), Range(values));
        var before = Enumerable.Range(0, Math.Min(Turning + 1, values.Length)).MaxBy(frame => values[frame]);
        var peak = values[before] - least >= AsFar * range ? before : Array.IndexOf(values, values.Max());
        var (from, to) = (peak, peak);
        while (from > 0 && values[from - 1] - least > range / 2)
        {
            from--;
        }

        while (to + 1 < values.Length && values[to + 1] - least > range / 2)
        {
            to++;
        }

        return (from, to);
    }

    /// <summary>Seconds that the longest stretch of a phase lasts; 0 where the repetition has no such phase.</summary>
    public double Seconds(RepetitionPhase phase)
    {
        if (!Phases.Frames(phase).Any())
        {
            return 0;
        }

        var (first, last) = Phases.Longest(phase);
        return times[last] - times[first];
    }

    /// <summary>The moment, in seconds, when a rising signal first passes the middle between its lowest and highest value before the turning point.</summary>
    public double MiddleOfRise(double[] values)
    {
        var middle = (values.Min() + values.Max()) / 2;
        for (var frame = Turning; frame > 0; frame--)
        {
            if (values[frame] >= middle && values[frame - 1] < middle)
            {
                var share = (middle - values[frame - 1]) / (values[frame] - values[frame - 1]);
                return times[frame - 1] + (share * (times[frame] - times[frame - 1]));
            }
        }

        return double.NaN;
    }

    /// <summary>The range of what is left of a signal after the part that goes with the movement is taken out (least squares on how far the movement is).</summary>
    public double RangeBesidesTheMovement(double[] values)
    {
        double[] shares = [.. Enumerable.Range(0, values.Length).Select(Phases.Share)];
        var (mean, middle) = (values.Average(), shares.Average());
        var (along, square) = (0.0, 0.0);
        for (var frame = 0; frame < values.Length; frame++)
        {
            along += (shares[frame] - middle) * (values[frame] - mean);
            square += (shares[frame] - middle) * (shares[frame] - middle);
        }

        var slope = square > 0 ? along / square : 0;
        return Range([.. values.Select((value, frame) => value - (slope * shares[frame]))]);
    }

    /// <summary>Seconds of the longest stretch on the way to the turning point in which the movement gets on by no more than a share of its way.</summary>
    public double LongestStop(double share) =>
        Stops.Longest([.. Phases.Frames(Phases.WayThere)], [.. Enumerable.Range(0, times.Length).Select(Phases.Share)], times, share);
}
