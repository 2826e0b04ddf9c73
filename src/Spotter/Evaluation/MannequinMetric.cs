using Spotter.Explanation;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>The metric of the mannequin's people: measures in their deviations over people, freed of how they hang together there. No pack that ships is fitted in it (docs/decisions.md).</summary>
public static class MannequinMetric
{
    /// <summary>What is known of measures before any repetition is seen; null for an exercise that the mannequin does not know.</summary>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="measures">Names of the measures.</param>
    public static FeaturePrior? Of(string exercise, View view, IReadOnlyList<string> measures)
    {
        if (MeasureSpreads.Of(exercise, view, measures) is not { } people || FaultSignatures.Find(exercise)?.Views.FirstOrDefault(own => own.View == view) is not { } known)
        {
            return null;
        }

        string[] names = [.. known.Measures];
        return new FeaturePrior(people.Errors, Correlations: [.. measures.Select(one => measures.Select(other => Correlation(one, other)).ToArray())]);

        double Correlation(string one, string other)
        {
            var (row, column) = (Array.IndexOf(names, one), Array.IndexOf(names, other));
            return one == other ? 1 : row < 0 || column < 0 ? 0 : known.Correlation[row][column];
        }
    }
}
