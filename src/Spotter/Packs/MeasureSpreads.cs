using System.Text.Json;
using System.Text.Json.Serialization;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Skeletons;

namespace Spotter.Packs;

/// <summary>
/// How much the measures of correct repetitions differ between people, cameras of one view and estimators: the mannequin's, one small file an exercise
/// (<c>Spreads</c>, made by <c>bench spreads</c>). A handful of repetitions of one person may hold a measure within a hair's breadth by chance.
/// </summary>
public static class MeasureSpreads
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter<View>(JsonNamingPolicy.CamelCase) } };

    /// <summary>What is known of measures before any repetition is seen; null for an exercise that the mannequin does not know.</summary>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="measures">Names of the measures.</param>
    public static FeaturePrior? Of(string exercise, View view, IReadOnlyList<string> measures)
    {
        using var stream = typeof(MeasureSpreads).Assembly.GetManifestResourceStream($"Spotter.Packs.Spreads.{exercise}.json");
        if (stream is null || !JsonSerializer.Deserialize<Dictionary<View, Dictionary<string, double>>>(stream, Options)!.TryGetValue(view, out var spreads))
        {
            return null;
        }

        return new FeaturePrior([.. measures.Select(name => spreads.GetValueOrDefault(name))], [.. measures.Select(Harmless)]);
    }

    // A measure that can only be too low is harmless above its mean.
    private static int Harmless(string measure) => MeasureCatalogue.Get(measure).Faulty switch
    {
        FaultyValues.Low => 1,
        FaultyValues.High => -1,
        _ => 0,
    };
}
