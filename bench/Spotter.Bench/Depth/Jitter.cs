namespace Spotter.Bench.Depth;

/// <summary>How much values tremble from frame to frame.</summary>
internal static class Jitter
{
    /// <summary>
    /// The standard deviation of a white noise whose second differences are as large as those of the values (root mean square / √6): what moves evenly does not count.
    /// </summary>
    public static double Of(IReadOnlyList<double> values)
    {
        var (sum, count) = (0.0, 0);
        for (var at = 1; at < values.Count - 1; at++)
        {
            var bend = values[at - 1] - (2 * values[at]) + values[at + 1];
            (sum, count) = double.IsNaN(bend) ? (sum, count) : (sum + (bend * bend), count + 1);
        }

        return count == 0 ? double.NaN : Math.Sqrt(sum / count / 6);
    }
}
