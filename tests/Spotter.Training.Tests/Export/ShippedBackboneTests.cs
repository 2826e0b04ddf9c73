using Spotter.StGcn;
using Spotter.Tests;
using Spotter.Training.Curriculum;
using Spotter.Training.Export;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using TorchSharp;

namespace Spotter.Training.Tests.Export;

public sealed class ShippedBackboneTests
{
    private static readonly string Backbone = Path.Combine(SharedData.Repository, "models", "backbone.onnx");

    [Fact]
    public void Backbone_AndTheWeightsBesideIt_AreTheSameNetwork()
    {
        using var encoder = StGcnEncoder.Load(Backbone);
        using var network = StGcnNetwork.Load(BackboneFiles.WeightsPath(Backbone));
        var batch = new MannequinSource(11, motions: 4).Batch(0);
        using var noGradients = torch.no_grad();
        using var input = TrainingLoop.Collate(batch);
        using var features = network.forward(input);

        var encoded = encoder.Encode(batch.SelectMany(sample => sample.Input).ToArray(), 32, batch.Count);
        Assert.InRange(features.data<float>().ToArray().Zip(encoded, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-3);
    }

    [Fact]
    public void Backbone_TellsFaultsApart_ThatTheMannequinWasNotTrainedOn()
    {
        using var encoder = StGcnEncoder.Load(Backbone);
        var samples = Enumerable.Range(0, 12).SelectMany(new MannequinSource(4242).Batch).ToArray();
        var features = samples.Select(sample => Array.ConvertAll(encoder.Encode(sample.Input, 32), value => (double)value)).ToArray();
        var good = Enumerable.Range(0, samples.Length).Where(i => samples[i].IsGood).ToArray();
        var (training, held) = (good[..(good.Length / 2)], good[(good.Length / 2)..]);
        var bad = Enumerable.Range(0, samples.Length).Where(i => samples[i].Severity >= 1).ToArray();

        // Distance from the centre of the correct ones, each feature in units of its spread: the simplest one-class judge there is.
        var scores = Array.ConvertAll(features, feature => feature.Select((value, axis) =>
        {
            var mean = training.Average(i => features[i][axis]);
            var variance = training.Average(i => Math.Pow(features[i][axis] - mean, 2));
            return Math.Pow(value - mean, 2) / (variance + 1e-6);
        }).Sum());
        var right = held.Sum(correct => bad.Count(faulty => scores[faulty] > scores[correct]));
        Assert.InRange((double)right / (held.Length * bad.Length), 0.7, 1);
    }
}
