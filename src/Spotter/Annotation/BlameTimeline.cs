using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>How much each joint counts against the repetition that is going on, at any moment of a clip.</summary>
public sealed class BlameTimeline
{
    private const double FadeSeconds = 0.2;

    // What is remarked on a correct repetition never looks like a fault.
    private const float MostForARemark = 0.4f;

    private readonly (double Start, double End, float[] Blame)[] repetitions = [];
    private readonly SkeletonSequence? skeleton;
    private readonly float[] attribution = []; // T × V

    /// <summary>
    /// Blame from the findings of a report: the square root of a finding's share of the anomaly, so that two causes of one half each are both seen clearly.
    /// </summary>
    public BlameTimeline(Report report) =>
        repetitions = [.. report.Repetitions.Select(repetition => (repetition.StartSeconds, repetition.EndSeconds, Blame(repetition)))];

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

    /// <summary>The weights of one repetition from its findings, 18 numbers from 0 to 1.</summary>
    public static float[] Blame(RepetitionReport repetition)
    {
        var blame = new float[Skeleton.JointCount];
        foreach (var finding in repetition.Findings)
        {
            if (Skeleton.TryParse(finding.Joint, out var joint))
            {
                var weight = (float)Math.Sqrt(Math.Clamp(finding.Contribution, 0, 1));
                blame[(int)joint] = Math.Max(blame[(int)joint], repetition.Verdict == Verdict.Incorrect ? weight : Math.Min(weight, MostForARemark));
            }
        }

        return blame;
    }

    /// <summary>The weights at a moment; they fade in and out at the ends of a repetition and are 0 between repetitions.</summary>
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

        foreach (var (start, end, weights) in repetitions)
        {
            var inside = Math.Min(seconds - (start - FadeSeconds), end + FadeSeconds - seconds) / FadeSeconds;
            if (inside <= 0)
            {
                continue;
            }

            var share = (float)Math.Min(1, inside);
            for (var joint = 0; joint < weights.Length; joint++)
            {
                blame[joint] = Math.Max(blame[joint], weights[joint] * share);
            }
        }
    }
}
