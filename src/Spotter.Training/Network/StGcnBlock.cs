using Spotter.Skeletons;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Spotter.Training.Network;

/// <summary>
/// One block of ST-GCN: a graph convolution over the joints, then a convolution over time, around a residual connection. Tensors are N × C × V × T:
/// with time innermost both convolutions run over contiguous memory.
/// </summary>
internal sealed class StGcnBlock : Module
{
    private const int Partitions = 3;

#pragma warning disable IDE1006 // The names of fields are the keys of the published weights.
    private readonly GraphConvolution gcn;
    private readonly Sequential tcn;
    private readonly Sequential? residual;
#pragma warning restore IDE1006

    public StGcnBlock(BlockShape shape)
        : base(nameof(StGcnBlock))
    {
        Shape = shape;
        gcn = new GraphConvolution(shape.InputChannels, shape.OutputChannels * Partitions);
        tcn = Sequential(
            ("0", BatchNorm2d(shape.OutputChannels)),
            ("1", ReLU()),
            ("2", Conv2d(shape.OutputChannels, shape.OutputChannels, (1, StGcnNetwork.TemporalKernel), (1, shape.Stride), (0, StGcnNetwork.TemporalKernel / 2))),
            ("3", BatchNorm2d(shape.OutputChannels)));
        if (shape.Residual == ResidualKind.Convolution)
        {
            residual = Sequential(
                ("0", Conv2d(shape.InputChannels, shape.OutputChannels, (1, 1), (1, shape.Stride))),
                ("1", BatchNorm2d(shape.OutputChannels)));
        }

        RegisterComponents();
    }

    public BlockShape Shape { get; }

    /// <summary>Runs the block on <paramref name="x"/> (N × C × V × T) with the weighted graph (3 × V × V, already multiplied by the edge importance).</summary>
    public Tensor Forward(Tensor x, Tensor graph)
    {
        var aggregated = Aggregate(x, graph);
        var spatial = matmul(AggregatedWeight(), aggregated).reshape(x.shape[0], Shape.OutputChannels, Skeleton.JointCount, x.shape[3]) + SpatialBias(graph);
        var skip = Shape.Residual switch
        {
            ResidualKind.None => null,
            ResidualKind.Identity => x,
            _ => residual!.forward(x),
        };
        var temporal = tcn.forward(spatial);
        return (skip is null ? temporal : temporal.add_(skip)).relu_();
    }

    /// <summary>x·A for each partition: N × C × V × T → N × (C·3) × (V·T), channel c·3 + k.</summary>
    private static Tensor Aggregate(Tensor x, Tensor graph)
    {
        var (batch, channels, frames) = (x.shape[0], x.shape[1], x.shape[3]);
        var rows = graph.transpose(1, 2).reshape(Partitions * Skeleton.JointCount, Skeleton.JointCount); // (k, w) × v
        return matmul(rows, x.reshape(batch * channels, Skeleton.JointCount, frames))
            .reshape(batch, channels * Partitions, Skeleton.JointCount * frames);
    }

    /// <summary>The 1×1 convolution of the published order (k·out + o) × c, brought to o × (c·3 + k).</summary>
    private Tensor AggregatedWeight() =>
        gcn.Convolution.weight.reshape(Partitions, Shape.OutputChannels, Shape.InputChannels).permute(1, 2, 0)
            .reshape(Shape.OutputChannels, Shape.InputChannels * Partitions);

    /// <summary>The convolution's bias after it went through the graph: 1 × C × V × 1.</summary>
    private Tensor SpatialBias(Tensor graph) =>
        matmul(gcn.Convolution.bias!.reshape(Partitions, Shape.OutputChannels).transpose(0, 1), graph.sum(1))
            .reshape(1, Shape.OutputChannels, Skeleton.JointCount, 1);

    /// <summary>Holds the 1×1 convolution under the published name <c>gcn.conv</c>.</summary>
    private sealed class GraphConvolution : Module
    {
        private readonly Conv2d conv;

        public GraphConvolution(int input, int output)
            : base(nameof(GraphConvolution))
        {
            conv = Conv2d(input, output, 1);
            RegisterComponents();
        }

        public Conv2d Convolution => conv;
    }
}
