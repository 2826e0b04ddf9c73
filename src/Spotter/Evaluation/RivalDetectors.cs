namespace Spotter.Evaluation;

/// <summary>Learns from correct repetitions, n × d numbers of one scale, and gives back what scores others: the lower, the odder.</summary>
public delegate Func<double[], double> DetectorFit(double[][] samples);

/// <summary>One-class detectors that the one-class SVM is compared with.</summary>
public static class RivalDetectors
{
    /// <summary>Nearest neighbours that <see cref="NearestNeighbours"/> looks at.</summary>
    public const int NeighbourCount = 5;

    /// <summary>All of them, with their names in tables.</summary>
    public static IReadOnlyList<(string Name, DetectorFit Fit)> All { get; } =
        [("Gaussian with shrinkage", Gaussian), ("nearest neighbours", NearestNeighbours), ("largest deviation", LargestDeviation)];

    /// <summary>
    /// Mahalanobis distance under a Gaussian whose covariance is shrunk towards a multiple of the identity: O. Ledoit, M. Wolf, "A well-conditioned
    /// estimator for large-dimensional covariance matrices", Journal of Multivariate Analysis 88 (2004).
    /// </summary>
    public static Func<double[], double> Gaussian(double[][] samples)
    {
        var gaussian = ShrunkGaussian.Fit(samples);
        return sample => -gaussian.SquaredDistance(sample);
    }

    /// <summary>Mean distance to the nearest correct repetitions.</summary>
    public static Func<double[], double> NearestNeighbours(double[][] samples) => sample =>
        -samples.Select(other => Math.Sqrt(SquaredDistance(sample, other))).Order().Take(NeighbourCount).Average();

    /// <summary>The feature that lies farthest from its mean, in standard deviations.</summary>
    public static Func<double[], double> LargestDeviation(double[][] samples) => sample => -sample.Max(Math.Abs);

    private static double SquaredDistance(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum;
    }
}
