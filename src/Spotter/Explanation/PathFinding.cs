using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Points at the joint that strays furthest from the path of correct repetitions, for an oddity that no measure names.</summary>
internal static class PathFinding
{
    // The finding covers this share of the repetition around the moment of the largest distance.
    private const double SpanShare = 0.2;

    public static Finding Find(ViewModel model, JudgedRepetition judged)
    {
        var joint = Enum.GetValues<Joint>().Where(IsSeen).MaxBy(joint => Excess(joint));
        var frames = judged.Input.Length / (3 * Skeleton.JointCount);
        var worst = Enumerable.Range(0, frames).MaxBy(frame => model.Path.DistanceFromMean(judged.Input, joint, frame));
        var (start, end) = (judged.Skeleton.Timestamps[judged.Repetition.StartFrame], judged.Skeleton.Timestamps[judged.Repetition.EndFrame - 1]);
        var middle = start + ((end - start) * worst / Math.Max(frames - 1, 1));
        var half = SpanShare / 2 * (end - start);
        return new Finding(
            Original(joint).Name(),
            "whole",
            Math.Max(start, middle - half),
            Math.Min(end, middle + half),
            "path-distance",
            model.Path.DistanceFromMean(judged.Input, joint),
            [0, model.Path.Reach[(int)joint]],
            1,
            Texts.Format("finding.path", Texts.Get("joint." + Original(joint).Name())));

        double Excess(Joint candidate) => model.Path.DistanceFromMean(judged.Input, candidate) / Math.Max(model.Path.Reach[(int)candidate], 1e-3);

        // The third channel is the confidence: 0 where the joint is missing.
        bool IsSeen(Joint candidate) => judged.Input[(2 * judged.Input.Length / 3) + (int)candidate] > 0;

        // The network sees a body whose visible arm is always the right one.
        Joint Original(Joint shown) => SkeletonNormalization.IsMirrored(judged.Skeleton, judged.Repetition) ? shown.Mirror() : shown;
    }
}
