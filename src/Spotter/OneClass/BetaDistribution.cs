namespace Spotter.OneClass;

/// <summary>
/// The beta distribution on [0, 1]. The incomplete beta function is evaluated by its continued fraction: NIST Digital Library of Mathematical
/// Functions, §8.17(v), equation 8.17.22, with the modified Lentz method.
/// </summary>
public static class BetaDistribution
{
    private const double Tiny = 1e-300;

    /// <summary>Probability of a value of at most <paramref name="x"/>, the regularised incomplete beta function.</summary>
    /// <param name="x">0 to 1.</param>
    /// <param name="a">First shape, positive.</param>
    /// <param name="b">Second shape, positive.</param>
    public static double Cumulative(double x, double a, double b)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        // The fraction converges fast only below the mean; above it the mirrored function is taken.
        return x < (a + 1) / (a + b + 2) ? BelowMean(x, a, b) : 1 - BelowMean(1 - x, b, a);
    }

    /// <summary>The value that is not exceeded with the given probability.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="a">First shape, positive.</param>
    /// <param name="b">Second shape, positive.</param>
    public static double Quantile(double probability, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            (low, high) = Cumulative(middle, a, b) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Exact interval of Clopper and Pearson (Biometrika 26, 1934) for a probability, after so many successes in so many trials.</summary>
    public static (double Low, double High) ClopperPearson(int successes, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, successes);
        var tail = (1 - confidence) / 2;
        var low = successes == 0 ? 0 : Quantile(tail, successes, trials - successes + 1);
        var high = successes == trials ? 1 : Quantile(1 - tail, successes + 1, trials - successes);
        return (low, high);
    }

    private static double BelowMean(double x, double a, double b)
    {
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        var (c, d) = (1.0, 1 / Guard(1 - ((a + b) * x / (a + 1))));
        var fraction = d;
        for (var m = 1; m <= 500; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Guard(1 + (even * d));
            c = Guard(1 + (even / c));
            fraction *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Guard(1 + (odd * d));
            c = Guard(1 + (odd / c));
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                break;
            }
        }

        return front * fraction;
    }

    private static double Guard(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    // Stirling's series (DLMF 5.11.1) after shifting the argument to where it is accurate to double precision.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift += Math.Log(x);
        }

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
