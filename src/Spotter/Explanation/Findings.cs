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

    // A further cause that explains less is not worth a word, nor is a remark.
    private const double LeastOfCause = 0.05;

    // From this share of the shorter time span on, an odd path and a cause are of the same moment.
    private const double LeastShared = 0.5;

    // How far outside its band, in widths of it, a measure of a correct repetition must lie to be remarked on.
    private const double RemarkWidths = 0.5;

    /// <summary>The report on a judged repetition, with what is off: one to three findings when it is incorrect, at most one remark when it is to be watched.</summary>
    /// <param name="judge">What judged it.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="index">Number of the repetition, from 1.</param>
    /// <param name="cancellationToken">Stops before the network is asked again.</param>
    public static RepetitionReport Report(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, int index, CancellationToken cancellationToken = default)
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
            Findings = verdict == Verdict.Incorrect ? Find(judge, judged, exercise, Most, cancellationToken) : watch ? Remark(judge, judged, exercise, cancellationToken) : [],
        };
    }

    // A correct repetition is remarked on only for what is clearly off in what is judged.
    private static List<Finding> Remark(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, CancellationToken cancellationToken)
    {
        var names = judge.Model.MeasureNames.ToHashSet(StringComparer.Ordinal);
        var clear = Causes.Outside(judge.Model, judged, names, RemarkWidths);
        return clear.Count == 0
            ? []
            : [.. Find(judge, judged, exercise, 1, cancellationToken).Where(finding => finding.Contribution >= LeastOfCause && clear.Any(cause => cause.Measure.Name == finding.Measure))];
    }

    private static List<Finding> Find(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, int most, CancellationToken cancellationToken)
    {
        var (model, anomaly) = (judge.Model, new Anomaly(judge, judged, cancellationToken));
        var (wording, spans) = (new FindingWording(model, judged, exercise.Name), new FindingSpan(judged, exercise));
        var causes = Causes.Find(model, judged, exercise, most);
        var shares = anomaly.NetworkShares(Restored(model, judged, causes, spans));
        (Cause Cause, Finding Finding)[] said =
        [
            .. causes
                .Select((cause, at) => (cause, wording.Write(cause, spans.Of(cause), anomaly.Joined(shares[at], anomaly.MeasuresShare(WithoutEffects(model, judged, [cause]))))))
                .Where((pair, at) => at == 0 || pair.Item2.Contribution >= LeastOfCause),
        ];
        List<Finding> findings = [.. said.Select(pair => pair.Finding)];
        var rest = 1 - (causes.Count == 0 ? 0 : anomaly.Joined(shares[^1], anomaly.MeasuresShare(WithoutEffects(model, judged, causes))));
        if (findings.Count == 0 || (most > 1 && rest >= LeastOfPath))
        {
            AddPath(findings);
        }

        return findings;

        void AddPath(List<Finding> found)
        {
            var odd = PathAttribution.Find(model.Path, judged, anomaly) ?? Farthest(model, judged);
            var finding = wording.Write(odd, anomaly.Joined(odd.Share, 0));
            if (found.Count > 0 && (odd.Share < LeastOfPath || finding.Value <= finding.Expected[1] || said.Any(pair => IsRepeated(pair, finding))))
            {
                return;
            }

            // What is so odd takes the place of what explains least; never that of the first.
            if (found.Count == most)
            {
                found.Remove(found.Skip(1).MinBy(other => other.Contribution)!);
            }

            found.Add(finding);
        }

        // Of the joint that a cause points at enough is said; of those that it moves along, at the time when it does.
        bool IsRepeated((Cause Cause, Finding Finding) known, Finding path)
        {
            var (cause, finding) = known;
            var shared = Math.Min(finding.EndSeconds, path.EndSeconds) - Math.Max(finding.StartSeconds, path.StartSeconds);
            var shorter = Math.Min(finding.EndSeconds - finding.StartSeconds, path.EndSeconds - path.StartSeconds);
            return Names(BlamedJoints.Pointed(cause)) || (shared >= LeastShared * shorter && Names(BlamedJoints.Bent(cause, judged.View.View)));

            bool Names(IEnumerable<Joint> joints) => joints.Any(joint => joint.Name() == path.Joint);
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
            Joint[] joints = [.. BlamedJoints.Moved(cause).Select(joint => mirrored ? joint.Mirror() : joint)];
            var (from, to) = (Frame(span.Start), Frame(span.End));
            inputs.Add(PathRestoration.Restore(model.Path, judged.Input, joints, from, to));
            all = PathRestoration.Restore(model.Path, all, joints, from, to);
        }

        return causes.Count < 2 ? inputs : [.. inputs, all];

        double Frame(double seconds) => end > start ? (seconds - start) / (end - start) * last : 0;
    }

    /// <summary>The measures without what some causes did to them.</summary>
    internal static double[] WithoutEffects(ViewModel model, JudgedRepetition judged, IReadOnlyList<Cause> causes)
    {
        // Of a difference between the arms the effects of several causes have signs, and add up with them; the value has none.
        string[] names = [.. model.MeasureNames];
        var values = Array.ConvertAll(names, name => IsDifference(name) ? judged.Measures[name, BodySide.Right] : judged.Measures[name]);
        foreach (var cause in causes)
        {
            for (var at = 0; at < values.Length; at++)
            {
                if (cause.Effect.TryGetValue(names[at], out var effect))
                {
                    values[at] -= effect;
                }
                else if (names[at] == cause.Measure.Name && cause.Effect.Count == 0)
                {
                    values[at] = cause.Band.Middle;
                }
            }
        }

        return [.. values.Select((value, at) => IsDifference(names[at]) ? Math.Abs(value) : value)];

        static bool IsDifference(string name) => Measures.MeasureCatalogue.Get(name).ComparesArms;
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
