namespace Spotter.Evaluation;

/// <summary>What a method makes of few correct repetitions.</summary>
/// <param name="Repetitions">Correct repetitions learnt from, in each fold that has so many.</param>
/// <param name="RocAuc">Mean area under the ROC curve over the draws.</param>
/// <param name="Lowest">Lowest area among the draws.</param>
/// <param name="Highest">Highest area among the draws.</param>
/// <param name="FalseAlarmRate">Mean share of correct repetitions flagged at 10 %; null for a method without p-values.</param>
/// <param name="DetectionRate">Mean share of incorrect repetitions flagged at 10 %; null for a method without p-values.</param>
public sealed record LearningPoint(int Repetitions, double RocAuc, double Lowest, double Highest, double? FalseAlarmRate, double? DetectionRate);

/// <summary>The learning curve of one method.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Points">From few repetitions to many.</param>
public sealed record MethodLearning(string Method, IReadOnlyList<LearningPoint> Points);

/// <summary>How many correct repetitions a method needs.</summary>
public static class LearningCurve
{
    private const double Rate = 0.1;

    /// <summary>Numbers of correct repetitions that are tried.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [5, 10, 20, 40, 80];

    /// <summary>Evaluates methods on folds with fewer training repetitions, drawn from all their sessions, the same for each method.</summary>
    /// <param name="folds">The folds in full; a size that one of them lacks ends the curve.</param>
    /// <param name="judges">The methods.</param>
    /// <param name="draws">How often repetitions are drawn for each size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<MethodLearning> Run(
        IReadOnlyList<Fold> folds, IReadOnlyList<IFormJudge> judges, int draws = 3, CancellationToken cancellationToken = default)
    {
        var most = folds.Min(fold => fold.Training.Count(repetition => repetition.Correct));
        (int Size, Fold[][] Draws)[] sizes =
        [
            .. Sizes.Where(size => size <= most).Select(size => (size, Enumerable.Range(0, draws).Select(draw =>
                folds.Select(fold => new Fold(Draw(fold, size, draw), fold.Test)).ToArray()).ToArray())),
        ];
        return [.. judges.Select(judge => new MethodLearning(judge.Name, [.. sizes.Select(one => At(one.Draws, judge, one.Size, cancellationToken)).OfType<LearningPoint>()]))];
    }

    private static LearningPoint? At(Fold[][] draws, IFormJudge judge, int size, CancellationToken cancellationToken)
    {
        List<double> areas = [], falseAlarms = [], detections = [];
        foreach (var folds in draws)
        {
            List<(LabelledRepetition Repetition, Judgement Judgement)> items = [];
            foreach (var fold in folds)
            {
                if (judge.Judge(fold.Training, fold.Test, cancellationToken) is not { } judgements)
                {
                    return null;
                }

                items.AddRange(fold.Test.Zip(judgements));
            }

            areas.Add(RankingMetrics.RocAuc(items.Select(item => new ScoredLabel(item.Judgement.Score, item.Repetition.Correct, item.Repetition.Session))));
            if (items.All(item => item.Judgement.PValue is not null))
            {
                var counts = DetectionCounts.Of(items.Select(item => (item.Repetition.Correct, item.Judgement.IsFlagged(Rate))));
                falseAlarms.Add(counts.FalseAlarmRate);
                detections.Add(counts.DetectionRate);
            }
        }

        return areas.Any(double.IsNaN)
            ? null
            : new LearningPoint(
                size, areas.Average(), areas.Min(), areas.Max(), falseAlarms.Count > 0 ? falseAlarms.Average() : null, detections.Count > 0 ? detections.Average() : null);
    }

    // As even over the sessions as they allow: somebody who records few repetitions still records all people there are.
    private static LabelledRepetition[] Draw(Fold fold, int size, int draw)
    {
        var random = new Random(draw + 1);
        var sessions = fold.Training.Where(repetition => repetition.Correct).GroupBy(repetition => repetition.Session, StringComparer.Ordinal)
            .Select(session =>
            {
                LabelledRepetition[] shuffled = [.. session];
                random.Shuffle(shuffled);
                return shuffled;
            });
        return [.. sessions.SelectMany(session => session.Index()).OrderBy(item => item.Index).Take(size).Select(item => item.Item)];
    }
}
