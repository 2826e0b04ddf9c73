using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.Network;

namespace Spotter.Training.Export;

/// <summary>The two files that a training leaves: the backbone for the encoder, and beside it the weights for trainings that start from it.</summary>
public static class BackboneFiles
{
    // Smaller tensors are biases, norms and graphs: they take little room, and statistics may exceed the range of half precision.
    private const int SmallestHalf = 4096;

    /// <summary>The file of weights that belongs to a backbone.</summary>
    public static string WeightsPath(string backbone) => Path.ChangeExtension(backbone, ".safetensors");

    /// <summary>Writes both files. Weights of convolutions are rounded to half precision first, so that both hold the same network.</summary>
    /// <param name="network">The network; its weights are rounded.</param>
    /// <param name="path">The backbone, <c>.onnx</c>; its folder must exist.</param>
    /// <param name="description">What is told about it.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(StGcnNetwork network, string path, BackboneDescription description)
    {
        var rounded = network.GetWeights().ToDictionary(
            pair => pair.Key,
            pair => IsHalf(pair.Value) ? pair.Value with { Values = Array.ConvertAll(pair.Value.Values, value => (float)(Half)value) } : pair.Value,
            StringComparer.Ordinal);
        network.SetWeights(rounded);
        SafeTensorsFile.Write(WeightsPath(path), rounded, description.ToNotes(), IsHalf);
        StGcnExport.Write(network, path, description);
    }

    private static bool IsHalf(StoredTensor tensor) => tensor.Values.Length >= SmallestHalf;
}
