namespace Spotter.Evaluation;

/// <summary>A measured figure and how far chance may have moved it.</summary>
/// <param name="Value">The figure; null where it is not defined.</param>
/// <param name="Low">Lower end of the interval; null where there is none.</param>
/// <param name="High">Upper end of the interval; null where there is none.</param>
public readonly record struct Estimate(double? Value, double? Low, double? High);

/// <summary>
/// Percentile bootstrap over whole sessions (Efron and Tibshirani 1993; cluster bootstrap): repetitions of a session hang together, so sessions are
/// drawn, not repetitions. The same seed draws the same sessions, so methods can be compared.
/// </summary>
public static class SessionBootstrap
{
    /// <summary>Figure of all items, and the interval in which it lies in 95 of 100 redrawn collections of sessions.</summary>
    /// <param name="items">Judged repetitions.</param>
    /// <param name="session">Session of an item.</param>
    /// <param name="statistic">The figure of some items; NaN where it is not defined.</param>
    /// <param name="draws">Number of redrawn collections; those for which the figure is not defined are left out.</param>
    public static Estimate Interval<T>(IReadOnlyList<T> items, Func<T, string> session, Func<IReadOnlyList<T>, double> statistic, int draws = 1000)
    {
        var value = statistic(items);
        T[][] sessions = [.. items.GroupBy(session, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())];
        if (double.IsNaN(value) || sessions.Length < 2)
        {
            return new Estimate(double.IsNaN(value) ? null : value, null, null);
        }

        var random = new Random(1);
        List<double> values = [];
        List<T> drawn = [];
        for (var draw = 0; draw < draws; draw++)
        {
            drawn.Clear();
            for (var i = 0; i < sessions.Length; i++)
            {
                drawn.AddRange(sessions[random.Next(sessions.Length)]);
            }

            var redrawn = statistic(drawn);
            if (!double.IsNaN(redrawn))
            {
                values.Add(redrawn);
            }
        }

        values.Sort();
        return values.Count == 0
            ? new Estimate(value, null, null)
            : new Estimate(value, values[(int)(0.025 * values.Count)], values[Math.Min(values.Count - 1, (int)(0.975 * values.Count))]);
    }
}
