namespace Spotter.Evaluation;

/// <summary>
/// A Gaussian with a covariance shrunk towards a multiple of the identity, by as much as the sample tells that it needs. O. Ledoit, M. Wolf,
/// "A well-conditioned estimator for large-dimensional covariance matrices", Journal of Multivariate Analysis 88 (2004).
/// </summary>
internal sealed class ShrunkGaussian
{
    private readonly double[] mean;
    private readonly double[][] cholesky; // lower triangle L, where L Lᵀ is the covariance

    private ShrunkGaussian(double[] mean, double[][] covariance, double shrinkage)
    {
        this.mean = mean;
        Shrinkage = shrinkage;
        cholesky = Factorize(covariance);
    }

    /// <summary>Weight of the identity, from 0 (the sample covariance alone) to 1.</summary>
    public double Shrinkage { get; }

    /// <summary>Fits n × d samples, n at least 1. Features that do not vary at all get a variance of 1.</summary>
    public static ShrunkGaussian Fit(double[][] samples)
    {
        var (n, d) = (samples.Length, samples[0].Length);
        double[] centre = [.. Enumerable.Range(0, d).Select(i => samples.Average(sample => sample[i]))];
        double[][] centred = [.. samples.Select(sample => sample.Zip(centre, (value, middle) => value - middle).ToArray())];
        double[][] covariance = [.. Enumerable.Range(0, d).Select(i => new double[d])];
        foreach (var sample in centred)
        {
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    covariance[i][j] += sample[i] * sample[j] / n;
                }
            }
        }

        var variance = Enumerable.Range(0, d).Average(i => covariance[i][i]); // m in the paper
        var norm = SquaredNorm(covariance);
        var distance = norm - (d * variance * variance); // d², times the number of features
        var noise = centred.Sum(sample => Square(sample.Sum(value => value * value))) - (n * norm); // Σ‖x xᵀ − S‖² = Σ‖x‖⁴ − n‖S‖²
        var shrinkage = distance > 0 ? Math.Clamp(noise / n / n / distance, 0, 1) : 1;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                covariance[i][j] *= 1 - shrinkage;
            }

            covariance[i][i] += variance > 0 ? Math.Max(shrinkage, 1e-6) * variance : 1;
        }

        return new ShrunkGaussian(centre, covariance, shrinkage);
    }

    /// <summary>Squared Mahalanobis distance from the mean.</summary>
    public double SquaredDistance(double[] sample)
    {
        var sum = 0.0;
        var solved = new double[mean.Length]; // L y = x − μ
        for (var i = 0; i < solved.Length; i++)
        {
            solved[i] = (sample[i] - mean[i] - Dot(cholesky[i], solved, i)) / cholesky[i][i];
            sum += solved[i] * solved[i];
        }

        return sum;
    }

    private static double[][] Factorize(double[][] matrix)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[i][j] = (matrix[i][j] - Dot(matrix[i], matrix[j], j)) / matrix[j][j];
            }

            matrix[i][i] = Math.Sqrt(matrix[i][i] - Dot(matrix[i], matrix[i], i));
        }

        return matrix;
    }

    private static double Dot(double[] x, double[] y, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    // Of a symmetric matrix whose lower triangle is given.
    private static double SquaredNorm(double[][] lower) =>
        lower.Index().Sum(row => (2 * Dot(row.Item, row.Item, row.Index)) + Square(row.Item[row.Index]));

    private static double Square(double value) => value * value;
}
