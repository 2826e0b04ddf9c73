using System.Text.Json;
using Spotter.Skeletons;
using Spotter.Tests;
using Spotter.Training.Checkpoints;
using Spotter.Training.Network;
using TorchSharp;

namespace Spotter.Training.Tests.Network;

public sealed class StGcnNetworkTests
{
    [Fact]
    public void Forward_PublishedWeights_AgreesWithReferenceOutputs()
    {
        var weights = SafeTensorsFile.Read(SharedData.Require("weights/stgcn-kinetics.safetensors"));
        using var parity = JsonDocument.Parse(File.ReadAllText(SharedData.Require("weights/parity.json")));
        using var network = new StGcnNetwork();
        network.SetWeights(weights);

        const int frames = 300;
        var person = new float[2 * 3 * frames * Skeleton.JointCount]; // the second person stays zero
        for (var t = 0; t < frames; t++)
        {
            for (var v = 0; v < Skeleton.JointCount; v++)
            {
                var at = (t * Skeleton.JointCount) + v;
                person[at] = (float)(0.3 * Math.Sin((0.05 * t) + (0.3 * v)));
                person[at + (frames * Skeleton.JointCount)] = (float)(0.3 * Math.Cos((0.04 * t) - (0.2 * v)));
                person[at + (2 * frames * Skeleton.JointCount)] = (float)(0.5 + (0.4 * Math.Sin((0.1 * t) + v)));
            }
        }

        using var noGradients = torch.no_grad();
        using var input = torch.tensor(person).reshape(2, 3, frames, Skeleton.JointCount);
        using var features = network.forward(input).mean([0]);
        using var classifier = torch.tensor(weights["fcn.weight"].Values).reshape(400, StGcnNetwork.FeatureCount);
        using var bias = torch.tensor(weights["fcn.bias"].Values);
        using var logits = classifier.matmul(features) + bias;

        AssertClose(parity.RootElement.GetProperty("feature256"), features, 1e-4);
        AssertClose(parity.RootElement.GetProperty("logits"), logits, 1e-3);
    }

    [Fact]
    public void GetWeights_AfterSetWeights_AreTheSame()
    {
        using var first = RandomWeights.Network(1);
        using var second = new StGcnNetwork();
        var weights = first.GetWeights();
        second.SetWeights(weights);

        Assert.All(second.GetWeights(), pair =>
        {
            Assert.Equal(weights[pair.Key].Shape, pair.Value.Shape);
            Assert.Equal(weights[pair.Key].Values, pair.Value.Values);
        });
        Assert.Equal([64L, 64, 9, 1], weights["st_gcn_networks.0.tcn.2.weight"].Shape);
        Assert.Equal([192L, 3, 1, 1], weights["st_gcn_networks.0.gcn.conv.weight"].Shape);
    }

    [Fact]
    public void SetWeights_MissingTensor_NamesIt()
    {
        using var network = new StGcnNetwork();
        var weights = new Dictionary<string, StoredTensor>(network.GetWeights(), StringComparer.Ordinal);
        weights.Remove("st_gcn_networks.4.residual.0.weight");

        var exception = Assert.Throws<CheckpointFormatException>(() => network.SetWeights(weights));
        Assert.Contains("st_gcn_networks.4.residual.0.weight", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetWeights_OtherShape_NamesTensor()
    {
        using var network = new StGcnNetwork();
        var weights = new Dictionary<string, StoredTensor>(network.GetWeights(), StringComparer.Ordinal)
        {
            ["A"] = new([3, 17, 17], new float[3 * 17 * 17]),
        };

        var exception = Assert.Throws<CheckpointFormatException>(() => network.SetWeights(weights));
        Assert.Contains("'A'", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(JsonElement expected, torch.Tensor actual, double tolerance)
    {
        var values = actual.data<float>().ToArray();
        Assert.Equal(expected.GetArrayLength(), values.Length);
        var largest = expected.EnumerateArray().Select((value, i) => Math.Abs(value.GetDouble() - values[i])).Max();
        Assert.InRange(largest, 0, tolerance);
    }
}
