using Spotter.Training.Checkpoints;
using Spotter.Training.Network;

namespace Spotter.Training.Streams;

/// <summary>
/// The weights of a backbone: one ST-GCN on joints, and one on motion or none (the published weights are on joints alone). In files those on joints have the published names, those on motion the
/// same behind <c>motion.</c>
/// </summary>
/// <param name="Joints">Weights of the network on joints.</param>
/// <param name="Motion">Weights of the network on motion; null where there is none.</param>
public sealed record BackboneWeights(IReadOnlyDictionary<string, StoredTensor> Joints, IReadOnlyDictionary<string, StoredTensor>? Motion = null)
{
    private const string MotionPrefix = "motion.";

    /// <summary>Reads a file, see <see cref="CheckpointFile"/>.</summary>
    /// <exception cref="CheckpointFormatException">The file cannot be read, or it holds another network's weights.</exception>
    public static BackboneWeights Load(string path)
    {
        var tensors = CheckpointFile.Read(path).ToLookup(pair => pair.Key.StartsWith(MotionPrefix, StringComparison.Ordinal));
        var motion = tensors[true].ToDictionary(pair => pair.Key[MotionPrefix.Length..], pair => pair.Value, StringComparer.Ordinal);
        return new BackboneWeights(Checked(tensors[false].ToDictionary(StringComparer.Ordinal)), motion.Count == 0 ? null : Checked(motion));
    }

    /// <summary>The networks there are, in the order of their features.</summary>
    public IEnumerable<(StreamKind Stream, IReadOnlyDictionary<string, StoredTensor> Weights)> Streams => Motion is null
        ? [(StreamKind.Joints, Joints)]
        : [(StreamKind.Joints, Joints), (StreamKind.Motion, Motion)];

    /// <summary>All of them under the names that files have.</summary>
    public IReadOnlyDictionary<string, StoredTensor> ToTensors() =>
        Joints.Concat((Motion ?? new Dictionary<string, StoredTensor>()).Select(pair => KeyValuePair.Create(MotionPrefix + pair.Key, pair.Value))).ToDictionary(StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, StoredTensor> Checked(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        using var network = new StGcnNetwork();
        network.SetWeights(weights);
        return network.GetWeights();
    }
}
