using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Writes findings: joint, time span, numbers and a sentence.</summary>
internal sealed class FindingWording(ViewModel model, JudgedRepetition judged)
{
    private readonly string view = "." + judged.View.View.ToString().ToLowerInvariant();

    /// <summary>The finding on a cause.</summary>
    public Finding Write(Cause cause, (double Start, double End) span, double contribution)
    {
        var (measure, band) = (cause.Measure, cause.Band);
        var sides = BlamedJoints.Sides(cause, judged);
        var joint = BlamedJoints.First(cause, sides);
        var who = sides.Count == 1 ? Texts.Get("joint." + joint.Name()) : Texts.Get($"part.{measure.Part}.both");
        var key = $"finding.{measure.Name}.{(cause.IsLow ? "low" : "high")}";
        var advice = string.Format(Texts.Language, Texts.Find(key + view) ?? Texts.Get(key), who);
        var evidence = Texts.Format(
            Amounts.IsEstimated(measure.Unit) ? "finding.evidence.estimated" : "finding.evidence",
            Texts.Get("measure." + measure.Name),
            Amounts.Text(measure.Unit, cause.Value),
            Amounts.Range(measure.Unit, band.Low, band.High));
        return new Finding(
            joint.Name(), measure.Phase.ToString().ToLowerInvariant(), span.Start, span.End, measure.Name, cause.Value, [band.Low, band.High], contribution, advice + evidence)
        {
            Advice = advice,
        };
    }

    /// <summary>The finding on a path that no measure describes.</summary>
    public Finding Write(OddPath odd, double contribution)
    {
        var mirrored = SkeletonNormalization.IsMirrored(judged.Skeleton, judged.Repetition);
        var joint = mirrored ? odd.Joint.Mirror() : odd.Joint;
        var plane = judged.Input.Length / 3;
        var frames = plane / Skeleton.JointCount;
        var (start, end) = (judged.Skeleton.Timestamps[judged.Repetition.StartFrame], judged.Skeleton.Timestamps[judged.Repetition.EndFrame - 1]);
        var (right, down) = (0.0, 0.0);
        for (var frame = odd.FromFrame; frame <= odd.ToFrame; frame++)
        {
            var at = (frame * Skeleton.JointCount) + (int)odd.Joint;
            var share = 1.0 / (odd.ToFrame - odd.FromFrame + 1);
            right += share * (model.Path.Mean[at] - judged.Input[at]) / SkeletonNormalization.TorsoWidth * (mirrored ? -1 : 1);
            down += share * (model.Path.Mean[plane + at] - judged.Input[plane + at]) / SkeletonNormalization.TorsoHeight;
        }

        var advice = Texts.Format("finding.path", Texts.Get("joint." + joint.Name()));
        return new Finding(
            joint.Name(),
            "whole",
            double.Lerp(start, end, odd.FromFrame / (double)Math.Max(frames - 1, 1)),
            double.Lerp(start, end, odd.ToFrame / (double)Math.Max(frames - 1, 1)),
            "path-distance",
            model.Path.DistanceFromMean(judged.Input, odd.Joint),
            [0, model.Path.Reach[(int)odd.Joint]],
            contribution,
            advice)
        {
            Advice = advice,
            Shift = [right, down],
        };
    }
}
