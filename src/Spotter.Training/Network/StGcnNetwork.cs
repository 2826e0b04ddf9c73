using Spotter.Skeletons;
using Spotter.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Spotter.Training.Network;

/// <summary>
/// Spatial temporal graph convolutional network (Yan, Xiong, Lin: Spatial Temporal Graph Convolutional Networks for Skeleton-Based Action
/// Recognition, AAAI 2018) for one person of 18 joints: 10 blocks, 256 features. Its parameters carry the names of the published weights.
/// </summary>
/// <remarks>
/// Batch norms use their running statistics unless <see cref="Module.train"/> is called: fine-tuning on few movements keeps the statistics that
/// were estimated on the large data set and learns only scale and shift.
/// </remarks>
public sealed class StGcnNetwork : Module<Tensor, Tensor>
{
    /// <summary>Numbers that describe a movement: the channels of the last block.</summary>
    public const int FeatureCount = 256;

    /// <summary>Channels of the input: x, y and confidence.</summary>
    public const int InputChannels = 3;

    internal const int TemporalKernel = 9;

    private static readonly BlockShape[] Shapes =
    [
        new(InputChannels, 64, 1, ResidualKind.None),
        new(64, 64, 1, ResidualKind.Identity),
        new(64, 64, 1, ResidualKind.Identity),
        new(64, 64, 1, ResidualKind.Identity),
        new(64, 128, 2, ResidualKind.Convolution),
        new(128, 128, 1, ResidualKind.Identity),
        new(128, 128, 1, ResidualKind.Identity),
        new(128, FeatureCount, 2, ResidualKind.Convolution),
        new(FeatureCount, FeatureCount, 1, ResidualKind.Identity),
        new(FeatureCount, FeatureCount, 1, ResidualKind.Identity),
    ];

#pragma warning disable IDE1006 // The names of fields are the keys of the published weights.
    private readonly Tensor A; // 3 × V × V
    private readonly BatchNorm1d data_bn;
    private readonly ModuleList<StGcnBlock> st_gcn_networks;
    private readonly ParameterList edge_importance;
#pragma warning restore IDE1006

    /// <summary>Creates the network with random weights (from libtorch's generator) and a graph of zeros: load weights before use.</summary>
    public StGcnNetwork()
        : base(nameof(StGcnNetwork))
    {
        const int joints = Skeleton.JointCount;
        A = zeros(3, joints, joints);
        data_bn = BatchNorm1d(joints * InputChannels);
        st_gcn_networks = ModuleList(Array.ConvertAll(Shapes, shape => new StGcnBlock(shape)));
        edge_importance = ParameterList(Array.ConvertAll(Shapes, _ => Parameter(ones(3, joints, joints))));
        RegisterComponents();
        eval();
    }

    /// <summary>Creates the network with the weights of a file, see <see cref="CheckpointFile"/>.</summary>
    /// <exception cref="CheckpointFormatException">The file cannot be read, or it holds another network's weights.</exception>
    public static StGcnNetwork Load(string path)
    {
        var network = new StGcnNetwork();
        network.SetWeights(CheckpointFile.Read(path));
        return network;
    }

    /// <summary>The graph as it acts in one block: A × edge importance, 3 × V × V, first index the joint that is read.</summary>
    private Tensor Graph(int block) => A * edge_importance[block];

    internal static ReadOnlySpan<BlockShape> BlockShapes => Shapes;

    /// <summary>Features of N repetitions.</summary>
    /// <param name="input">N × 3 × T × 18: x, y and confidence as the weights expect them.</param>
    /// <returns>N × 256: means over time and joints of the last block.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (batch, frames) = (input.shape[0], input.shape[2]);
        var x = input.permute(0, 3, 1, 2).reshape(batch, Skeleton.JointCount * InputChannels, frames);
        x = data_bn.forward(x).reshape(batch, Skeleton.JointCount, InputChannels, frames).transpose(1, 2).contiguous();
        for (var block = 0; block < Shapes.Length; block++)
        {
            x = st_gcn_networks[block].Forward(x, Graph(block));
        }

        return x.mean([2, 3]).MoveToOuterDisposeScope();
    }

    /// <summary>Sets every parameter and statistic.</summary>
    /// <param name="weights">Tensors under the published names; the classifier <c>fcn</c> and counters are ignored.</param>
    /// <exception cref="CheckpointFormatException">A tensor is missing or has another shape, or there is one that the network has no place for.</exception>
    public void SetWeights(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        using var noGradients = no_grad();
        var expected = WeightTensors();
        foreach (var (name, target) in expected)
        {
            if (!weights.TryGetValue(name, out var stored))
            {
                throw new CheckpointFormatException($"These are not the weights of ST-GCN with 18 joints: '{name}' is missing.");
            }

            // The published kernels over time are 9 × 1 and ours 1 × 9: the same numbers in the same order.
            if (stored.Values.Length != target.numel() || stored.Shape.Length == 0 || stored.Shape[0] != target.shape[0])
            {
                throw new CheckpointFormatException(
                    $"'{name}' has shape [{string.Join(", ", stored.Shape)}], but this network needs [{string.Join(", ", target.shape)}].");
            }

            using var values = tensor(stored.Values).reshape(target.shape);
            target.copy_(values);
        }

        var stranger = weights.Keys.FirstOrDefault(name =>
            !expected.ContainsKey(name) && !name.StartsWith("fcn.", StringComparison.Ordinal) && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        if (stranger is not null)
        {
            throw new CheckpointFormatException($"These are not the weights of ST-GCN with 18 joints: it has no place for '{stranger}'.");
        }
    }

    /// <summary>Copies out every parameter and statistic under the published names and shapes.</summary>
    public IReadOnlyDictionary<string, StoredTensor> GetWeights() =>
        WeightTensors().ToDictionary(pair => pair.Key, pair => Store(pair.Key, pair.Value), StringComparer.Ordinal);

    internal Dictionary<string, Tensor> WeightTensors() =>
        state_dict().Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static StoredTensor Store(string name, Tensor value)
    {
        using var detached = value.detach().cpu().contiguous();
        var shape = detached.shape;
        if (name.EndsWith("tcn.2.weight", StringComparison.Ordinal))
        {
            shape = [shape[0], shape[1], shape[3], shape[2]];
        }

        return new StoredTensor(shape, detached.data<float>().ToArray());
    }
}
