using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>
/// Says what is off in a repetition. Two sources: the few faults that are behind the measures outside of the bands of correct repetitions, and, for what these leave
/// unexplained, the joint and time that make the repetition odd to the network. Each tells what share of the oddness goes away when its joints are put right.
/// </summary>
public static class Findings
{
    /// <summary>Most findings for one repetition: nobody changes four things at once.</summary>
    public const int Most = 3;

    // An odd path is worth a finding beside others when it explains this share and they leave as much.
    private const double LeastOfPath = 0.3;

    /// <summary>The report on a judged repetition, with what is off: one to three findings when it is incorrect, at most one remark when it is to be watched.</summary>
    /// <param name="judge">What judged it.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="index">Number of the repetition, from 1.</param>
    public static RepetitionReport Report(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, int index)
    {
        var pValue = judged.Score.PValue(judge.Method);
        var (verdict, watch) = judge.Grade(pValue);
        var times = judged.Skeleton.Timestamps;
        return new RepetitionReport
        {
            Index = index,
            StartSeconds = times[judged.Repetition.StartFrame],
            TurningSeconds = times[judged.Repetition.TurningFrame],
            EndSeconds = times[judged.Repetition.EndFrame - 1],
            Verdict = verdict,
            Watch = watch,
            Score = judged.Score.Network.Score,
            PValue = pValue,
            Branches = judged.Score.Branches,
            Findings = verdict == Verdict.Incorrect ? Find(judge, judged, exercise, Most) : watch ? Remark(judge, judged, exercise) : [],
        };
    }

    // On a correct repetition only what can be shown in numbers is worth a word.
    private static List<Finding> Remark(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise) =>
        Causes.Find(judge.Model, judged, exercise, 1).Count == 0 ? [] : Find(judge, judged, exercise, 1);

    private static List<Finding> Find(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, int most)
    {
        var (model, anomaly) = (judge.Model, new Anomaly(judge, judged));
        var (wording, spans) = (new FindingWording(model, judged), new FindingSpan(judged, exercise));
        var causes = Causes.Find(model, judged, exercise, most);
        var restored = Restored(model, judged, causes, spans);
        var shares = anomaly.NetworkShares(restored);
        List<Finding> findings =
        [
            .. causes.Select((cause, at) => wording.Write(
                cause, spans.Of(cause), anomaly.Joined(shares[at], anomaly.MeasuresShare(WithoutEffects(model, judged, [cause]))))),
        ];
        var rest = 1 - (causes.Count == 0 ? 0 : anomaly.Joined(shares[^1], anomaly.MeasuresShare(WithoutEffects(model, judged, causes))));
        if (findings.Count == 0 || (findings.Count < most && rest >= LeastOfPath))
        {
            AddPath(findings, rest);
        }

        return findings;

        void AddPath(List<Finding> found, double left)
        {
            var odd = PathAttribution.Find(model.Path, judged, anomaly) ?? Farthest(model, judged);
            var finding = wording.Write(odd, anomaly.Joined(odd.Share, 0));
            if (found.Count == 0 || (odd.Share >= LeastOfPath && left >= LeastOfPath && found.TrueForAll(other => other.Joint != finding.Joint)))
            {
                found.Add(finding);
            }
        }
    }

    /// <summary>The network input with the joints of each cause back on their path, and last with those of all.</summary>
    private static List<float[]> Restored(ViewModel model, JudgedRepetition judged, IReadOnlyList<Cause> causes, FindingSpan spans)
    {
        var mirrored = SkeletonNormalization.IsMirrored(judged.Skeleton, judged.Repetition);
        var (start, end) = (judged.Skeleton.Timestamps[judged.Repetition.StartFrame], judged.Skeleton.Timestamps[judged.Repetition.EndFrame - 1]);
        var last = (judged.Input.Length / (3 * Skeleton.JointCount)) - 1;
        List<float[]> inputs = [];
        var all = judged.Input;
        foreach (var cause in causes)
        {
            var span = spans.Of(cause);
            Joint[] joints = [.. BlamedJoints.Moved(cause, BlamedJoints.Sides(cause, judged)).Select(joint => mirrored ? joint.Mirror() : joint)];
            var (from, to) = (Frame(span.Start), Frame(span.End));
            inputs.Add(PathRestoration.Restore(model.Path, judged.Input, joints, from, to));
            all = PathRestoration.Restore(model.Path, all, joints, from, to);
        }

        return causes.Count == 0 ? inputs : [.. inputs, all];

        double Frame(double seconds) => end > start ? (seconds - start) / (end - start) * last : 0;
    }

    /// <summary>The measures without what some causes did to them.</summary>
    private static double[] WithoutEffects(ViewModel model, JudgedRepetition judged, IReadOnlyList<Cause> causes)
    {
        var values = judged.Measures.Select(model.MeasureNames);
        foreach (var cause in causes)
        {
            for (var at = 0; at < values.Length; at++)
            {
                var name = model.MeasureNames[at];
                if (cause.Effect.TryGetValue(name, out var effect))
                {
                    // Of a difference between the arms the effect has a sign, the value has none.
                    values[at] = Measures.MeasureCatalogue.Get(name).ComparesArms
                        ? Math.Abs(judged.Measures[name, BodySide.Right] - effect)
                        : values[at] - effect;
                }
                else if (name == cause.Measure.Name && cause.Effect.Count == 0)
                {
                    values[at] = cause.Band.Middle;
                }
            }
        }

        return values;
    }

    // Without anything odd to point at: the joint that strays furthest.
    private static OddPath Farthest(ViewModel model, JudgedRepetition judged)
    {
        var frames = judged.Input.Length / (3 * Skeleton.JointCount);
        var joint = Enum.GetValues<Joint>().Where(joint => judged.Input[(2 * judged.Input.Length / 3) + (int)joint] > 0)
            .MaxBy(joint => model.Path.DistanceFromMean(judged.Input, joint) / Math.Max(model.Path.Reach[(int)joint], 1e-3));
        var worst = Enumerable.Range(0, frames).MaxBy(frame => model.Path.DistanceFromMean(judged.Input, joint, frame));
        return new OddPath(joint, Math.Max(0, worst - (frames / 8)), Math.Min(frames - 1, worst + (frames / 8)), 0);
    }
}
