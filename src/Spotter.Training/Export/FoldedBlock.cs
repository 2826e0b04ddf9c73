using Spotter.Skeletons;
using Spotter.Training.Checkpoints;
using Spotter.Training.Network;

namespace Spotter.Training.Export;

/// <summary>
/// One block of ST-GCN as it is used for inference: edge importance multiplied into the graph, every batch norm folded into the convolution before it.
/// </summary>
internal sealed class FoldedBlock
{
    private const int Joints = Skeleton.JointCount;
    private const int Partitions = 3;
    private const double Epsilon = 1e-5;

    /// <summary>Folds block <paramref name="index"/> of the published weights.</summary>
    public FoldedBlock(int index, BlockShape shape, IReadOnlyDictionary<string, StoredTensor> weights)
    {
        Shape = shape;
        var prefix = $"st_gcn_networks.{index}.";
        var graph = Multiply(weights["A"].Values, weights[$"edge_importance.{index}"].Values); // k × v × w
        Graph = graph;

        var (scale, shift) = Affine(weights, prefix + "tcn.0");
        SpatialWeight = FoldSpatial(weights[prefix + "gcn.conv.weight"].Values, scale);
        SpatialBias = FoldSpatialBias(weights[prefix + "gcn.conv.bias"].Values, graph, scale, shift);

        (scale, shift) = Affine(weights, prefix + "tcn.3");
        TemporalWeight = ScaleRows(weights[prefix + "tcn.2.weight"].Values, scale);
        TemporalBias = FoldBias(weights[prefix + "tcn.2.bias"].Values, scale, shift);

        if (shape.Residual == ResidualKind.Convolution)
        {
            (scale, shift) = Affine(weights, prefix + "residual.1");
            ResidualWeight = ScaleRows(weights[prefix + "residual.0.weight"].Values, scale);
            var bias = FoldBias(weights[prefix + "residual.0.bias"].Values, scale, shift);
            for (var o = 0; o < bias.Length; o++)
            {
                TemporalBias[o] += bias[o];
            }
        }

        if (index == 0)
        {
            FoldInputNorm(weights, graph);
        }
    }

    public BlockShape Shape { get; }

    /// <summary>What the joints of the input are multiplied by: k × v × w, or k × c × v × w for the first block.</summary>
    public float[] Graph { get; private set; }

    /// <summary>1×1 convolution: o × (k·inputs + c).</summary>
    public float[] SpatialWeight { get; }

    /// <summary>What is added after it: o × w.</summary>
    public float[] SpatialBias { get; }

    /// <summary>Convolution over time: o × i × 9.</summary>
    public float[] TemporalWeight { get; }

    /// <summary>Its bias, with the residual convolution's: o.</summary>
    public float[] TemporalBias { get; }

    /// <summary>Residual 1×1 convolution: o × i; null where the residual is the input or nothing.</summary>
    public float[]? ResidualWeight { get; }

    // The batch norm of the input is one scale and shift for each joint and channel. The graph convolution looks at one frame at a time, so no
    // zero padding lies between the two and folding is exact: scales go into the graph's rows, shifts through graph and convolution into the bias.
    private void FoldInputNorm(IReadOnlyDictionary<string, StoredTensor> weights, float[] graph)
    {
        var (scale, shift) = Affine(weights, "data_bn"); // v·3 + c
        var channels = Shape.InputChannels;
        var scaled = new float[channels * Partitions * Joints * Joints]; // k × c × v × w
        for (var c = 0; c < channels; c++)
        {
            for (var k = 0; k < Partitions; k++)
            {
                for (var w = 0; w < Joints; w++)
                {
                    var shifted = 0.0;
                    for (var v = 0; v < Joints; v++)
                    {
                        var edge = graph[(((k * Joints) + v) * Joints) + w];
                        scaled[(((((k * channels) + c) * Joints) + v) * Joints) + w] = (float)(edge * scale[(v * channels) + c]);
                        shifted += edge * shift[(v * channels) + c];
                    }

                    for (var o = 0; o < Shape.OutputChannels; o++)
                    {
                        SpatialBias[(o * Joints) + w] += (float)(SpatialWeight[(o * channels * Partitions) + (k * channels) + c] * shifted);
                    }
                }
            }
        }

        Graph = scaled;
    }

    private static (double[] Scale, double[] Shift) Affine(IReadOnlyDictionary<string, StoredTensor> weights, string norm)
    {
        var (weight, bias) = (weights[norm + ".weight"].Values, weights[norm + ".bias"].Values);
        var (mean, variance) = (weights[norm + ".running_mean"].Values, weights[norm + ".running_var"].Values);
        var scale = new double[weight.Length];
        var shift = new double[weight.Length];
        for (var i = 0; i < weight.Length; i++)
        {
            scale[i] = weight[i] / Math.Sqrt(variance[i] + Epsilon);
            shift[i] = bias[i] - (mean[i] * scale[i]);
        }

        return (scale, shift);
    }

    private static float[] Multiply(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x * y)];

    private float[] FoldSpatial(float[] published, double[] scale)
    {
        var (inputs, outputs) = (Shape.InputChannels, Shape.OutputChannels);
        var result = new float[published.Length];
        for (var k = 0; k < Partitions; k++)
        {
            for (var o = 0; o < outputs; o++)
            {
                for (var c = 0; c < inputs; c++)
                {
                    result[(o * inputs * Partitions) + (k * inputs) + c] = (float)(published[(((k * outputs) + o) * inputs) + c] * scale[o]);
                }
            }
        }

        return result;
    }

    private float[] FoldSpatialBias(float[] bias, float[] graph, double[] scale, double[] shift)
    {
        var outputs = Shape.OutputChannels;
        var result = new float[outputs * Joints];
        for (var o = 0; o < outputs; o++)
        {
            for (var w = 0; w < Joints; w++)
            {
                var sum = 0.0;
                for (var k = 0; k < Partitions; k++)
                {
                    for (var v = 0; v < Joints; v++)
                    {
                        sum += bias[(k * outputs) + o] * graph[(((k * Joints) + v) * Joints) + w];
                    }
                }

                result[(o * Joints) + w] = (float)((sum * scale[o]) + shift[o]);
            }
        }

        return result;
    }

    private static float[] ScaleRows(float[] weight, double[] scale)
    {
        var row = weight.Length / scale.Length;
        var result = new float[weight.Length];
        for (var i = 0; i < weight.Length; i++)
        {
            result[i] = (float)(weight[i] * scale[i / row]);
        }

        return result;
    }

    private static float[] FoldBias(float[] bias, double[] scale, double[] shift)
    {
        var result = new float[bias.Length];
        for (var o = 0; o < bias.Length; o++)
        {
            result[o] = (float)((bias[o] * scale[o]) + shift[o]);
        }

        return result;
    }
}
