using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.FineTuning;

/// <summary>Logistic regression of good against bad on the features; the head is dropped after training.</summary>
public sealed class GoodBadObjective : IObjective
{
    private readonly TorchSharp.Modules.Parameter weight = nn.Parameter(zeros(StGcnNetwork.FeatureCount));
    private readonly TorchSharp.Modules.Parameter bias = nn.Parameter(zeros(1));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Parameters => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["good.weight"] = weight,
        ["good.bias"] = bias,
    };

    /// <inheritdoc/>
    public Tensor Loss(Tensor features, IReadOnlyList<TrainingSample> batch) =>
        nn.functional.binary_cross_entropy_with_logits(Logits(features), tensor(batch.Select(sample => sample.IsGood ? 1f : 0f).ToArray()));

    /// <summary>Log odds of being good: N.</summary>
    public Tensor Logits(Tensor features) => features.matmul(weight) + bias;

    /// <inheritdoc/>
    public void Dispose()
    {
        weight.Dispose();
        bias.Dispose();
    }
}
