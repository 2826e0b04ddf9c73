namespace Spotter.Evaluation;

/// <summary>A judged repetition with its label, reduced to what metrics need.</summary>
/// <param name="Score">The higher, the more correct.</param>
/// <param name="Correct">The label.</param>
/// <param name="Session">The recording session.</param>
public readonly record struct ScoredLabel(double Score, bool Correct, string Session);

/// <summary>Threshold-free metrics of scores that should be lower for incorrect repetitions.</summary>
public static class RankingMetrics
{
    /// <summary>
    /// Area under the ROC curve: the probability that a random incorrect repetition scores below a random correct one, a tie counting half
    /// (Mann and Whitney 1947). NaN when a class is missing.
    /// </summary>
    public static double RocAuc(IEnumerable<ScoredLabel> items)
    {
        ScoredLabel[] sorted = [.. items.OrderBy(item => item.Score)];
        double correct = sorted.Count(item => item.Correct);
        var incorrect = sorted.Length - correct;
        var (wins, incorrectBelow) = (0.0, 0.0);
        for (var start = 0; start < sorted.Length;)
        {
            var (end, tiedCorrect) = (start, 0);
            for (; end < sorted.Length && sorted[end].Score.Equals(sorted[start].Score); end++)
            {
                tiedCorrect += sorted[end].Correct ? 1 : 0;
            }

            var tiedIncorrect = end - start - tiedCorrect;
            wins += tiedCorrect * (incorrectBelow + (0.5 * tiedIncorrect));
            incorrectBelow += tiedIncorrect;
            start = end;
        }

        return wins / (correct * incorrect);
    }

    /// <summary>
    /// The same among pairs of one session: how often an incorrect repetition scores below a correct one of the same person, place and day, over all such pairs.
    /// Sessions that hold one label only do not count, so that nothing is gained by telling sessions apart. NaN when no session holds both.
    /// </summary>
    public static double RocAucWithinSessions(IEnumerable<ScoredLabel> items)
    {
        var (wins, pairs) = (0.0, 0.0);
        foreach (var session in items.GroupBy(item => item.Session, StringComparer.Ordinal))
        {
            double correct = session.Count(item => item.Correct), incorrect = session.Count(item => !item.Correct);
            if (correct * incorrect > 0)
            {
                wins += RocAuc(session) * correct * incorrect;
                pairs += correct * incorrect;
            }
        }

        return wins / pairs;
    }

    /// <summary>
    /// What is found at the threshold that finds most while flagging at most a given share of the correct repetitions: a point of the ROC curve, chosen on the
    /// very repetitions that are judged, as no product can. NaN when a class is missing.
    /// </summary>
    /// <param name="items">Scored repetitions.</param>
    /// <param name="mostFalseAlarms">Share of the correct repetitions that may be flagged.</param>
    public static (double FalseAlarmRate, double DetectionRate) DetectionAt(IEnumerable<ScoredLabel> items, double mostFalseAlarms)
    {
        ScoredLabel[] sorted = [.. items.OrderBy(item => item.Score)];
        double correct = sorted.Count(item => item.Correct);
        var incorrect = sorted.Length - correct;
        if (correct == 0 || incorrect == 0)
        {
            return (double.NaN, double.NaN);
        }

        var best = (FalseAlarmRate: 0.0, DetectionRate: 0.0);
        var (falseAlarms, detected) = (0, 0);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            for (; end < sorted.Length && sorted[end].Score.Equals(sorted[start].Score); end++)
            {
                falseAlarms += sorted[end].Correct ? 1 : 0;
                detected += sorted[end].Correct ? 0 : 1;
            }

            if (falseAlarms / correct > mostFalseAlarms + 1e-9)
            {
                break;
            }

            best = detected / incorrect > best.DetectionRate ? (falseAlarms / correct, detected / incorrect) : best;
            start = end;
        }

        return best;
    }

    /// <summary>
    /// The rate at which as many correct repetitions are flagged as incorrect ones are missed, interpolated between thresholds. NaN when a class is
    /// missing.
    /// </summary>
    public static double EqualErrorRate(IEnumerable<ScoredLabel> items)
    {
        ScoredLabel[] sorted = [.. items.OrderBy(item => item.Score)];
        double correct = sorted.Count(item => item.Correct);
        var incorrect = sorted.Length - correct;
        if (correct == 0 || incorrect == 0)
        {
            return double.NaN;
        }

        var (falseAlarms, misses) = (0.0, 1.0);
        for (var start = 0; start < sorted.Length;)
        {
            var (before, missesBefore) = (falseAlarms, misses);
            var end = start;
            for (; end < sorted.Length && sorted[end].Score.Equals(sorted[start].Score); end++)
            {
                falseAlarms += sorted[end].Correct ? 1 / correct : 0;
                misses -= sorted[end].Correct ? 0 : 1 / incorrect;
            }

            if (falseAlarms >= misses)
            {
                var (gapBefore, gapAfter) = (missesBefore - before, falseAlarms - misses);
                var share = gapBefore + gapAfter == 0 ? 0 : gapBefore / (gapBefore + gapAfter);
                return before + (share * (falseAlarms - before));
            }

            start = end;
        }

        return falseAlarms;
    }
}
