using Spotter.Skeletons;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Streams;

/// <summary>
/// Fits the first batch norm of a network to inputs that its weights were not trained on: bones and motion have other means and are smaller than places. The constant that a
/// batch norm adds to each variance (1e-5, the square of about 2 % of a torso's length) keeps the tremor of joints that hardly move small.
/// </summary>
public static class InputStatistics
{
    /// <summary>Sets mean and variance of both coordinates of each joint; those of confidence, which means the same in all streams, stay.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Some batches as the network is shown them.</param>
    public static void Estimate(StGcnNetwork network, IEnumerable<IReadOnlyList<TrainingSample>> batches)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var inputs = cat([.. batches.Select(TrainingLoop.Collate)]); // N × 3 × T × V
        var weights = network.WeightTensors();
        foreach (var (name, estimate) in new[] { ("data_bn.running_mean", inputs.mean([0, 2])), ("data_bn.running_var", inputs.var([0, 2])) })
        {
            var coordinates = weights[name].view(Skeleton.JointCount, StGcnNetwork.InputChannels).narrow(1, 0, 2); // V × 2
            coordinates.copy_(estimate.narrow(0, 0, 2).transpose(0, 1));
        }
    }
}
