using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>
/// Takes the jitter out of keypoints without making fast movements lag: each coordinate of each joint goes through a One-Euro filter whose speeds
/// are measured in body sizes, so that a person far away is smoothed like one close by. docs/benchmarks.md has its lag and what jitter it leaves.
/// </summary>
public sealed class KeypointSmoother
{
    /// <summary>Cutoff at rest, hertz.</summary>
    public const double MinimumCutoff = 0.5;

    /// <summary>Rise of the cutoff, hertz per body size a second.</summary>
    public const double Beta = 80;

    /// <summary>Cutoff of the speed, hertz: a press starts within a few frames, and the speed must be known by then.</summary>
    public const double SpeedCutoff = 2;

    // The square that BlazePose looks at has sides of about 2.2 m for an adult.
    private const double MetresPerSize = 2.2;

    private readonly OneEuroFilter[] picture = Filters(Skeleton.JointCount * 2);
    private readonly OneEuroFilter[] space = Filters(Skeleton.JointCount * 3);

    /// <summary>Smooths the joints of the next frame in place; a missing joint stays missing and starts afresh when it comes back.</summary>
    /// <param name="keypoints">18 keypoints in pixels.</param>
    /// <param name="world">18 joints in metres.</param>
    /// <param name="seconds">Time of the frame.</param>
    /// <param name="bodySize">Side of the square around the whole body, pixels.</param>
    public void Smooth(Span<Keypoint> keypoints, Span<Vector3> world, double seconds, double bodySize)
    {
        var scale = bodySize > 0 ? 1 / bodySize : 1;
        for (var joint = 0; joint < keypoints.Length; joint++)
        {
            var (x, y) = (picture[2 * joint], picture[(2 * joint) + 1]);
            if (keypoints[joint].IsMissing)
            {
                x.Reset();
                y.Reset();
            }
            else
            {
                var keypoint = keypoints[joint];
                keypoints[joint] = keypoint with { X = (float)x.Apply(keypoint.X, seconds, scale), Y = (float)y.Apply(keypoint.Y, seconds, scale) };
            }

            var place = world[joint];
            var filters = space.AsSpan(3 * joint, 3);
            world[joint] = new Vector3(
                (float)filters[0].Apply(place.X, seconds, 1 / MetresPerSize),
                (float)filters[1].Apply(place.Y, seconds, 1 / MetresPerSize),
                (float)filters[2].Apply(place.Z, seconds, 1 / MetresPerSize));
        }
    }

    /// <summary>Forgets what came before, as when the person was lost.</summary>
    public void Reset()
    {
        Array.ForEach(picture, filter => filter.Reset());
        Array.ForEach(space, filter => filter.Reset());
    }

    private static OneEuroFilter[] Filters(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new OneEuroFilter(MinimumCutoff, Beta, SpeedCutoff))];
}
