namespace Spotter.Evaluation;

/// <summary>Runs methods over the folds of a protocol and measures them.</summary>
public static class ExerciseEvaluation
{
    /// <summary>False-alarm rates at which calibrated verdicts are measured; the first is the default of a verdict.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.1, 0.2, 0.05, 0.3, 0.5];

    /// <summary>Evaluates several methods on the same folds.</summary>
    /// <param name="protocol">Name of the protocol that made the folds.</param>
    /// <param name="folds">Training and test repetitions; a repetition tested in several folds counts in each.</param>
    /// <param name="judges">The methods; one that cannot judge a fold (it lacks a label in training) is left out of the result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">No folds, or nothing to judge.</exception>
    public static EvaluationResult Run(
        string protocol, IReadOnlyList<Fold> folds, IEnumerable<IFormJudge> judges, CancellationToken cancellationToken = default)
    {
        LabelledRepetition[] judged = [.. folds.SelectMany(fold => fold.Test).Distinct()];
        if (judged.Length == 0)
        {
            throw new ArgumentException("There is nothing to judge: the folds have no test repetitions.", nameof(folds));
        }

        return new EvaluationResult
        {
            Exercise = judged[0].Clip.Exercise,
            Protocol = protocol,
            View = judged.Select(repetition => repetition.View?.View).Distinct().ToArray() is [var view] ? view : null,
            CorrectRepetitions = judged.Count(repetition => repetition.Correct),
            IncorrectRepetitions = judged.Count(repetition => !repetition.Correct),
            Sessions = judged.Select(repetition => repetition.Session).Distinct(StringComparer.Ordinal).Count(),
            Methods = [.. judges.Select(judge => Evaluate(judge, folds, cancellationToken)).OfType<MethodResult>()],
        };
    }

    private static MethodResult? Evaluate(IFormJudge judge, IReadOnlyList<Fold> folds, CancellationToken cancellationToken)
    {
        List<Judged> items = [];
        foreach (var fold in folds)
        {
            if (judge.Judge(fold.Training, fold.Test, cancellationToken) is not { } judgements)
            {
                return null;
            }

            items.AddRange(fold.Test.Zip(judgements, (repetition, judgement) => new Judged(repetition, judgement)));
        }

        var calibrated = items.All(item => item.Judgement.PValue is not null);
        return new MethodResult
        {
            Method = judge.Name,
            RocAuc = Interval(items, drawn => RankingMetrics.RocAuc(drawn.Select(item => item.Label))),
            EqualErrorRate = Interval(items, drawn => RankingMetrics.EqualErrorRate(drawn.Select(item => item.Label))),
            OwnVerdict = Verdicts(items, null),
            Calibrated = calibrated ? [.. Rates.Select(rate => Verdicts(items, rate))] : [],
            Curves = EvaluationCurves.Of([.. items.Select(item => (item.Repetition.Correct, item.Judgement))]),
            BySession = [.. items
                .GroupBy(item => item.Repetition.Session, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, Counts: Count(group, calibrated ? Rates[0] : null)))
                .Select(session => new SessionResult(
                    session.Key,
                    session.Counts.FalseAlarms + session.Counts.Passed,
                    session.Counts.FalseAlarms,
                    session.Counts.Detected + session.Counts.Missed,
                    session.Counts.Detected))],
        };
    }

    private static VerdictResult Verdicts(List<Judged> items, double? rate)
    {
        var counts = Count(items, rate);
        return new VerdictResult(
            rate,
            Interval(items, drawn => Count(drawn, rate).FalseAlarmRate),
            Interval(items, drawn => Count(drawn, rate).DetectionRate),
            Defined(counts.Precision),
            Defined(counts.F1),
            Defined(counts.WeightedF1),
            counts.Right,
            counts.Count);
    }

    private static double? Defined(double value) => double.IsNaN(value) ? null : value;

    private static DetectionCounts Count(IEnumerable<Judged> items, double? rate) =>
        DetectionCounts.Of(items.Select(item => (item.Repetition.Correct, rate is { } asked ? item.Judgement.IsFlagged(asked) : item.Judgement.Flagged)));

    private static Estimate Interval(List<Judged> items, Func<IReadOnlyList<Judged>, double> statistic) =>
        SessionBootstrap.Interval(items, item => item.Repetition.Session, statistic);

    private readonly record struct Judged(LabelledRepetition Repetition, Judgement Judgement)
    {
        public ScoredLabel Label => new(Judgement.Score, Repetition.Correct, Repetition.Session);
    }
}
