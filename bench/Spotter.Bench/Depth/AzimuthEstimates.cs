using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Bench.Depth;

/// <summary>The azimuth of a person by several ways, degrees.</summary>
/// <param name="Present">As clips are judged: shoulders and hips in space.</param>
/// <param name="Picture">Widths of shoulders and hips in the picture, as keypoints without depth are judged.</param>
/// <param name="Shoulders">Shoulders in space alone.</param>
/// <param name="Hips">Hips in space alone.</param>
internal readonly record struct AzimuthEstimates(double Present, double Picture, double Shoulders, double Hips)
{
    /// <summary>What each way says, in the order of the parameters.</summary>
    public double[] All => [Present, Picture, Shoulders, Hips];

    /// <summary>The estimates over some frames.</summary>
    public static AzimuthEstimates Of(PoseTrack track, SkeletonSequence cleaned, int start, int end)
    {
        var world = track.World.Skip(start).Take(end - start).OfType<Vector3[]>().ToArray();
        return new AzimuthEstimates(
            track.EstimateView(cleaned, start, end)?.AzimuthDegrees ?? double.NaN,
            ViewEstimator.Estimate(cleaned.Slice(start, end))?.AzimuthDegrees ?? double.NaN,
            Across(world, Joint.LeftShoulder, Joint.RightShoulder),
            Across(world, Joint.LeftHip, Joint.RightHip));
    }

    private static double Across(Vector3[][] world, Joint left, Joint right)
    {
        var across = world.Aggregate(Vector3.Zero, (sum, joints) => sum + joints[(int)left] - joints[(int)right]);
        return double.RadiansToDegrees(Math.Atan2(across.Z, across.X));
    }
}
