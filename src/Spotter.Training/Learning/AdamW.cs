using TorchSharp;
using static TorchSharp.torch;

namespace Spotter.Training.Learning;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019). Written out because its state has to
/// be stored and restored exactly for a training to be resumed.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly (Tensor Parameter, Tensor Mean, Tensor Square)[] entries;
    private readonly double weightDecay;

    public AdamW(IReadOnlyDictionary<string, Tensor> parameters, double weightDecay)
    {
        this.weightDecay = weightDecay;
        Names = [.. parameters.Keys.Order(StringComparer.Ordinal)];
        entries = Array.ConvertAll(Names, name => (parameters[name], zeros_like(parameters[name]), zeros_like(parameters[name])));
    }

    /// <summary>Names of the parameters in the order in which they are updated.</summary>
    public string[] Names { get; }

    /// <summary>The running means of gradients and of their squares, to be stored with the training's state.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        Names.SelectMany((name, i) => new[] { (name + "/mean", entries[i].Mean), (name + "/square", entries[i].Square) });

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="step">Counted from 1.</param>
    public void Update(double rate, int step)
    {
        using var noGradients = no_grad();
        // TorchSharp may collect a number that it was handed as a double while libtorch still reads it; these live until the end.
        using Scalar keep = 1 - (rate * weightDecay);
        using Scalar beta1 = Beta1;
        using Scalar new1 = 1 - Beta1;
        using Scalar beta2 = Beta2;
        using Scalar new2 = 1 - Beta2;
        using Scalar correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        using Scalar epsilon = Epsilon;
        using Scalar stride = -rate / (1 - Math.Pow(Beta1, step));
        foreach (var (parameter, mean, square) in entries)
        {
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            parameter.mul_(keep);
            mean.mul_(beta1).add_(gradient, alpha: new1);
            square.mul_(beta2).addcmul_(gradient, gradient, new2);
            var divisor = square.sqrt().div_(correction2).add_(epsilon);
            parameter.addcdiv_(mean, divisor, stride);
        }
    }

    public void Dispose()
    {
        foreach (var (_, mean, square) in entries)
        {
            mean.Dispose();
            square.Dispose();
        }
    }
}
