namespace Spotter.Onnx;

/// <summary>
/// Turns a TensorFlow Lite file into an ONNX file with single-precision weights. TensorFlow Lite lays pictures out as N × H × W × C, ONNX as
/// N × C × H × W: every four-dimensional value is N × C × H × W in the result, inputs and outputs of the graph included, so that no transposition
/// is left but those before a reshape. Known operators: PAD, DEQUANTIZE and DENSIFY (of constants), CONV_2D, DEPTHWISE_CONV_2D, ADD,
/// RESIZE_BILINEAR, MAX_POOL_2D, RESHAPE, LOGISTIC, DEPTH_TO_SPACE, CONCATENATION.
/// </summary>
public static class TfLiteImporter
{
    /// <summary>Grows whenever the result for a given file changes; part of the name under which results are cached.</summary>
    public const int Version = 1;

    /// <summary>Converts a file.</summary>
    /// <param name="file">Content of the .tflite file.</param>
    /// <param name="outputs">Names of the outputs to keep; what only other outputs need is dropped. All where null.</param>
    /// <returns>Content of an ONNX file; inputs and outputs keep their names.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, of another kind, or uses what the importer does not know.</exception>
    public static byte[] ToOnnx(ReadOnlyMemory<byte> file, IReadOnlyCollection<string>? outputs = null)
    {
        try
        {
            return Convert(TfLiteModel.Read(file), outputs);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"The network file is damaged: {error.Message}", error);
        }
    }

    private static byte[] Convert(TfLiteModel model, IReadOnlyCollection<string>? wanted)
    {
        var outputs = Array.FindAll(model.Outputs, tensor => tensor >= 0 && (wanted is null || wanted.Contains(model.Tensors[tensor].Name)));
        if (outputs.Length == 0 || outputs.Length < wanted?.Count)
        {
            var present = string.Join(", ", model.Outputs.Where(tensor => tensor >= 0).Select(tensor => model.Tensors[tensor].Name));
            throw new ModelFormatException($"The network should have the outputs {string.Join(", ", wanted ?? [])} but has {present}.");
        }

        var graph = new OnnxGraphBuilder("tflite");
        var writer = new TfLiteGraphWriter(model, graph);
        foreach (var input in model.Inputs)
        {
            writer.Input(input);
        }

        var needed = NeededNodes(model, outputs);
        for (var i = 0; i < model.Nodes.Length; i++)
        {
            if (needed[i])
            {
                writer.Write(model.Nodes[i]);
            }
        }

        foreach (var output in outputs)
        {
            writer.Output(output);
        }

        return graph.ToModel();
    }

    private static bool[] NeededNodes(TfLiteModel model, int[] outputs)
    {
        var tensors = outputs.ToHashSet();
        var nodes = new bool[model.Nodes.Length];
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            nodes[i] = Array.Exists(model.Nodes[i].Outputs, tensors.Contains);
            if (nodes[i])
            {
                tensors.UnionWith(model.Nodes[i].Inputs);
            }
        }

        return nodes;
    }
}
