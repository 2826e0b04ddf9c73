using System.Globalization;
using Spotter.Synthesis;
using Spotter.Training.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Spotter.Training.Flows;

/// <summary>
/// A density learnt by a chain of invertible steps that lead samples to a standard normal distribution: L. Dinh, J. Sohl-Dickstein, S. Bengio, "Density estimation using
/// Real NVP", ICLR 2017. Small, for some dozens of samples.
/// </summary>
public sealed class RealNvp : IDisposable
{
    private const int Couplings = 4;
    private const int HiddenUnits = 16;
    private const int Steps = 200;
    private const double Rate = 0.01;
    private const double WeightDecay = 0.01;

    // Without it a flow raises a peak on each sample.
    private const double Noise = 0.1;

    private readonly int dimensions;
    private readonly AffineCoupling[] couplings;

    /// <summary>Creates a flow that changes nothing yet: the density is the standard normal one.</summary>
    /// <param name="dimensions">Numbers of a sample, d.</param>
    /// <param name="seed">Where its weights and the noise of its training come from.</param>
    public RealNvp(int dimensions, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        this.dimensions = dimensions;
        Seed = seed;
        var random = SeededRandom.For(seed, "flow");
        couplings = [.. Enumerable.Range(0, Couplings).Select(step => new AffineCoupling(dimensions, HiddenUnits, step % 2 == 1, random))];
    }

    private int Seed { get; }

    /// <summary>Learns the density of samples.</summary>
    /// <param name="samples">n × d numbers of mean about 0 and deviation about 1.</param>
    public void Fit(double[][] samples)
    {
        UseOneThread();
        var random = SeededRandom.For(Seed, "noise");
        var parameters = couplings.SelectMany(coupling => coupling.Parameters).Index()
            .ToDictionary(pair => pair.Index.ToString(CultureInfo.InvariantCulture), pair => pair.Item, StringComparer.Ordinal);
        using var optimizer = new AdamW(parameters, WeightDecay);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            foreach (var parameter in parameters.Values)
            {
                parameter.grad = null;
            }

            (-LogDensity(Collate(samples, () => Noise * random.Normal())).mean()).backward();
            optimizer.Update(Rate, step + 1);
        }

        foreach (var parameter in parameters.Values)
        {
            parameter.grad = null;
        }
    }

    /// <summary>Logarithm of the density at a sample.</summary>
    public double LogDensity(double[] sample)
    {
        UseOneThread();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return LogDensity(Collate([sample], () => 0)).item<float>();
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(couplings, coupling => coupling.Dispose());

    /// <summary>To the normal distribution: N × d, and the logarithm of the determinant of each.</summary>
    internal (Tensor Value, Tensor LogDeterminant) Forward(Tensor x)
    {
        var sum = zeros(x.shape[0]);
        foreach (var coupling in couplings)
        {
            (x, var own) = coupling.Forward(x);
            sum += own;
        }

        return (x, sum);
    }

    /// <summary>Back from there, N × d.</summary>
    internal Tensor Inverse(Tensor z) => couplings.Reverse().Aggregate(z, (value, coupling) => coupling.Inverse(value));

    /// <summary>Logarithm of the density at each of N × d.</summary>
    internal Tensor LogDensity(Tensor x)
    {
        // Numbers that libtorch reads live until the end, see AdamW.
        using Scalar half = 0.5;
        using Scalar scale = dimensions * Math.Log(2 * Math.PI) / 2;
        var (z, determinant) = Forward(x);
        return (determinant - (z.square().sum(1) * half)).sub(scale);
    }

    // These matrices are so small that several threads mostly wait for each other: ten times the processor time.
    private static void UseOneThread() => set_num_threads(1);

    private Tensor Collate(double[][] samples, Func<double> noise) =>
        tensor(samples.SelectMany(sample => sample.Select(value => (float)(value + noise()))).ToArray()).reshape(samples.Length, dimensions);
}
