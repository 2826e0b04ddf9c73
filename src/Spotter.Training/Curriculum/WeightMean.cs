using Spotter.Training.Checkpoints;

namespace Spotter.Training.Curriculum;

/// <summary>The mean of several networks' weights.</summary>
internal static class WeightMean
{
    /// <summary>Averages number by number.</summary>
    /// <param name="networks">Weights of one or more networks of the same shape.</param>
    public static IReadOnlyDictionary<string, StoredTensor> Of(IReadOnlyList<IReadOnlyDictionary<string, StoredTensor>> networks) =>
        networks[0].ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Values = [.. Enumerable.Range(0, pair.Value.Values.Length).Select(i => networks.Average(network => network[pair.Key].Values[i]))] },
            StringComparer.Ordinal);
}
