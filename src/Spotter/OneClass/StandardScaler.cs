using System.Text.Json.Serialization;

namespace Spotter.OneClass;

/// <summary>
/// Brings every feature to mean 0 and standard deviation 1 over the training samples. A missing value (NaN) is left out of mean and deviation and
/// becomes 0 after scaling, the training mean: a measure that could not be taken neither counts for nor against a repetition. A feature that does
/// not vary keeps its unit, and one that was never seen in training is always 0. Where it is known beforehand how features of correct repetitions hang
/// together, they are brought to the deviations known beforehand and freed of that (whitened), so that distances are those of Mahalanobis.
/// </summary>
public sealed record StandardScaler
{
    /// <summary>Mean of each feature; NaN values were left out.</summary>
    public required double[] Means { get; init; }

    /// <summary>What each feature is divided by: its standard deviation; 1 where it does not vary; 0 where it was never seen.</summary>
    public required double[] Scales { get; init; }

    /// <summary>
    /// For each feature the side of the mean on which it cannot be a fault, where it counts as the mean: 1 above, -1 below, 0 neither. Null where all count on both.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? Harmless { get; init; }

    /// <summary>L of the correlations R = L · Lᵀ of which scaled features are freed, row by row up to the diagonal; null where they stay as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[][]? Correlations { get; init; }

    /// <summary>Learns from n × d samples, n and d at least 1.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="prior">What is known of the features beforehand; null where nothing is.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length or infinite numbers.</exception>
    public static StandardScaler Fit(IReadOnlyList<double[]> samples, FeaturePrior? prior = null)
    {
        ThrowUnlessMatrix(samples);
        if (prior is not null && (prior.Errors.Length != samples[0].Length || (prior.Harmless is { } sides && sides.Length != samples[0].Length)
            || (prior.Correlations is { } known && known.Length != samples[0].Length)))
        {
            throw new ArgumentException("What is known beforehand is not of as many features as the samples have.", nameof(prior));
        }

        var means = new double[samples[0].Length];
        var scales = new double[means.Length];
        for (var feature = 0; feature < means.Length; feature++)
        {
            double[] seen = [.. samples.Select(sample => sample[feature]).Where(value => !double.IsNaN(value))];
            if (seen.Length == 0)
            {
                continue;
            }

            var mean = seen.Average();
            var error = prior?.Errors[feature] ?? 0;
            var own = prior?.Correlations is null || error <= 0 ? seen.Sum(value => (value - mean) * (value - mean)) / seen.Length : 0;
            var deviation = Math.Sqrt(own + (error * error));

            // Below this share of the mean, what is left is rounding.
            var varies = deviation > 1e-9 * Math.Max(1, Math.Abs(mean));
            means[feature] = Digits.Keep(mean, 8);
            scales[feature] = varies ? Digits.Keep(deviation, 8) : 1;
        }

        return new StandardScaler { Means = means, Scales = scales, Harmless = prior?.Harmless, Correlations = prior?.Correlations is { } correlations ? Factor(correlations) : null };
    }

    /// <summary>The scaled sample; before correlations are taken out, 0 where a value is missing.</summary>
    /// <exception cref="ArgumentException">Another number of features.</exception>
    public double[] Transform(ReadOnlySpan<double> sample)
    {
        if (sample.Length != Means.Length)
        {
            throw new ArgumentException($"Expected {Means.Length} features, but there are {sample.Length}.", nameof(sample));
        }

        var scaled = new double[sample.Length];
        for (var feature = 0; feature < scaled.Length; feature++)
        {
            var value = double.IsNaN(sample[feature]) || Scales[feature] == 0 ? 0 : (sample[feature] - Means[feature]) / Scales[feature];
            scaled[feature] = IsHarmless(feature, sample[feature]) ? 0 : value;
            for (var other = 0; Correlations is not null && other < feature; other++)
            {
                scaled[feature] -= Correlations[feature][other] * scaled[other];
            }

            scaled[feature] /= Correlations?[feature][feature] ?? 1;
        }

        return scaled;
    }

    /// <summary>Turns a derivative by the scaled features into one by the features in their own units; 0 for a missing or a harmless one.</summary>
    /// <param name="sample">Where it was taken, in its own units.</param>
    /// <param name="gradient">Overwritten.</param>
    internal void PullBack(ReadOnlySpan<double> sample, Span<double> gradient)
    {
        for (var feature = gradient.Length - 1; Correlations is not null && feature >= 0; feature--)
        {
            for (var other = feature + 1; other < gradient.Length; other++)
            {
                gradient[feature] -= Correlations[other][feature] * gradient[other];
            }

            gradient[feature] /= Correlations[feature][feature];
        }

        for (var feature = 0; feature < gradient.Length; feature++)
        {
            var counts = !double.IsNaN(sample[feature]) && Scales[feature] > 0 && !IsHarmless(feature, sample[feature]);
            gradient[feature] = counts ? gradient[feature] / Scales[feature] : 0;
        }
    }

    /// <summary>Whether a value lies on the side of the mean where its feature cannot be a fault.</summary>
    private bool IsHarmless(int feature, double value) =>
        Harmless is not null && (value - Means[feature]) * Harmless[feature] > 0;

    /// <exception cref="ArgumentException">The numbers do not describe a scaler.</exception>
    internal void Validate()
    {
        if (Means is null || Scales is null || Means.Length == 0 || Means.Length != Scales.Length
            || !Means.All(double.IsFinite) || !Scales.All(scale => double.IsFinite(scale) && scale >= 0)
            || (Harmless is not null && (Harmless.Length != Means.Length || Harmless.Any(side => side is < -1 or > 1)))
            || (Correlations is not null && (Correlations.Length != Means.Length
                || Correlations.Index().Any(row => row.Item is null || row.Item.Length != row.Index + 1 || !row.Item.All(double.IsFinite) || row.Item[^1] <= 0))))
        {
            throw new ArgumentException("This is not a fitted scaler: it needs one finite mean and one scale of at least 0 for each feature.");
        }
    }

    // What measures nearly the same must not be told apart by its last digits.
    private static double[][] Factor(double[][] correlations)
    {
        const double Shrinkage = 0.01;
        var factor = new CholeskyFactor([.. correlations.Select((row, i) => row.Select((value, j) => i == j ? 1 : (1 - Shrinkage) * value).ToArray())]);
        return [.. factor.Lower.Select((row, i) => row[..(i + 1)].Select(value => Digits.Keep(value, 8)).ToArray())];
    }

    private static void ThrowUnlessMatrix(IReadOnlyList<double[]> samples)
    {
        if (samples.Count == 0 || samples[0].Length == 0)
        {
            throw new ArgumentException("A scaler needs at least one sample with at least one feature.", nameof(samples));
        }

        foreach (var sample in samples)
        {
            if (sample.Length != samples[0].Length || sample.Any(double.IsInfinity))
            {
                throw new ArgumentException("The samples differ in length or hold an infinite number.", nameof(samples));
            }
        }
    }
}

/// <summary>What is known of features before any sample is seen.</summary>
/// <param name="Errors">
/// Deviation that each feature has of correct repetitions that differ in what does not matter, in its unit; added, squared, to the samples' own variance. A few
/// repetitions of one person may be nearly equal by chance. 0 where nothing is known.
/// </param>
/// <param name="Harmless">See <see cref="StandardScaler.Harmless"/>.</param>
/// <param name="Correlations">
/// How features of correct repetitions hang together, d × d. Where this is given the samples' own variance counts only for features whose error is 0: the metric is wholly the one known
/// beforehand. Null where nothing is known.
/// </param>
public sealed record FeaturePrior(double[] Errors, int[]? Harmless = null, double[][]? Correlations = null);
