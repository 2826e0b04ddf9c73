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
        var rounded = Rounded(network);
        network.SetWeights(rounded);
        WriteWeights(rounded, WeightsPath(path), description);
        StGcnExport.Write(network, path, description);
    }

    /// <summary>Writes the weights alone.</summary>
    /// <param name="rounded">What <see cref="Rounded"/> gave.</param>
    /// <param name="path">The file, <c>.safetensors</c>.</param>
    /// <param name="description">What is told about them.</param>
    internal static void WriteWeights(IReadOnlyDictionary<string, StoredTensor> rounded, string path, BackboneDescription description) =>
        SafeTensorsFile.Write(path, rounded, description.ToNotes(), IsHalf);

    /// <summary>The weights as files hold them.</summary>
    internal static IReadOnlyDictionary<string, StoredTensor> Rounded(StGcnNetwork network) => network.GetWeights().ToDictionary(
        pair => pair.Key,
        pair => IsHalf(pair.Value) ? pair.Value with { Values = Array.ConvertAll(pair.Value.Values, value => (float)(Half)value) } : pair.Value,
        StringComparer.Ordinal);

    private static bool IsHalf(StoredTensor tensor) => tensor.Values.Length >= SmallestHalf;
}
