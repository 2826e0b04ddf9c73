using System.Numerics.Tensors;

namespace Spotter.OneClass;

/// <summary>
/// One-class support vector machine with ν and a Gaussian kernel: learns from one class where its samples lie.
/// B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson, "Estimating the support of a high-dimensional distribution",
/// Neural Computation 13 (2001). Scaled as LIBSVM and scikit-learn do: the dual coefficients lie in (0, 1] and sum up to ν times the number of
/// samples. Immutable and safe to use from several threads.
/// </summary>
public sealed class OneClassSvm
{
    private readonly double[][] supportVectors; // S × d
    private readonly double[] dualCoefficients; // S

    /// <summary>Restores a fitted machine.</summary>
    /// <exception cref="ArgumentException">The numbers do not describe a machine.</exception>
    public OneClassSvm(OneClassSvmState state)
    {
        state.Validate();
        supportVectors = state.SupportVectors;
        dualCoefficients = state.DualCoefficients;
        Nu = state.Nu;
        Gamma = state.Gamma;
        Offset = state.Offset;
    }

    /// <summary>ν it was fitted with.</summary>
    public double Nu { get; }

    /// <summary>γ of the kernel exp(−γ‖x − y‖²).</summary>
    public double Gamma { get; }

    /// <summary>ρ: the score at the boundary.</summary>
    public double Offset { get; }

    /// <summary>Number of features, d.</summary>
    public int FeatureCount => supportVectors[0].Length;

    /// <summary>The training samples that carry the boundary, S × d.</summary>
    public IReadOnlyList<double[]> SupportVectors => supportVectors;

    /// <summary>Weight of each support vector, in (0, 1].</summary>
    public IReadOnlyList<double> DualCoefficients => dualCoefficients;

    /// <summary>Fits to samples of the one class.</summary>
    /// <param name="samples">n × d finite numbers, n and d at least 1; not changed.</param>
    /// <param name="options">ν, γ and how to optimise.</param>
    /// <param name="cancellationToken">Stops the optimisation.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length, or numbers that are not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static OneClassSvm Fit(double[][] samples, OneClassSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        Fit(samples, options, out _, cancellationToken);

    /// <summary>Fits, and tells which samples became the support vectors, in their order.</summary>
    internal static OneClassSvm Fit(double[][] samples, OneClassSvmOptions? options, out int[] support, CancellationToken cancellationToken)
    {
        options ??= new OneClassSvmOptions();
        options.Validate();
        ThrowUnlessMatrix(samples);
        var gamma = options.Gamma ?? (options.GammaScale * ScaleGamma(samples));
        var (alpha, offset) = SequentialMinimalOptimization.Solve(samples, gamma, options, cancellationToken);
        support = [.. Enumerable.Range(0, alpha.Length).Where(i => alpha[i] > 0)];
        return new OneClassSvm(new OneClassSvmState
        {
            Nu = options.Nu,
            Gamma = gamma,
            Offset = offset,
            DualCoefficients = Array.ConvertAll(support, i => alpha[i]),
            SupportVectors = Array.ConvertAll(support, i => (double[])samples[i].Clone()),
        });
    }

    /// <summary>Signed distance-like score Σ αᵢ K(xᵢ, x) − ρ: at least 0 for an inlier.</summary>
    public double DecisionFunction(ReadOnlySpan<double> sample) => ScoreSamples(sample) - Offset;

    /// <summary>Score without the offset, Σ αᵢ K(xᵢ, x): the higher, the more like the training samples; never negative.</summary>
    public double ScoreSamples(ReadOnlySpan<double> sample)
    {
        ThrowUnlessSample(sample);
        var score = 0.0;
        for (var i = 0; i < supportVectors.Length; i++)
        {
            score += dualCoefficients[i] * Kernel(supportVectors[i], sample);
        }

        return score;
    }

    /// <summary>
    /// Natural logarithm of <see cref="ScoreSamples"/>, exact also where the score itself is too small for a number: far outside, all decision
    /// values are −ρ, and only the logarithm still tells which sample is farther.
    /// </summary>
    public double LogScoreSamples(ReadOnlySpan<double> sample)
    {
        ThrowUnlessSample(sample);
        Span<double> exponents = supportVectors.Length <= 512 ? stackalloc double[supportVectors.Length] : new double[supportVectors.Length];
        for (var i = 0; i < exponents.Length; i++)
        {
            var distance = TensorPrimitives.Distance(supportVectors[i], sample);
            exponents[i] = Math.Log(dualCoefficients[i]) - (Gamma * distance * distance);
        }

        var greatest = TensorPrimitives.Max<double>(exponents);
        var sum = 0.0;
        foreach (var exponent in exponents)
        {
            sum += Math.Exp(exponent - greatest);
        }

        return greatest + Math.Log(sum);
    }

    /// <summary>Derivative of the decision function by each feature, Σ 2γ αᵢ K(xᵢ, x) (xᵢ − x).</summary>
    /// <param name="sample">d numbers.</param>
    /// <param name="gradient">d numbers, overwritten.</param>
    public void Gradient(ReadOnlySpan<double> sample, Span<double> gradient)
    {
        ThrowUnlessSample(sample);
        ThrowUnlessSample(gradient);
        gradient.Clear();
        var total = 0.0;
        for (var i = 0; i < supportVectors.Length; i++)
        {
            var weight = 2 * Gamma * dualCoefficients[i] * Kernel(supportVectors[i], sample);
            total += weight;
            TensorPrimitives.MultiplyAdd(supportVectors[i], weight, gradient, gradient);
        }

        TensorPrimitives.MultiplyAdd(sample, -total, gradient, gradient);
    }

    /// <summary>The numbers that make up this machine, for a file; shares its arrays.</summary>
    public OneClassSvmState ToState() => new()
    {
        Nu = Nu,
        Gamma = Gamma,
        Offset = Offset,
        DualCoefficients = dualCoefficients,
        SupportVectors = supportVectors,
    };

    private static void ThrowUnlessMatrix(double[][] samples)
    {
        if (samples.Length == 0)
        {
            throw new ArgumentException("A one-class SVM needs at least one sample.", nameof(samples));
        }

        var features = samples[0].Length;
        if (features == 0)
        {
            throw new ArgumentException("A one-class SVM needs at least one feature.", nameof(samples));
        }

        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i].Length != features)
            {
                throw new ArgumentException($"Sample {i} has {samples[i].Length} features, but sample 0 has {features}.", nameof(samples));
            }

            if (!TensorPrimitives.IsFiniteAll<double>(samples[i]))
            {
                throw new ArgumentException($"Sample {i} holds a number that is not finite; fill in missing values first.", nameof(samples));
            }
        }
    }

    private static double ScaleGamma(double[][] samples)
    {
        var count = (double)samples.Length * samples[0].Length;
        var mean = samples.Sum(sample => TensorPrimitives.Sum<double>(sample)) / count;
        var variance = samples.Sum(sample => sample.Sum(value => (value - mean) * (value - mean))) / count;
        return variance > 0 ? 1 / (samples[0].Length * variance) : 1;
    }

    private double Kernel(double[] supportVector, ReadOnlySpan<double> sample)
    {
        var distance = TensorPrimitives.Distance(supportVector, sample);
        return Math.Exp(-Gamma * distance * distance);
    }

    private void ThrowUnlessSample(ReadOnlySpan<double> sample)
    {
        if (sample.Length != FeatureCount)
        {
            throw new ArgumentException($"Expected {FeatureCount} features, but there are {sample.Length}.", nameof(sample));
        }
    }
}
