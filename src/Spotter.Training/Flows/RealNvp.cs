using Spotter.Synthesis;

namespace Spotter.Training.Flows;

/// <summary>
/// A density learnt by a chain of invertible steps that lead samples to a standard normal distribution: L. Dinh, J. Sohl-Dickstein, S. Bengio, "Density estimation using
/// Real NVP", ICLR 2017. Small, for some dozens of samples; with matrices of this size libtorch's calls take ten times as long as the arithmetic, so it is written out.
/// </summary>
public sealed class RealNvp
{
    private const int Couplings = 4;
    private const int HiddenUnits = 16;
    private const int Steps = 200;
    private const double Rate = 0.01;
    private const double WeightDecay = 0.01;

    // Without it a flow raises a peak on each sample.
    private const double Noise = 0.1;

    private readonly int dimensions;
    private readonly int seed;
    private readonly AffineCoupling[] couplings;

    /// <summary>Creates a flow that changes nothing yet: the density is the standard normal one.</summary>
    /// <param name="dimensions">Numbers of a sample, d.</param>
    /// <param name="seed">Where its weights and the noise of its training come from.</param>
    public RealNvp(int dimensions, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        this.dimensions = dimensions;
        this.seed = seed;
        var random = SeededRandom.For(seed, "flow");
        couplings = [.. Enumerable.Range(0, Couplings).Select(step => new AffineCoupling(dimensions, HiddenUnits, step % 2, random))];
    }

    /// <summary>What is learnt, by steps.</summary>
    internal IReadOnlyList<AffineCoupling> Chain => couplings;

    /// <summary>Learns the density of samples.</summary>
    /// <param name="samples">n × d numbers of mean about 0 and deviation about 1.</param>
    public void Fit(double[][] samples)
    {
        var random = SeededRandom.For(seed, "noise");
        FlowOptimizer[] optimizers = Array.ConvertAll(couplings, coupling => new FlowOptimizer(coupling.Parameters, coupling.Gradient, Rate, WeightDecay));
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var sample in samples)
            {
                AddGradient(Array.ConvertAll(sample, value => value + (Noise * random.Normal())));
            }

            Array.ForEach(optimizers, optimizer => optimizer.Update(samples.Length, step));
        }
    }

    /// <summary>Logarithm of the density at a sample.</summary>
    public double LogDensity(double[] sample)
    {
        double[] z = [.. sample];
        var determinant = Forward(z);
        return determinant - (z.Sum(value => value * value) / 2) - (dimensions * Math.Log(2 * Math.PI) / 2);
    }

    /// <summary>To the normal distribution, in place.</summary>
    /// <returns>Logarithm of the determinant.</returns>
    internal double Forward(Span<double> x)
    {
        var determinant = 0.0;
        foreach (var coupling in couplings)
        {
            determinant += coupling.Forward(x);
        }

        return determinant;
    }

    /// <summary>Back from there, in place.</summary>
    internal void Inverse(Span<double> z)
    {
        for (var step = couplings.Length - 1; step >= 0; step--)
        {
            couplings[step].Inverse(z);
        }
    }

    /// <summary>Adds the derivative of the negative logarithm of the density at a sample to the gradients of all steps.</summary>
    internal void AddGradient(double[] sample)
    {
        var inputs = new double[couplings.Length][];
        double[] slope = [.. sample];
        for (var step = 0; step < couplings.Length; step++)
        {
            inputs[step] = [.. slope];
            couplings[step].Forward(slope);
        }

        // Of half the squared distance from 0, the derivative is the place itself.
        for (var step = couplings.Length - 1; step >= 0; step--)
        {
            couplings[step].Backward(inputs[step], slope);
        }
    }
}
