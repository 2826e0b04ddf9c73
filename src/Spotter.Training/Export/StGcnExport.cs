using System.Numerics.Tensors;
using Spotter.Onnx;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Network;

namespace Spotter.Training.Export;

/// <summary>
/// Writes an <see cref="StGcnNetwork"/> as one ONNX file for <see cref="StGcnEncoder"/>: batch norms folded, the graph as constants, joints mixed
/// before a single 1×1 convolution of each block, any number of repetitions and frames.
/// </summary>
public static class StGcnExport
{
    private const int Partitions = 3;

    // A row of zeros would otherwise be divided by zero.
    private const float SmallestScale = 1e-20f;

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    /// <param name="network">The network to export.</param>
    /// <param name="path">Target, usually ending in <c>.onnx</c>; its folder must exist.</param>
    /// <param name="description">What is told about the file in its metadata.</param>
    /// <param name="sixteenBits">
    /// Whether the weights of convolutions are stored as 16-bit integers with a scale for each output channel (6 MB rather than 12): features then
    /// differ by less than 1e-3. Arithmetic is in single precision either way.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(StGcnNetwork network, string path, BackboneDescription description, bool sixteenBits = true)
    {
        var model = ToOnnx(network, description, sixteenBits);
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    /// <summary>The bytes of the file.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToOnnx(StGcnNetwork network, BackboneDescription description, bool sixteenBits = true)
    {
        var weights = network.GetWeights();
        var graph = new OnnxGraphBuilder("st-gcn");
        var input = graph.Input(
            StGcnEncoder.InputName, OnnxElementType.Float32, "repetitions", StGcnNetwork.InputChannels, "frames", Skeleton.JointCount);
        var x = input; // N × C × T × V
        var shapes = StGcnNetwork.BlockShapes;
        for (var index = 0; index < shapes.Length; index++)
        {
            x = AddBlock(graph, x, index, new FoldedBlock(index, shapes[index], weights), sixteenBits);
        }

        var pooled = graph.Node("GlobalAveragePool", [x]);
        graph.Output(
            StGcnEncoder.OutputName, graph.Node("Flatten", [pooled]), OnnxElementType.Float32, "repetitions", StGcnNetwork.FeatureCount);
        foreach (var (key, text) in description.ToNotes())
        {
            graph.Note(key, text);
        }

        return graph.ToModel();
    }

    private static string AddBlock(OnnxGraphBuilder graph, string x, int index, FoldedBlock block, bool sixteenBits)
    {
        var shape = block.Shape;
        // x·A for each of the three parts of the graph, one after the other as channels of the one 1×1 convolution.
        long[] partShape = index == 0
            ? [shape.InputChannels, Skeleton.JointCount, Skeleton.JointCount]
            : [Skeleton.JointCount, Skeleton.JointCount];
        var parts = block.Graph.Chunk(block.Graph.Length / Partitions)
            .Select((part, k) => graph.Node("MatMul", [x, graph.Constant($"graph{index}-{k}", OnnxTensor.Float32(part, partShape))]));
        var mixed = graph.Node("Concat", [.. parts], OnnxAttribute.Of("axis", 1));
        var spatial = graph.Node(
            "Conv", [mixed, Weight($"spatial{index}", block.SpatialWeight, shape.OutputChannels, shape.InputChannels * Partitions, 1, 1)]);
        var bias = graph.Constant($"spatial-bias{index}", OnnxTensor.Float32(block.SpatialBias, 1, shape.OutputChannels, 1, Skeleton.JointCount));
        spatial = graph.Node("Relu", [graph.Node("Add", [spatial, bias])]);

        const int kernel = StGcnNetwork.TemporalKernel;
        var temporal = graph.Node(
            "Conv",
            [
                spatial,
                Weight($"temporal{index}", block.TemporalWeight, shape.OutputChannels, shape.OutputChannels, kernel, 1),
                graph.Constant($"temporal-bias{index}", OnnxTensor.Float32(block.TemporalBias, shape.OutputChannels)),
            ],
            OnnxAttribute.Of("pads", [kernel / 2L, 0, kernel / 2, 0]),
            OnnxAttribute.Of("strides", [shape.Stride, 1L]));
        var skip = shape.Residual switch
        {
            ResidualKind.None => null,
            ResidualKind.Identity => x,
            _ => graph.Node(
                "Conv",
                [x, Weight($"residual{index}", block.ResidualWeight!, shape.OutputChannels, shape.InputChannels, 1, 1)],
                OnnxAttribute.Of("strides", [shape.Stride, 1L])),
        };
        return graph.Node("Relu", [skip is null ? temporal : graph.Node("Add", [temporal, skip])]);

        string Weight(string name, float[] values, params long[] dimensions) =>
            sixteenBits ? Scaled(graph, name, values, dimensions) : graph.Constant(name, OnnxTensor.Float32(values, dimensions));
    }

    // One scale for each output channel. The runtime multiplies the constants once, when it loads the file.
    private static string Scaled(OnnxGraphBuilder graph, string name, float[] values, long[] dimensions)
    {
        var rows = (int)dimensions[0];
        var length = values.Length / rows;
        var integers = new short[values.Length];
        var scales = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var source = values.AsSpan(row * length, length);
            scales[row] = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<float>(source)) / short.MaxValue, SmallestScale);
            for (var i = 0; i < length; i++)
            {
                integers[(row * length) + i] = (short)MathF.Round(source[i] / scales[row]);
            }
        }

        var weight = graph.Cast(graph.Constant(name, OnnxTensor.Int16(integers, dimensions)), OnnxElementType.Float32);
        return graph.Node("Mul", [weight, graph.Constant(name + "-scale", OnnxTensor.Float32(scales, rows, 1, 1, 1))]);
    }
}
