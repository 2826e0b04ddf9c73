namespace Spotter.Training.Mannequins;

/// <summary>
/// A Gaussian on measures whose covariance is that of the mannequin's people together with that of the few sessions there are, each by how many there are:
/// Σ = (k S + k₀ Σ₀) ÷ (k + k₀), the mean of a posterior under the conjugate prior worth k₀ sessions.
/// </summary>
/// <param name="mannequin">Correct repetitions of the mannequin, n × d; NaN where a measure is missing.</param>
/// <param name="weight">k₀: how many sessions the mannequin is worth.</param>
public sealed class MannequinGaussian(IReadOnlyList<double[]> mannequin, double weight = MannequinGaussian.DefaultWeight)
{
    /// <summary>Sessions that the mannequin is worth.</summary>
    public const double DefaultWeight = 10;

    private readonly double[][] prior = Covariance(mannequin, Mean(mannequin));

    /// <summary>Learns from samples; the result is the lower the odder: the negative squared Mahalanobis distance.</summary>
    /// <param name="samples">Correct repetitions, at least one.</param>
    /// <param name="sessions">Session of each.</param>
    public Func<double[], double> Fit(double[][] samples, int[] sessions)
    {
        var mean = Mean(samples);
        var own = Covariance(samples, mean);
        var count = sessions.Distinct().Count();
        var factor = Factorize([.. prior.Zip(own, (first, second) => first.Zip(second, (a, b) => ((weight * a) + (count * b)) / (weight + count)).ToArray())]);
        return sample =>
        {
            var solved = new double[mean.Length];
            var sum = 0.0;
            for (var i = 0; i < mean.Length; i++)
            {
                var value = double.IsNaN(sample[i]) ? 0 : sample[i] - mean[i];
                for (var j = 0; j < i; j++)
                {
                    value -= factor[i][j] * solved[j];
                }

                solved[i] = value / factor[i][i];
                sum += solved[i] * solved[i];
            }

            return -sum;
        };
    }

    private static double[] Mean(IReadOnlyList<double[]> samples) =>
        [.. samples[0].Select((_, i) => samples.Select(sample => sample[i]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Average())];

    private static double[][] Covariance(IReadOnlyList<double[]> samples, double[] mean)
    {
        double[][] centred = [.. samples.Select(sample => sample.Select((value, i) => double.IsNaN(value) ? 0 : value - mean[i]).ToArray())];
        return [.. mean.Select((_, i) => mean.Select((_, j) => centred.Average(sample => sample[i] * sample[j])).ToArray())];
    }

    private static double[][] Factorize(double[][] matrix)
    {
        var size = matrix.Length;
        for (var i = 0; i < size; i++)
        {
            matrix[i][i] += 1e-9 + (1e-6 * matrix[i][i]);
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i][k] * matrix[j][k];
                }

                matrix[i][j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j][j];
            }
        }

        return matrix;
    }
}
