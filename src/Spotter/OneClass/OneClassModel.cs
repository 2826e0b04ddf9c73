namespace Spotter.OneClass;

/// <summary>A scaler and the one-class SVM behind it: from a feature vector as measured to a score. Immutable.</summary>
public sealed class OneClassModel
{
    private readonly OneClassSvm svm;
    private readonly int[] support; // positions of the support vectors among the training samples; empty where not known

    /// <summary>Joins a scaler and a machine fitted on what it gives.</summary>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public OneClassModel(StandardScaler scaler, OneClassSvm svm)
        : this(scaler, svm, [])
    {
    }

    private OneClassModel(StandardScaler scaler, OneClassSvm svm, int[] support)
    {
        scaler.Validate();
        if (scaler.Means.Length != svm.FeatureCount)
        {
            throw new ArgumentException($"The scaler has {scaler.Means.Length} features, but the one-class SVM has {svm.FeatureCount}.", nameof(svm));
        }

        Scaler = scaler;
        this.svm = svm;
        this.support = support;
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
    /// <param name="prior">What is known of the features beforehand.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length or infinite numbers.</exception>
    public static OneClassModel Fit(
        IReadOnlyList<double[]> features, OneClassSvmOptions? options = null, FeaturePrior? prior = null, CancellationToken cancellationToken = default) =>
        Fit(features, [.. Enumerable.Range(0, features.Count)], options, prior, cancellationToken);

    /// <summary>Fits on some of the samples.</summary>
    internal static OneClassModel Fit(
        IReadOnlyList<double[]> samples, IReadOnlyList<int> chosen, OneClassSvmOptions? options, FeaturePrior? prior, CancellationToken cancellationToken)
    {
        var scaler = StandardScaler.Fit([.. chosen.Select(i => samples[i])], prior);
        double[][] scaled = [.. chosen.Select(i => Scaled(scaler, samples[i]))];
        var machine = OneClassSvm.Fit(scaled, options, out var carriers, cancellationToken);
        return new OneClassModel(scaler, machine, Array.ConvertAll(carriers, i => chosen[i]));
    }

    /// <summary>Restores a model from what a pack stores of it and the training samples.</summary>
    /// <exception cref="ArgumentException">The numbers do not describe a model.</exception>
    internal static OneClassModel Restore(OneClassModelState state, double[][] samples)
    {
        if (state is not { Scaler: not null, Support: not null, DualCoefficients: not null } || state.Support.Any(i => i < 0 || i >= samples.Length))
        {
            throw new ArgumentException("A part of the model is missing, or it names training samples that are not there.", nameof(state));
        }

        state.Scaler.Validate();
        var machine = new OneClassSvm(new OneClassSvmState
        {
            Nu = state.Nu,
            Gamma = state.Gamma,
            Offset = state.Offset,
            DualCoefficients = state.DualCoefficients,
            SupportVectors = Array.ConvertAll(state.Support, i => Scaled(state.Scaler, samples[i])),
        });
        return new OneClassModel(state.Scaler, machine, state.Support);
    }

    /// <summary>What a pack stores of the model beside the training samples.</summary>
    internal OneClassModelState ToState() => new()
    {
        Scaler = Scaler,
        Nu = svm.Nu,
        Gamma = svm.Gamma,
        Offset = svm.Offset,
        Support = support,
        DualCoefficients = [.. svm.DualCoefficients],
    };

    /// <summary>Decision function of the machine: at least 0 for an inlier.</summary>
    public double DecisionFunction(ReadOnlySpan<double> features) => svm.DecisionFunction(Scaler.Transform(features));

    /// <summary>
    /// Logarithm of the score over the offset: 0 at the boundary, positive inside, the more negative the farther outside. It orders samples as the
    /// decision function does, but does not grow with the number of training samples, so that models fitted on different sets can be compared, and
    /// does not level off far outside.
    /// </summary>
    public double RelativeScore(ReadOnlySpan<double> features) => svm.LogScoreSamples(Scaler.Transform(features)) - Math.Log(svm.Offset);

    /// <summary>Derivative of the decision function by each feature in its own unit; 0 for a missing one.</summary>
    /// <param name="features">d numbers, NaN where missing.</param>
    /// <param name="gradient">d numbers, overwritten.</param>
    public void Gradient(ReadOnlySpan<double> features, Span<double> gradient)
    {
        svm.Gradient(Scaler.Transform(features), gradient);
        Scaler.PullBack(features, gradient);
    }

    // Four decimals of a standard deviation are far below what any camera resolves.
    private static double[] Scaled(StandardScaler scaler, double[] sample) =>
        Array.ConvertAll(scaler.Transform(sample), value => Math.Round(value, 4));
}

/// <summary>The numbers of a <see cref="OneClassModel"/> beside the training samples, as packs store them.</summary>
public sealed record OneClassModelState
{
    /// <summary>Brings the features to one scale.</summary>
    public required StandardScaler Scaler { get; init; }

    /// <summary>ν it was fitted with.</summary>
    public required double Nu { get; init; }

    /// <summary>γ of the kernel exp(−γ‖x − y‖²).</summary>
    public required double Gamma { get; init; }

    /// <summary>ρ: the score at the boundary.</summary>
    public required double Offset { get; init; }

    /// <summary>Positions of the support vectors among the training samples.</summary>
    public required int[] Support { get; init; }

    /// <summary>Weight of each support vector, in (0, 1].</summary>
    public required double[] DualCoefficients { get; init; }
}
