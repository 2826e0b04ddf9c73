using System.Numerics.Tensors;

namespace Spotter.OneClass;

/// <summary>The Gaussian kernel exp(−γ‖x − y‖²) between the training samples, whose order the optimisation may change.</summary>
internal sealed class RbfKernel
{
    private readonly double[][] samples; // n × d
    private readonly double[] squaredNorms; // n
    private readonly double[] exponents; // n, scratch
    private readonly double gamma;

    public RbfKernel(double[][] samples, double gamma)
    {
        this.samples = [.. samples];
        this.gamma = gamma;
        squaredNorms = Array.ConvertAll(samples, sample => TensorPrimitives.Dot(sample, sample));
        exponents = new double[samples.Length];
    }

    /// <summary>Kernel values of sample <paramref name="row"/> with the samples from <paramref name="start"/> on, as many as fit.</summary>
    public void Fill(int row, int start, Span<float> values)
    {
        var sample = samples[row];
        var exponent = exponents.AsSpan(0, values.Length);
        for (var k = 0; k < values.Length; k++)
        {
            var dot = TensorPrimitives.Dot<double>(sample, samples[start + k]);
            exponent[k] = -gamma * (squaredNorms[row] + squaredNorms[start + k] - (2 * dot));
        }

        TensorPrimitives.Exp<double>(exponent, exponent);
        TensorPrimitives.ConvertTruncating<double, float>(exponent, values);
    }

    public void Swap(int first, int second)
    {
        (samples[first], samples[second]) = (samples[second], samples[first]);
        (squaredNorms[first], squaredNorms[second]) = (squaredNorms[second], squaredNorms[first]);
    }
}
