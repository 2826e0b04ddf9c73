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
/// Finds which joint at what time makes a repetition odd to the network: parts of the body are put back on the path of correct repetitions, and scored again
/// (occlusion, after Zeiler and Fergus, ECCV 2014, with a correct path in place of grey). From coarse to fine, each step a batch: at most four parts, then quarters
/// of the time of the best part, then its joints, then times around: at most fifteen variants; one that changes nothing is not scored.
/// </summary>
internal static class PathAttribution
{
    private const int Quarters = 4;

    // When no quarter of the time brings this share of what the whole time does, the part is odd all the time.
    private const double LeastOfQuarter = 0.5;

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

    private readonly record struct Variant(Joint[] Joints, int From, int To);

    /// <summary>Finds the joint and the time; null where the network finds nothing odd, or no part of the body makes a difference.</summary>
    public static OddPath? Find(PathTemplate path, JudgedRepetition judged, Anomaly anomaly)
    {
        if (!anomaly.IsOddToNetwork)
        {
            return null;
        }

        var last = (judged.Input.Length / (3 * Skeleton.JointCount)) - 1;
        var (part, wholeShare) = Best([.. Parts.Select(joints => new Variant(joints, 0, last))]);
        if (wholeShare <= 0)
        {
            return null;
        }

        var (time, share) = Best([.. Enumerable.Range(0, Quarters)
            .Select(quarter => part with { From = quarter * (last + 1) / Quarters, To = ((quarter + 1) * (last + 1) / Quarters) - 1 })]);
        if (share < LeastOfQuarter * wholeShare)
        {
            (time, share) = (part, wholeShare);
        }

        Variant[] joints = [.. time.Joints.Intersect(Pointed).Where(joint => IsSeen(judged.Input, joint)).Select(joint => time with { Joints = [joint] })];
        if (joints.Length == 0)
        {
            return null;
        }

        var (found, foundShare) = Best(joints);
        if (time != part)
        {
            var (wider, widerShare) = Best([.. Wider(found, last)]);
            found = widerShare > foundShare ? wider : found;
        }

        return new OddPath(found.Joints[0], found.From, found.To, share);

        (Variant Variant, double Share) Best(Variant[] variants)
        {
            float[][] inputs = [.. variants.Select(variant => PathRestoration.Restore(path, judged.Input, variant.Joints, variant.From, variant.To))];
            int[] changed = [.. Enumerable.Range(0, inputs.Length).Where(at => !inputs[at].AsSpan().SequenceEqual(judged.Input))];
            if (changed.Length == 0)
            {
                return (variants[0], 0);
            }

            var shares = anomaly.NetworkShares([.. changed.Select(at => inputs[at])]);
            var best = Array.IndexOf(shares, shares.Max());
            return (variants[changed[best]], shares[best]);
        }
    }

    // An eighth of the repetition more before, after, or both.
    private static IEnumerable<Variant> Wider(Variant variant, int last)
    {
        var eighth = (last + 1) / Quarters / 2;
        var (from, to) = (Math.Max(0, variant.From - eighth), Math.Min(last, variant.To + eighth));
        return [variant with { From = from }, variant with { To = to }, variant with { From = from, To = to }];
    }

    // The third channel is the confidence: 0 where the joint is missing.
    private static bool IsSeen(float[] input, Joint joint) => input[(2 * input.Length / 3) + (int)joint] > 0;
}
