using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>How much each joint counts against what the body does, at any moment of a clip.</summary>
public sealed class BlameTimeline
{
    private const double FadeSeconds = 0.2;

    // What is remarked on a correct repetition never looks like a fault.
    private const float MostForARemark = 0.4f;

    private readonly (double Start, double End, int Joint, float Blame)[] findings = [];
    private readonly SkeletonSequence? skeleton;
    private readonly float[] attribution = []; // T × V

    /// <summary>
    /// Blame from the findings of a report, each while it can be seen: the square root of its share of the anomaly, so that two causes of one half each are both seen clearly.
    /// </summary>
    public BlameTimeline(Report report) =>
        findings =
        [
            .. from repetition in report.Repetitions
               from finding in repetition.Findings
               from joint in JointsOf(finding)
               select (finding.StartSeconds, finding.EndSeconds, joint, Weight(finding, repetition.Verdict)),
        ];

    /// <summary>Blame that changes from frame to frame.</summary>
    /// <param name="skeleton">The T frames that were judged.</param>
    /// <param name="attribution">T × 18 numbers from 0 to 1. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public BlameTimeline(SkeletonSequence skeleton, float[] attribution)
    {
        if (attribution.Length != skeleton.FrameCount * Skeleton.JointCount)
        {
            throw new ArgumentException(
                $"{skeleton.FrameCount} frames need {skeleton.FrameCount * Skeleton.JointCount} weights, but there are {attribution.Length}.", nameof(attribution));
        }

        this.skeleton = skeleton;
        this.attribution = attribution;
    }

    /// <summary>The weights at a moment; they fade in just before a finding can be seen and out just after, and are 0 else.</summary>
    /// <param name="seconds">Time from the start of the clip.</param>
    /// <param name="blame">Takes 18 numbers from 0 to 1.</param>
    public void At(double seconds, Span<float> blame)
    {
        blame.Clear();
        if (skeleton is { FrameCount: > 0 })
        {
            var after = skeleton.Timestamps.BinarySearch(seconds);
            var frame = Math.Clamp(after >= 0 ? after : ~after - 1, 0, skeleton.FrameCount - 1);
            attribution.AsSpan(frame * Skeleton.JointCount, Skeleton.JointCount).CopyTo(blame);
        }

        foreach (var (start, end, joint, weight) in findings)
        {
            var share = (float)Math.Clamp(Math.Min(seconds - (start - FadeSeconds), end + FadeSeconds - seconds) / FadeSeconds, 0, 1);
            blame[joint] = Math.Max(blame[joint], weight * share);
        }
    }

    // What is said of both arms is seen on both.
    private static int[] JointsOf(Finding finding) =>
        !Skeleton.TryParse(finding.Joint, out var joint) ? [] : finding.Arms is [_, _] ? [(int)joint, (int)joint.Mirror()] : [(int)joint];

    private static float Weight(Finding finding, Verdict verdict)
    {
        var weight = (float)Math.Sqrt(Math.Clamp(finding.Contribution, 0, 1));
        return verdict == Verdict.Incorrect ? weight : Math.Min(weight, MostForARemark);
    }
}
