using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Depth;

/// <summary>One number of a repetition that can be taken from the picture, from joints in space and from the truth.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Take">Takes it from the frames of one arm; the second argument holds the frames of the bottom.</param>
/// <param name="PictureIsAngle">Whether the picture shows an angle that could be the same; else only the correlation can be compared.</param>
internal sealed record DepthMeasure(string Name, Func<SpaceAngles[], int[], double> Take, bool PictureIsAngle = true)
{
    // Low enough to count as the bottom, as a share of the way of the wrists.
    private const double BottomShare = 0.15;

    /// <summary>All that are compared.</summary>
    public static IReadOnlyList<DepthMeasure> All { get; } =
    [
        new("elbow, largest", (frames, _) => frames.Max(angles => angles.Elbow)),
        new("elbow, smallest", (frames, _) => frames.Min(angles => angles.Elbow)),
        new("forearm from upright, bottom", (frames, bottom) => bottom.Average(frame => frames[frame].ForearmTilt)),
        new("upper arm above level, bottom", (frames, bottom) => bottom.Average(frame => frames[frame].Elevation)),
        new("upper arm forward, bottom", (frames, bottom) => bottom.Average(frame => frames[frame].Forward), PictureIsAngle: false),
        new("trunk backwards, largest", (frames, _) => frames.Max(angles => angles.Lean)),
    ];

    /// <summary>The frames of the bottom of the only repetition, counted from its start.</summary>
    public static int[] Bottom(MannequinSequence set)
    {
        var repetition = set.Repetitions[0];
        double[] heights = [.. set.Joints3D[repetition.StartFrame..repetition.EndFrame].Select(joints => joints[(int)Joint.RightWrist].Y + joints[(int)Joint.LeftWrist].Y)];
        var limit = double.Lerp(heights.Min(), heights.Max(), BottomShare);
        return [.. Enumerable.Range(0, heights.Length).Where(frame => heights[frame] <= limit)];
    }
}
