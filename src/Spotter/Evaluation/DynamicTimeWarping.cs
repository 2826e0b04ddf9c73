namespace Spotter.Evaluation;

/// <summary>How alike two courses are when time may be stretched: H. Sakoe and S. Chiba, IEEE Transactions ASSP 26 (1978), without a window.</summary>
public static class DynamicTimeWarping
{
    /// <summary>Square root of the smallest sum of squared differences over all monotonous pairings; infinite when a course is empty.</summary>
    public static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var costs = new double[second.Length + 1]; // of pairing everything so far of the first with each prefix of the second
        Array.Fill(costs, double.PositiveInfinity);
        costs[0] = 0;
        foreach (var value in first)
        {
            var diagonal = costs[0];
            costs[0] = double.PositiveInfinity;
            for (var j = 1; j < costs.Length; j++)
            {
                var difference = value - second[j - 1];
                var cheapest = Math.Min(diagonal, Math.Min(costs[j], costs[j - 1]));
                diagonal = costs[j];
                costs[j] = cheapest + (difference * difference);
            }
        }

        return first.Length == 0 || second.Length == 0 ? double.PositiveInfinity : Math.Sqrt(costs[^1]);
    }

    /// <summary>Running median of five, values outside the course counting as 0.</summary>
    public static double[] MedianOfFive(double[] values)
    {
        var filtered = new double[values.Length];
        Span<double> window = stackalloc double[5];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = 0; k < 5; k++)
            {
                var at = i + k - 2;
                window[k] = at >= 0 && at < values.Length ? values[at] : 0;
            }

            window.Sort();
            filtered[i] = window[2];
        }

        return filtered;
    }
}
