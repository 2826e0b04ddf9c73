namespace Spotter.OneClass;

/// <summary>A scaler and the one-class SVM behind it: from a feature vector as measured to a score. Immutable.</summary>
public sealed class OneClassModel
{
    private readonly OneClassSvm svm;

    /// <summary>Joins a scaler and a machine fitted on what it gives.</summary>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public OneClassModel(StandardScaler scaler, OneClassSvm svm)
    {
        scaler.Validate();
        if (scaler.Means.Length != svm.FeatureCount)
        {
            throw new ArgumentException($"The scaler has {scaler.Means.Length} features, but the one-class SVM has {svm.FeatureCount}.", nameof(svm));
        }

        Scaler = scaler;
        this.svm = svm;
    }

    /// <summary>Brings the features to one scale.</summary>
    public StandardScaler Scaler { get; }

    /// <summary>The machine on scaled features.</summary>
    public OneClassSvm Svm => svm;

    /// <summary>Number of features.</summary>
    public int FeatureCount => svm.FeatureCount;

    /// <summary>Fits scaler and machine on correct repetitions.</summary>
    /// <param name="features">n × d; NaN where a measure is missing.</param>
    /// <param name="options">How the machine is fitted.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length or infinite numbers.</exception>
    public static OneClassModel Fit(IReadOnlyList<double[]> features, OneClassSvmOptions? options = null, CancellationToken cancellationToken = default)
    {
        var scaler = StandardScaler.Fit(features);

        // Four decimals of a standard deviation are far below what any camera resolves, and keep packs small.
        double[][] scaled = [.. features.Select(sample => Array.ConvertAll(scaler.Transform(sample), value => Math.Round(value, 4)))];
        return new OneClassModel(scaler, OneClassSvm.Fit(scaled, options, cancellationToken));
    }

    /// <summary>Decision function of the machine: at least 0 for an inlier.</summary>
    public double DecisionFunction(ReadOnlySpan<double> features) => svm.DecisionFunction(Scaler.Transform(features));

    /// <summary>
    /// Decision function divided by the offset: −1 far from all correct repetitions, 0 at the boundary. Unlike the decision function itself it
    /// does not grow with the number of training samples, so models fitted on different sets can be compared.
    /// </summary>
    public double RelativeScore(ReadOnlySpan<double> features) => svm.DecisionFunction(Scaler.Transform(features)) / svm.Offset;

    /// <summary>Derivative of the decision function by each feature in its own unit; 0 for a missing one.</summary>
    /// <param name="features">d numbers, NaN where missing.</param>
    /// <param name="gradient">d numbers, overwritten.</param>
    public void Gradient(ReadOnlySpan<double> features, Span<double> gradient)
    {
        svm.Gradient(Scaler.Transform(features), gradient);
        for (var feature = 0; feature < gradient.Length; feature++)
        {
            var scale = Scaler.Scales[feature];
            gradient[feature] = double.IsNaN(features[feature]) || scale == 0 ? 0 : gradient[feature] / scale;
        }
    }
}
