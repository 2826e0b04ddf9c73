using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Writes findings: joint, time span, numbers and a sentence.</summary>
internal sealed class FindingWording(ViewModel model, JudgedRepetition judged, string exercise)
{
    /// <summary>The finding on a cause.</summary>
    public Finding Write(Cause cause, Moment moment, double contribution)
    {
        var (measure, band) = (cause.Measure, cause.Band);
        var joint = BlamedJoints.First(cause);
        string[] sides = [.. cause.Sides.Select(side => side.ToString().ToLowerInvariant())];
        var phase = moment.Phase.ToString().ToLowerInvariant();
        var advice = FindingSentence.Of(measure, cause.IsLow, [band.Low, band.High], sides, joint.Name(), phase, exercise, judged.View.View).Say();
        var evidence = Evidence(
            measure.Unit,
            MeasureAmounts.Name(measure, band.High, judged.View.View),
            MeasureAmounts.Value(measure, cause.Value, judged.View.View),
            MeasureAmounts.Range(measure, band.Low, band.High, judged.View.View));
        return new Finding(
            joint.Name(), phase, moment.Start, moment.End, measure.Name, cause.Value, [band.Low, band.High], contribution, advice + evidence)
        {
            Advice = advice,
            Arms = measure.PerArm || measure.ComparesArms ? sides : null,
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
        var (right, down, distance) = (0.0, 0.0, 0.0);
        for (var frame = odd.FromFrame; frame <= odd.ToFrame; frame++)
        {
            var at = (frame * Skeleton.JointCount) + (int)odd.Joint;
            var share = 1.0 / (odd.ToFrame - odd.FromFrame + 1);
            right += share * (model.Path.Mean[at] - judged.Input[at]) / SkeletonNormalization.TorsoWidth * (mirrored ? -1 : 1);
            down += share * (model.Path.Mean[plane + at] - judged.Input[plane + at]) / SkeletonNormalization.TorsoHeight;
            distance += share * model.Path.DistanceFromMean(judged.Input, odd.Joint, frame);
        }

        var reach = model.Path.Reach[(int)odd.Joint];
        var advice = PathWords.Advice(joint, judged.View, right, down);
        var evidence = distance > reach
            ? Evidence("torso lengths", Texts.Get("measure.path-distance"), Amounts.Text("torso lengths", distance), Texts.Format("range.at-most", Amounts.Text("torso lengths", reach)))
            : "";
        return new Finding(
            joint.Name(),
            "whole",
            double.Lerp(start, end, odd.FromFrame / (double)Math.Max(frames - 1, 1)),
            double.Lerp(start, end, odd.ToFrame / (double)Math.Max(frames - 1, 1)),
            "path-distance",
            distance,
            [0, reach],
            contribution,
            advice.Say() + evidence)
        {
            Advice = advice.Say(),
            Said = advice,
            Shift = [right, down],
        };
    }

    private static string Evidence(string unit, string what, string value, string range) =>
        Texts.Format(Amounts.IsEstimated(unit) ? "finding.evidence.estimated" : "finding.evidence", what, value, range);
}
