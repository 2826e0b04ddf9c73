using Spotter.Synthesis;

namespace Spotter.Training.Flows;

/// <summary>
/// One step of a flow: every second number stays, and from these a small network with one hidden layer tells by how much the others are stretched and moved. Before it has
/// learnt anything it changes nothing.
/// </summary>
internal sealed class AffineCoupling
{
    private readonly int dimensions; // d
    private readonly int hidden; // h
    private readonly int parity; // numbers at these places stay

    /// <summary>Creates a step.</summary>
    /// <param name="dimensions">Numbers of a sample, d.</param>
    /// <param name="hidden">Hidden units, h.</param>
    /// <param name="parity">0 where the numbers at even places stay, 1 where those at odd ones do.</param>
    /// <param name="random">Draws the weights of the hidden layer.</param>
    public AffineCoupling(int dimensions, int hidden, int parity, SeededRandom random)
    {
        (this.dimensions, this.hidden, this.parity) = (dimensions, hidden, parity);
        Parameters = new double[(hidden * (dimensions + 1)) + (2 * dimensions * (hidden + 1))];
        Gradient = new double[Parameters.Length];
        var scale = 1 / Math.Sqrt(dimensions);
        for (var i = 0; i < hidden * dimensions; i++)
        {
            Parameters[i] = scale * random.Normal();
        }
    }

    /// <summary>What is learnt: weights h × d and h constants of the hidden layer, weights 2d × h and 2d constants of stretch and shift.</summary>
    public double[] Parameters { get; }

    /// <summary>Derivative of the loss by each of <see cref="Parameters"/>; <see cref="Backward"/> adds to it.</summary>
    public double[] Gradient { get; }

    private int HiddenConstants => hidden * dimensions;

    private int OutputWeights => hidden * (dimensions + 1);

    private int OutputConstants => OutputWeights + (2 * dimensions * hidden);

    /// <summary>Towards the normal distribution.</summary>
    /// <param name="x">d numbers; changed in place.</param>
    /// <returns>Logarithm of the determinant.</returns>
    public double Forward(Span<double> x)
    {
        Span<double> activation = stackalloc double[hidden];
        Activate(x, activation);
        var determinant = 0.0;
        for (var i = 1 - parity; i < dimensions; i += 2)
        {
            var (stretch, shift) = Change(i, activation);
            x[i] = (x[i] * Math.Exp(stretch)) + shift;
            determinant += stretch;
        }

        return determinant;
    }

    /// <summary>Back from there.</summary>
    /// <param name="z">d numbers; changed in place.</param>
    public void Inverse(Span<double> z)
    {
        Span<double> activation = stackalloc double[hidden];
        Activate(z, activation);
        for (var i = 1 - parity; i < dimensions; i += 2)
        {
            var (stretch, shift) = Change(i, activation);
            z[i] = (z[i] - shift) * Math.Exp(-stretch);
        }
    }

    /// <summary>Leads the derivative of the loss, from which the logarithm of the determinant is taken away, back through the step.</summary>
    /// <param name="x">What <see cref="Forward"/> was given, d numbers.</param>
    /// <param name="slope">Derivative by what it gave back; changed in place to that by what it was given.</param>
    public void Backward(ReadOnlySpan<double> x, Span<double> slope)
    {
        Span<double> activation = stackalloc double[hidden];
        Span<double> activationSlope = stackalloc double[hidden];
        Activate(x, activation);
        activationSlope.Clear();
        for (var i = 1 - parity; i < dimensions; i += 2)
        {
            var (stretch, _) = Change(i, activation);
            var stretched = Math.Exp(stretch);
            AddOutput(i, ((slope[i] * x[i] * stretched) - 1) * (1 - (stretch * stretch)), activation, activationSlope);
            AddOutput(dimensions + i, slope[i], activation, activationSlope);
            slope[i] *= stretched;
        }

        for (var unit = 0; unit < hidden; unit++)
        {
            var own = activationSlope[unit] * (1 - (activation[unit] * activation[unit]));
            Gradient[HiddenConstants + unit] += own;
            for (var i = parity; i < dimensions; i += 2)
            {
                Gradient[(unit * dimensions) + i] += own * x[i];
                slope[i] += own * Parameters[(unit * dimensions) + i];
            }
        }
    }

    private void AddOutput(int output, double slope, ReadOnlySpan<double> activation, Span<double> activationSlope)
    {
        var weights = OutputWeights + (output * hidden);
        Gradient[OutputConstants + output] += slope;
        for (var unit = 0; unit < hidden; unit++)
        {
            Gradient[weights + unit] += slope * activation[unit];
            activationSlope[unit] += slope * Parameters[weights + unit];
        }
    }

    private void Activate(ReadOnlySpan<double> x, Span<double> activation)
    {
        for (var unit = 0; unit < hidden; unit++)
        {
            var sum = Parameters[HiddenConstants + unit];
            for (var i = parity; i < dimensions; i += 2)
            {
                sum += Parameters[(unit * dimensions) + i] * x[i];
            }

            activation[unit] = Math.Tanh(sum);
        }
    }

    // Stretched by at most e in either direction, so that no density runs away.
    private (double Stretch, double Shift) Change(int i, ReadOnlySpan<double> activation) => (Math.Tanh(Output(i, activation)), Output(dimensions + i, activation));

    private double Output(int output, ReadOnlySpan<double> activation)
    {
        var sum = Parameters[OutputConstants + output];
        var weights = Parameters.AsSpan(OutputWeights + (output * hidden), hidden);
        for (var unit = 0; unit < hidden; unit++)
        {
            sum += weights[unit] * activation[unit];
        }

        return sum;
    }
}
