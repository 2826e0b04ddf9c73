using Spotter.Packs;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>Puts the paths of joints back among those of correct repetitions: no nearer to their mean than a correct repetition usually is.</summary>
internal static class PathRestoration
{
    // The distance from the mean path that correct repetitions usually keep, as a share of the one that 95 % of them keep.
    private const double UsualShare = 0.5;

    // Frames over which the restored path goes over into the original one.
    private const int Ramp = 2;

    /// <summary>The network input with some joints back on the path, for some of its frames.</summary>
    /// <param name="path">The path of correct repetitions.</param>
    /// <param name="input">3 × T × 18; not changed.</param>
    /// <param name="joints">The joints as the input shows them.</param>
    /// <param name="from">First frame, 0 to T − 1.</param>
    /// <param name="to">Last frame.</param>
    public static float[] Restore(PathTemplate path, float[] input, IReadOnlyList<Joint> joints, double from, double to)
    {
        var restored = (float[])input.Clone();
        var plane = input.Length / 3;
        var frames = plane / Skeleton.JointCount;
        for (var frame = 0; frame < frames; frame++)
        {
            var weight = Math.Clamp(1 - (Math.Max(from - frame, frame - to) / (Ramp + 1)), 0, 1);
            foreach (var joint in weight > 0 ? joints : [])
            {
                var at = (frame * Skeleton.JointCount) + (int)joint;
                var distance = path.DistanceFromMean(input, joint, frame);
                var usual = UsualShare * path.Reach[(int)joint];
                if (input[(2 * plane) + at] > 0 && distance > usual)
                {
                    var share = (float)(weight * (1 - (usual / distance)));
                    restored[at] = float.Lerp(input[at], path.Mean[at], share);
                    restored[plane + at] = float.Lerp(input[plane + at], path.Mean[plane + at], share);
                }
            }
        }

        return restored;
    }
}
