using Spotter.Synthesis;
using static TorchSharp.torch;

namespace Spotter.Training.Flows;

/// <summary>
/// One step of a flow: every second number stays, and from these a small network with one hidden layer tells by how much the others are stretched and moved. Before it has
/// learnt anything it changes nothing.
/// </summary>
internal sealed class AffineCoupling : IDisposable
{
    private readonly Tensor kept; // d: 1 where a number stays
    private readonly Tensor changed; // d: 1 where it does not
    private readonly Tensor hiddenWeight; // d × h
    private readonly Tensor hiddenBias;
    private readonly Tensor outputWeight; // h × 2d
    private readonly Tensor outputBias;

    /// <summary>Creates a step.</summary>
    /// <param name="dimensions">d.</param>
    /// <param name="hidden">Hidden units, h.</param>
    /// <param name="odd">Whether the numbers at odd places stay, or those at even ones.</param>
    /// <param name="random">Draws the weights of the hidden layer.</param>
    public AffineCoupling(int dimensions, int hidden, bool odd, SeededRandom random)
    {
        kept = tensor(Enumerable.Range(0, dimensions).Select(i => i % 2 == 1 == odd ? 1f : 0f).ToArray());
        changed = ones_like(kept) - kept;
        var scale = 1 / Math.Sqrt(dimensions);
        hiddenWeight = tensor(Enumerable.Range(0, dimensions * hidden).Select(_ => (float)(scale * random.Normal())).ToArray())
            .reshape(dimensions, hidden).requires_grad_();
        hiddenBias = zeros(hidden, requires_grad: true);
        outputWeight = zeros(hidden, 2 * dimensions, requires_grad: true);
        outputBias = zeros(2 * dimensions, requires_grad: true);
    }

    /// <summary>What is learnt.</summary>
    public IReadOnlyList<Tensor> Parameters => [hiddenWeight, hiddenBias, outputWeight, outputBias];

    /// <summary>Towards the normal distribution.</summary>
    /// <param name="x">N × d.</param>
    /// <returns>N × d, and the logarithm of the determinant for each of the N.</returns>
    public (Tensor Value, Tensor LogDeterminant) Forward(Tensor x)
    {
        var (stretch, shift) = Change(x);
        return ((x * stretch.exp()) + shift, stretch.sum(1));
    }

    /// <summary>Back from there.</summary>
    public Tensor Inverse(Tensor z)
    {
        var (stretch, shift) = Change(z);
        return (z - shift) * (-stretch).exp();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters.Concat([kept, changed]))
        {
            parameter.Dispose();
        }
    }

    // Stretched by at most e in either direction, so that no density runs away.
    private (Tensor Stretch, Tensor Shift) Change(Tensor x)
    {
        var output = (((x * kept).matmul(hiddenWeight) + hiddenBias).tanh().matmul(outputWeight) + outputBias).chunk(2, 1);
        return (output[0].tanh() * changed, output[1] * changed);
    }
}
