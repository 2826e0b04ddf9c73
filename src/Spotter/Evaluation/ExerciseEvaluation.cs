namespace Spotter.Evaluation;

/// <summary>Runs methods over the folds of a protocol and measures them.</summary>
public static class ExerciseEvaluation
{
    /// <summary>False-alarm rates at which calibrated verdicts are measured; the first is the default of a verdict.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.1, 0.2, 0.05, 0.3, 0.5];

    /// <summary>Shares of correct repetitions that may be flagged at the points of the ROC curve that are told.</summary>
    public static IReadOnlyList<double> MeasuredRates { get; } = [0.1, 0.2];

    /// <summary>Evaluates several methods on the same folds.</summary>
    /// <param name="protocol">Name of the protocol that made the folds.</param>
    /// <param name="folds">Training and test repetitions; a repetition tested in several folds counts in each.</param>
    /// <param name="judges">The methods; one that cannot judge a fold (it lacks a label in training) is left out of the result.</param>
    /// <param name="means">Groups of methods whose mean figures are told as well, such as one method with the networks of several seeds.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">No folds, or nothing to judge.</exception>
    public static EvaluationResult Run(
        string protocol,
        IReadOnlyList<Fold> folds,
        IEnumerable<IFormJudge> judges,
        IEnumerable<(string Name, IReadOnlyList<IFormJudge> Judges)>? means = null,
        CancellationToken cancellationToken = default)
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
            Methods =
            [
                .. judges.Select(judge => (judge.Name, Judges: (IReadOnlyList<IFormJudge>)[judge])).Concat(means ?? [])
                    .Select(method => Evaluate(method.Name, method.Judges, folds, cancellationToken)).OfType<MethodResult>(),
            ],
        };
    }

    private static MethodResult? Evaluate(string name, IReadOnlyList<IFormJudge> judges, IReadOnlyList<Fold> folds, CancellationToken cancellationToken)
    {
        List<Judged> items = [];
        List<Judged[]> sets = [];
        foreach (var fold in folds)
        {
            var judgements = judges.Select(judge => judge.Judge(fold.Training, fold.Test, cancellationToken)).ToArray();
            if (judgements.Any(own => own is null))
            {
                return null;
            }

            Judged[] judged = [.. fold.Test.Select((repetition, i) => new Judged(repetition, [.. judgements.Select(own => own![i])]))];
            items.AddRange(judged);
            sets.AddRange(judged.GroupBy(item => item.Repetition.Clip).Select(clip => clip.ToArray()));
        }

        // Of several judges the mean figure, and over redrawn sessions the interval of that mean.
        Estimate Mean(Func<IEnumerable<ScoredLabel>, double> statistic) =>
            Interval(items, drawn => Enumerable.Range(0, judges.Count).Average(j => statistic(drawn.Select(item => item.Label(j)))));
        var calibrated = items.All(item => item.Judgements.All(judgement => judgement.PValue is not null));
        return new MethodResult
        {
            Method = name,
            IsMean = judges.Count > 1,
            RocAuc = Mean(RankingMetrics.RocAuc),
            WithinSessions = Mean(RankingMetrics.RocAucWithinSessions),
            EqualErrorRate = Mean(RankingMetrics.EqualErrorRate),
            AtMeasured =
            [
                .. MeasuredRates.Select(most => new MeasuredPoint(
                    most, Mean(drawn => RankingMetrics.DetectionAt(drawn, most).FalseAlarmRate), Mean(drawn => RankingMetrics.DetectionAt(drawn, most).DetectionRate))),
            ],
            OwnVerdict = Verdicts(items, null),
            Calibrated = calibrated ? [.. Rates.Select(rate => Verdicts(items, rate))] : [],
            Watch = calibrated ? Watch(items) : null,
            Curves = judges.Count > 1
                ? new EvaluationCurves { Roc = [], Calibration = [], RiskCoverage = [] }
                : EvaluationCurves.Of([.. items.Select(item => (item.Repetition.Correct, item.Judgements[0]))]),
            Sets = calibrated && judges.Count == 1 ? SetsOf(sets) : null,
            BySession = [.. items
                .GroupBy(item => item.Repetition.Session, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Where(_ => judges.Count == 1)
                .Select(group => (group.Key, Counts: Count(group, calibrated ? Rates[0] : null, 0), RankingMetrics.RocAuc(group.Select(item => item.Label(0)))))
                .Select(session => new SessionResult(
                    session.Key,
                    session.Counts.FalseAlarms + session.Counts.Passed,
                    session.Counts.FalseAlarms,
                    session.Counts.Detected + session.Counts.Missed,
                    session.Counts.Detected,
                    Defined(session.Item3)))],
        };
    }

    private static VerdictResult Verdicts(List<Judged> items, double? rate)
    {
        DetectionCounts[] counts = [.. Enumerable.Range(0, items[0].Judgements.Length).Select(j => Count(items, rate, j))];
        return new VerdictResult(
            rate,
            Interval(items, drawn => Mean(drawn, rate, own => own.FalseAlarmRate)),
            Interval(items, drawn => Mean(drawn, rate, own => own.DetectionRate)),
            Defined(counts.Average(own => own.Precision)),
            Defined(counts.Average(own => own.F1)),
            Defined(counts.Average(own => own.WeightedF1)),
            counts.Sum(own => own.Right) / counts.Length,
            counts[0].Count);
    }

    private static double Mean(IReadOnlyList<Judged> items, double? rate, Func<DetectionCounts, double> figure) =>
        Enumerable.Range(0, items[0].Judgements.Length).Average(j => figure(Count(items, rate, j)));

    private static WatchResult Watch(List<Judged> items)
    {
        var all = items.SelectMany(item => item.Judgements.Select(judgement =>
            (Wrong: item.Repetition.Correct == judgement.IsFlagged(Rates[0]), Watched: !judgement.IsFlagged(Rates[0]) && judgement.IsFlagged(2 * Rates[0])))).ToList();
        var judged = all.Where(one => !one.Watched).ToList();
        return new WatchResult(
            (double)judged.Count / all.Count, all.Average(one => one.Wrong ? 1.0 : 0), judged.Count > 0 ? judged.Average(one => one.Wrong ? 1.0 : 0) : null);
    }

    private static SetVerdicts? SetsOf(List<Judged[]> sets) => sets.TrueForAll(set => set.Length == 1)
        ? null
        : SetVerdicts.Of([.. sets.Select(set => (set[0].Repetition.Correct, set.Select(item => item.Judgements[0].PValue!.Value).ToArray()))], Rates[0]);

    private static double? Defined(double value) => double.IsNaN(value) ? null : value;

    private static DetectionCounts Count(IEnumerable<Judged> items, double? rate, int judge) =>
        DetectionCounts.Of(items.Select(item =>
            (item.Repetition.Correct, rate is { } asked ? item.Judgements[judge].IsFlagged(asked) : item.Judgements[judge].Flagged)));

    private static Estimate Interval(List<Judged> items, Func<IReadOnlyList<Judged>, double> statistic) =>
        SessionBootstrap.Interval(items, item => item.Repetition.Session, statistic);

    /// <summary>A repetition and what each judge says of it.</summary>
    private sealed record Judged(LabelledRepetition Repetition, Judgement[] Judgements)
    {
        public ScoredLabel Label(int judge) => new(Judgements[judge].Score, Repetition.Correct, Repetition.Session);
    }
}
