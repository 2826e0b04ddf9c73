using Spotter.Training.Checkpoints;
using Spotter.Training.Network;

namespace Spotter.Training.Tests.Network;

/// <summary>Networks with made-up weights, so that most tests need no published ones.</summary>
internal static class RandomWeights
{
    /// <summary>Weights of a sensible size: activations neither die nor explode over the ten blocks.</summary>
    public static StGcnNetwork Network(int seed)
    {
        var random = new Random(seed);
        var network = new StGcnNetwork();
        var weights = network.GetWeights().ToDictionary(
            pair => pair.Key, pair => new StoredTensor(pair.Value.Shape, Values(pair.Key, pair.Value.Shape, random)), StringComparer.Ordinal);
        network.SetWeights(weights);
        return network;
    }

    private static float[] Values(string name, long[] shape, Random random)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        var fanIn = shape.Length > 1 ? (double)count / shape[0] : 1;
        return [.. Enumerable.Range(0, (int)count).Select(_ => (float)Value(name, shape, fanIn, random))];
    }

    private static double Value(string name, long[] shape, double fanIn, Random random)
    {
        var symmetric = (2 * random.NextDouble()) - 1;
        return name switch
        {
            "A" => random.NextDouble() < 0.2 ? random.NextDouble() : 0,
            _ when name.StartsWith("edge_importance", StringComparison.Ordinal) => 1 + (0.3 * symmetric),
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => 0.5 + random.NextDouble(),
            _ when shape.Length == 1 && name.EndsWith(".weight", StringComparison.Ordinal) => 1 + (0.3 * symmetric),
            _ when shape.Length == 1 => 0.1 * symmetric,
            _ => symmetric * Math.Sqrt(3 / fanIn),
        };
    }
}
