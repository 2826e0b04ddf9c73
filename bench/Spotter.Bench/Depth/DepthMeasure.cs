using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Depth;

/// <summary>One number of a repetition that can be taken from the picture, from joints in space and from the truth.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Take">Takes it from the frames of one arm and those of the bottom and of the top.</param>
/// <param name="PictureIsAngle">Whether the picture shows an angle that could be the same; else only the correlation can be compared.</param>
internal sealed record DepthMeasure(string Name, Func<SpaceAngles[], DepthMeasure.Ends, double> Take, bool PictureIsAngle = true)
{
    // Near enough to the end of the way of the wrists to belong to it, as for the phases of a repetition.
    private const double EndShare = 0.15;

    /// <summary>All that are compared.</summary>
    public static IReadOnlyList<DepthMeasure> All { get; } =
    [
        new("elbow, largest", (frames, _) => frames.Max(angles => angles.Elbow)),
        new("elbow, largest at the top", (frames, ends) => ends.Top.Max(frame => frames[frame].Elbow)),
        new("elbow, smallest", (frames, _) => frames.Min(angles => angles.Elbow)),
        new("forearm from upright, bottom", (frames, ends) => ends.Bottom.Average(frame => frames[frame].ForearmTilt)),
        new("upper arm above level, bottom", (frames, ends) => ends.Bottom.Average(frame => frames[frame].Elevation)),
        new("upper arm forward, bottom", (frames, ends) => ends.Bottom.Average(frame => frames[frame].Forward), PictureIsAngle: false),
        new("trunk backwards, largest", (frames, _) => frames.Max(angles => angles.Lean)),
    ];

    /// <summary>The frames of both ends of the only repetition, counted from its start.</summary>
    public static Ends EndsOf(MannequinSequence set)
    {
        var repetition = set.Repetitions[0];
        double[] heights = [.. set.Joints3D[repetition.StartFrame..repetition.EndFrame].Select(joints => joints[(int)Joint.RightWrist].Y + joints[(int)Joint.LeftWrist].Y)];
        var (low, high) = (heights.Min(), heights.Max());
        return new Ends(
            [.. Enumerable.Range(0, heights.Length).Where(frame => heights[frame] <= double.Lerp(low, high, EndShare))],
            [.. Enumerable.Range(0, heights.Length).Where(frame => heights[frame] >= double.Lerp(high, low, EndShare))]);
    }

    /// <summary>The frames where the hands are low, and where they are high.</summary>
    internal sealed record Ends(int[] Bottom, int[] Top);
}
