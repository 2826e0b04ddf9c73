namespace Spotter.Training.Flows;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019) on plain numbers.</summary>
/// <param name="parameters">What is learnt; changed in place.</param>
/// <param name="gradient">Sum of the gradients of some samples; set to 0 by each update.</param>
/// <param name="rate">Learning rate.</param>
/// <param name="weightDecay">Decoupled weight decay.</param>
internal sealed class FlowOptimizer(double[] parameters, double[] gradient, double rate, double weightDecay)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] mean = new double[parameters.Length];
    private readonly double[] square = new double[parameters.Length];

    /// <summary>Goes one step.</summary>
    /// <param name="samples">How many samples the gradient is the sum of.</param>
    /// <param name="step">Counted from 1.</param>
    public void Update(int samples, int step)
    {
        var (correction1, correction2) = (1 - Math.Pow(Beta1, step), 1 - Math.Pow(Beta2, step));
        for (var i = 0; i < parameters.Length; i++)
        {
            var slope = gradient[i] / samples;
            mean[i] += (1 - Beta1) * (slope - mean[i]);
            square[i] += (1 - Beta2) * ((slope * slope) - square[i]);
            parameters[i] -= rate * ((weightDecay * parameters[i]) + (mean[i] / correction1 / (Math.Sqrt(square[i] / correction2) + Epsilon)));
        }

        Array.Clear(gradient);
    }
}
