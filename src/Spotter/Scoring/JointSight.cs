using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>Whether the joints that an exercise needs are seen in a repetition, or which are out of the picture or hidden.</summary>
internal static class JointSight
{
    /// <summary>
    /// A joint at or below this confidence is not seen: estimators report a place for what they cannot see, and are hardly sure of it.
    /// </summary>
    public const float UnseenConfidence = 0.3f;

    // A joint is not usable in a repetition when it is not seen for more than this share of it: cleaning bridges shorter gaps.
    private const double MaximumShareUnseen = 0.3;

    // A hand that is outside of the picture for longer has its turning point guessed, not seen.
    private const double MaximumSecondsOutside = 0.25;

    // Hands that leave at the top may cut one repetition in two: what is missing just before or after one belongs to it.
    private const double ReachSeconds = 0.5;

    // How near the picture's edge, as a share of its size, a joint is seen before or after it is missing when it is said to have left the picture.
    private const double EdgeShare = 0.08;

    /// <summary>Why a repetition cannot be judged; empty when it can.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="required">The joints that are needed.</param>
    /// <param name="repetition">The repetition.</param>
    public static IReadOnlyList<Reason> Of(SkeletonSequence skeleton, IReadOnlyList<Joint> required, Repetition repetition) =>
        Say(Outside(skeleton, required, repetition), Hidden(skeleton, required, repetition));

    /// <summary>The same of several repetitions: all joints that are not seen in one of them.</summary>
    /// <inheritdoc cref="Of(SkeletonSequence, IReadOnlyList{Joint}, Repetition)"/>
    public static IReadOnlyList<Reason> Of(SkeletonSequence skeleton, IReadOnlyList<Joint> required, IReadOnlyList<Repetition> repetitions)
    {
        var outside = repetitions.SelectMany(repetition => Outside(skeleton, required, repetition)).ToHashSet();
        return Say(outside, repetitions.SelectMany(repetition => Hidden(skeleton, required, repetition)).Where(joint => !outside.Contains(joint)));
    }

    private static List<Reason> Say(IEnumerable<Joint> outside, IEnumerable<Joint> hidden)
    {
        var reasons = new List<Reason>();
        if (Names(outside) is { Length: > 0 } left)
        {
            reasons.Add(Suitability.Because(ReasonCodes.OutOfFrame, SentencePart.Names(left)));
        }

        if (Names(hidden) is { Length: > 0 } covered)
        {
            reasons.Add(Suitability.Because(ReasonCodes.JointsHidden, SentencePart.Names(covered)));
        }

        return reasons;
    }

    private static string[] Names(IEnumerable<Joint> joints) => [.. joints.Distinct().Order().Select(joint => "joint." + joint.Name())];

    private static Joint[] Outside(SkeletonSequence skeleton, IReadOnlyList<Joint> required, Repetition repetition)
    {
        var times = skeleton.Timestamps;
        var (start, end) = (repetition.StartFrame, repetition.EndFrame);
        while (start > 0 && times[repetition.StartFrame] - times[start - 1] <= ReachSeconds)
        {
            start--;
        }

        while (end < times.Length && times[end] - times[repetition.EndFrame - 1] <= ReachSeconds)
        {
            end++;
        }

        return [.. required.Where(joint => LongestAbsence(skeleton, joint, start, end) > MaximumSecondsOutside)];
    }

    private static Joint[] Hidden(SkeletonSequence skeleton, IReadOnlyList<Joint> required, Repetition repetition)
    {
        var outside = Outside(skeleton, required, repetition);
        return [.. required.Except(outside).Where(IsHidden)];

        // Estimators are less sure of hips than of other joints that they see, and a doubtful origin is better than none, but not a mere guess: as in SkeletonCleaning.
        bool IsHidden(Joint joint)
        {
            var isHip = joint is Joint.RightHip or Joint.LeftHip;
            var limit = isHip ? SkeletonCleaning.MinimumConfidence : UnseenConfidence;
            float[] seen = [.. Enumerable.Range(repetition.StartFrame, repetition.FrameCount).Select(frame => skeleton[frame, joint].Confidence).Where(confidence => confidence > limit)];
            return repetition.FrameCount - seen.Length > MaximumShareUnseen * repetition.FrameCount || (isHip && seen.Length > 0 && seen.Average() < SkeletonCleaning.MinimumMeanHipConfidence);
        }
    }

    // Longest time, in seconds, that a joint is missing after or before it was seen at the picture's edge.
    private static double LongestAbsence(SkeletonSequence skeleton, Joint joint, int start, int end)
    {
        var longest = 0.0;
        for (var frame = start; frame < end; frame++)
        {
            if (!skeleton[frame, joint].IsMissing)
            {
                continue;
            }

            var first = frame;
            while (frame < end && skeleton[frame, joint].IsMissing)
            {
                frame++;
            }

            if (AtEdge(skeleton, joint, first - 1) || AtEdge(skeleton, joint, frame))
            {
                longest = Math.Max(longest, skeleton.Timestamps[Math.Min(frame, skeleton.FrameCount - 1)] - skeleton.Timestamps[first]);
            }
        }

        return longest;
    }

    private static bool AtEdge(SkeletonSequence skeleton, Joint joint, int frame)
    {
        if (skeleton.Width == 0 || frame < 0 || frame >= skeleton.FrameCount)
        {
            return false;
        }

        var keypoint = skeleton[frame, joint];
        return !keypoint.IsMissing
            && (Math.Min(keypoint.X, skeleton.Width - keypoint.X) < EdgeShare * skeleton.Width
                || Math.Min(keypoint.Y, skeleton.Height - keypoint.Y) < EdgeShare * skeleton.Height);
    }
}
