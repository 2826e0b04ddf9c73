namespace Spotter.Evaluation;

/// <summary>A point of a curve; both numbers are shares from 0 to 1.</summary>
/// <param name="X">Along.</param>
/// <param name="Y">Up.</param>
public readonly record struct CurvePoint(double X, double Y);

/// <summary>How a method does at every threshold instead of one.</summary>
public sealed record EvaluationCurves
{
    // Enough for a curve to look smooth on paper.
    private const int MostPoints = 200;

    private static readonly double[] Rates = [.. Enumerable.Range(1, 25).Select(i => i * 0.02)];

    /// <summary>Detection over false alarms, for every threshold on the score.</summary>
    public required IReadOnlyList<CurvePoint> Roc { get; init; }

    /// <summary>Measured over asked false-alarm rate; empty for a method without p-values.</summary>
    public required IReadOnlyList<CurvePoint> Calibration { get; init; }

    /// <summary>
    /// Share of wrong verdicts at a false-alarm rate of 10 % over the share of repetitions that are judged, when those are left unjudged that lie above the threshold
    /// by less than some factor, from all that are not flagged to none; the product's own <c>watch</c> is a factor of two. Empty for a method without p-values.
    /// </summary>
    public required IReadOnlyList<CurvePoint> RiskCoverage { get; init; }

    /// <summary>Draws the curves of judged repetitions.</summary>
    /// <param name="items">Label and judgement of each.</param>
    public static EvaluationCurves Of(IReadOnlyList<(bool Correct, Judgement Judgement)> items)
    {
        var calibrated = items.Count > 0 && items.All(item => item.Judgement.PValue is not null);
        return new EvaluationCurves
        {
            Roc = OfScores(items),
            Calibration = calibrated && items.Any(item => item.Correct)
                ? [.. Rates.Select(rate => new CurvePoint(rate, Flagged(items.Where(item => item.Correct), rate)))]
                : [],
            RiskCoverage = calibrated ? OfWatch(items) : [],
        };
    }

    private static double Flagged(IEnumerable<(bool Correct, Judgement Judgement)> items, double rate) =>
        items.Average(item => item.Judgement.IsFlagged(rate + 1e-9) ? 1.0 : 0.0);

    private static CurvePoint[] OfScores(IReadOnlyList<(bool Correct, Judgement Judgement)> items)
    {
        double correct = items.Count(item => item.Correct), incorrect = items.Count - items.Count(item => item.Correct);
        if (correct == 0 || incorrect == 0)
        {
            return [];
        }

        List<CurvePoint> points = [new(0, 0)];
        var (falseAlarms, detected) = (0.0, 0.0);
        foreach (var tied in items.GroupBy(item => item.Judgement.Score).OrderBy(group => group.Key))
        {
            falseAlarms += tied.Count(item => item.Correct) / correct;
            detected += tied.Count(item => !item.Correct) / incorrect;
            points.Add(new CurvePoint(falseAlarms, detected));
        }

        return Thinned(points);
    }

    private static CurvePoint[] OfWatch(IReadOnlyList<(bool Correct, Judgement Judgement)> items)
    {
        const double rate = 0.1;
        var flagged = items.Where(item => item.Judgement.IsFlagged(rate + 1e-9)).ToList();
        var (judged, wrong) = (flagged.Count, flagged.Count(item => item.Correct));
        List<CurvePoint> points = judged > 0 ? [new((double)judged / items.Count, (double)wrong / judged)] : [];
        foreach (var tied in items.Where(item => !item.Judgement.IsFlagged(rate + 1e-9)).GroupBy(item => item.Judgement.PValue!.Value).OrderByDescending(group => group.Key))
        {
            judged += tied.Count();
            wrong += tied.Count(item => !item.Correct);
            points.Add(new CurvePoint((double)judged / items.Count, (double)wrong / judged));
        }

        return Thinned(points);
    }

    private static CurvePoint[] Thinned(List<CurvePoint> points) =>
        [.. points.Where((_, i) => points.Count <= MostPoints || i % (points.Count / MostPoints) == 0 || i == points.Count - 1)
            .Select(point => new CurvePoint(Math.Round(point.X, 4), Math.Round(point.Y, 4)))];
}
