using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>A joint and a stretch of time that the network finds odd.</summary>
/// <param name="Joint">The joint, as the network is shown it.</param>
/// <param name="FromFrame">First frame of the network's input.</param>
/// <param name="ToFrame">Last frame of the network's input.</param>
/// <param name="Share">Share of the network's oddness that goes away when its part of the body is back on its path then, 0 to 1.</param>
internal readonly record struct OddPath(Joint Joint, int FromFrame, int ToFrame, double Share);

/// <summary>
/// Finds which joint at what time makes a repetition odd to the network: parts of the body are put back on the path of correct repetitions for a part of the
/// time, and scored again (occlusion, after Zeiler and Fergus, ECCV 2014, with a correct path in place of grey). First parts and quarters, then, within the best one, joints and
/// eighths: 16 and at most 20 variants, each set one batch.
/// </summary>
internal static class PathAttribution
{
    private const int Quarters = 4;

    private static readonly Joint[][] Parts =
    [
        [Joint.RightElbow, Joint.RightWrist],
        [Joint.LeftElbow, Joint.LeftWrist],
        [Joint.Nose, Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.RightEye, Joint.LeftEye, Joint.RightEar, Joint.LeftEar],
        [Joint.RightHip, Joint.RightKnee, Joint.RightAnkle, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle],
    ];

    // Of a part, the joints that a person can be told of.
    private static readonly Joint[] Pointed =
    [
        Joint.RightElbow, Joint.RightWrist, Joint.LeftElbow, Joint.LeftWrist, Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder,
        Joint.RightHip, Joint.LeftHip, Joint.RightKnee, Joint.LeftKnee,
    ];

    /// <summary>Finds the joint and the time; null where the network finds nothing odd, or no part of the body makes a difference.</summary>
    public static OddPath? Find(PathTemplate path, JudgedRepetition judged, Anomaly anomaly)
    {
        if (!anomaly.IsOddToNetwork)
        {
            return null;
        }

        var frames = judged.Input.Length / (3 * Skeleton.JointCount);
        (Joint[] Joints, int From, int To)[] coarse =
        [
            .. Parts.SelectMany(part => Enumerable.Range(0, Quarters).Select(quarter => (part, quarter * frames / Quarters, ((quarter + 1) * frames / Quarters) - 1))),
        ];
        var (best, share) = Best(coarse);
        if (share <= 0)
        {
            return null;
        }

        var eighth = frames / Quarters / 2;
        (Joint[] Joints, int From, int To)[] fine =
        [
            .. best.Joints.Intersect(Pointed).Where(joint => IsSeen(judged.Input, joint)).SelectMany(joint => Windows(best.From, best.To, eighth, frames)
                .Select(window => ((Joint[])[joint], window.From, window.To))),
        ];
        if (fine.Length == 0)
        {
            return null;
        }

        var (joint, _) = Best(fine);
        return new OddPath(joint.Joints[0], joint.From, joint.To, share);

        ((Joint[] Joints, int From, int To) Variant, double Share) Best((Joint[] Joints, int From, int To)[] variants)
        {
            var shares = anomaly.NetworkShares(Array.ConvertAll(variants, variant => PathRestoration.Restore(path, judged.Input, variant.Joints, variant.From, variant.To)));
            var at = Array.IndexOf(shares, shares.Max());
            return (variants[at], shares[at]);
        }
    }

    private static IEnumerable<(int From, int To)> Windows(int first, int last, int eighth, int frames) =>
        from before in (int[])[0, eighth]
        from after in (int[])[0, eighth]
        select (Math.Max(0, first - before), Math.Min(frames - 1, last + after));

    // The third channel is the confidence: 0 where the joint is missing.
    private static bool IsSeen(float[] input, Joint joint) => input[(2 * input.Length / 3) + (int)joint] > 0;
}
