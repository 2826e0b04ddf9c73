using static TorchSharp.torch;

namespace Spotter.Training.Flows;

/// <summary>
/// For evaluation: a normalising flow in the place of the one-class SVM. What is improbable among correct repetitions is odd. A network's features are too many for it and
/// are brought to their first principal components, each of deviation 1.
/// </summary>
public static class FlowDetector
{
    /// <summary>Name in tables.</summary>
    public const string Name = "normalising flow";

    /// <summary>Principal components that stand for many features.</summary>
    public const int ComponentCount = 8;

    // Measures are fewer than this, features more.
    private const int MostDimensions = 16;

    /// <summary>Learns from correct repetitions and gives back what scores others: the logarithm of the density.</summary>
    /// <param name="samples">n × d numbers of one scale.</param>
    public static Func<double[], double> Fit(double[][] samples)
    {
        if (samples[0].Length <= MostDimensions)
        {
            var flow = new RealNvp(samples[0].Length);
            flow.Fit(samples);
            return flow.LogDensity;
        }

        var project = Components(samples);
        var score = Fit(Array.ConvertAll(samples, sample => project(sample)));
        return sample => score(project(sample));
    }

    /// <summary>Projects on the first principal components, of which there are fewer than samples.</summary>
    internal static Func<double[], double[]> Components(double[][] samples)
    {
        var (count, dimensions) = (samples.Length, samples[0].Length);
        var kept = Math.Max(1, Math.Min(ComponentCount, count - 1));
        double[] mean = [.. Enumerable.Range(0, dimensions).Select(i => samples.Average(sample => sample[i]))];
        set_num_threads(1); // of so small a matrix several threads mostly wait for each other
        using var scope = NewDisposeScope();
        var centred = tensor(samples.SelectMany(sample => sample.Select((value, i) => value - mean[i])).ToArray()).reshape(count, dimensions);
        var (_, singular, directions) = linalg.svd(centred, fullMatrices: false);
        double[] deviations = [.. singular.data<double>().Take(kept).Select(value => Math.Max(value / Math.Sqrt(count), 1e-6))];
        double[][] axes = [.. directions.contiguous().data<double>().ToArray().Chunk(dimensions).Take(kept)];
        return sample =>
        [
            .. axes.Zip(deviations, (axis, deviation) =>
            {
                var sum = 0.0;
                for (var i = 0; i < axis.Length; i++)
                {
                    sum += axis[i] * (sample[i] - mean[i]);
                }

                return sum / deviation;
            }),
        ];
    }
}
