using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Depth;

/// <summary>The angles of one arm and the trunk, frame by frame, from one source; NaN where it does not show them.</summary>
internal static class AngleCurves
{
    // As many as the cleaning of keypoints looks at, at 30 frames a second.
    private const int MedianReach = 2;

    /// <summary>As they are.</summary>
    public static SpaceAngles[] Exact(MannequinSequence set, BodySide side) => [.. set.Joints3D.Select(joints => SpaceAngles.Of(joints, side))];

    /// <summary>From the joints in space, in the directions of a body that is turned by so much.</summary>
    public static SpaceAngles[] InSpace(IReadOnlyList<Vector3[]?> world, BodySide side, double azimuth) =>
    [
        .. Enumerable.Range(0, world.Count).Select(frame => world[frame] is null
            ? new SpaceAngles(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
            : SpaceAngles.Of(SpaceAngles.Turn(Median(world, frame), azimuth), side)),
    ];

    /// <summary>
    /// From the picture, as measures take them. It has no angle of the upper arm about the vertical; in its place stands what Spotter measures instead, torso
    /// lengths of the elbow before the shoulder (side) or inside of it (front).
    /// </summary>
    public static SpaceAngles[] InPicture(SkeletonSequence cleaned, BodySide side, ViewEstimate view)
    {
        var (shoulder, elbow, wrist) = (side.Of(Joint.RightShoulder), side.Of(Joint.RightElbow), side.Of(Joint.RightWrist));
        var ahead = view.NearSide == BodySide.Right ? 1 : -1;
        var forward = view.View switch
        {
            View.Side => ahead,
            View.Front => side == BodySide.Right ? 1 : -1,
            _ => double.NaN,
        };
        return [.. Enumerable.Range(0, cleaned.FrameCount).Select(frame =>
        {
            var (right, up) = (SkeletonGeometry.RightOf(cleaned, frame, elbow, shoulder), SkeletonGeometry.Above(cleaned, frame, elbow, shoulder));
            return new SpaceAngles(
                SkeletonGeometry.ElbowAngle(cleaned, frame, side),
                Degrees(Math.Abs(SkeletonGeometry.RightOf(cleaned, frame, wrist, elbow)), SkeletonGeometry.Above(cleaned, frame, wrist, elbow)),
                Degrees(up, Math.Abs(right)),
                forward * right / SkeletonGeometry.Torso(cleaned, frame),
                view.View == View.Front ? double.NaN : -ahead * SkeletonGeometry.TrunkAngle(cleaned, frame));
        })];
    }

    /// <summary>Which arms are measured: from the side the near one, else both.</summary>
    public static IReadOnlyList<BodySide> Arms(ViewEstimate view) => view.View == View.Side ? [view.NearSide] : BodySides.Both;

    // Single-frame jumps are taken out of keypoints before anything is measured; the joints in space get the same.
    private static Vector3[] Median(IReadOnlyList<Vector3[]?> world, int frame)
    {
        var reach = Math.Min(MedianReach, Math.Min(frame, world.Count - 1 - frame));
        Vector3[][] near = [.. Enumerable.Range(frame - reach, (2 * reach) + 1).Select(at => world[at]).OfType<Vector3[]>()];
        return [.. Enumerable.Range(0, Skeleton.JointCount).Select(joint => new Vector3(Middle(near, place => place[joint].X), Middle(near, place => place[joint].Y), Middle(near, place => place[joint].Z)))];
    }

    private static float Middle(Vector3[][] near, Func<Vector3[], float> value) => near.Select(value).Order().ElementAt(near.Length / 2);

    private static double Degrees(double y, double x) => double.RadiansToDegrees(Math.Atan2(y, x));
}
