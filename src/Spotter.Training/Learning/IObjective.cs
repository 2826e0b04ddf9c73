using static TorchSharp.torch;

namespace Spotter.Training.Learning;

/// <summary>What is learnt on top of the features: heads with parameters of their own, and a loss.</summary>
public interface IObjective : IDisposable
{
    /// <summary>The heads' parameters by name.</summary>
    IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>The loss of a batch.</summary>
    /// <param name="features">N × 256.</param>
    /// <param name="batch">The N samples in the same order.</param>
    /// <returns>One number, differentiable.</returns>
    Tensor Loss(Tensor features, IReadOnlyList<TrainingSample> batch);
}
