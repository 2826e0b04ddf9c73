using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;

namespace Spotter.Explanation;

/// <summary>Finds what is behind the measures that lie outside the bands of correct repetitions: few causes for many deviations.</summary>
internal static class Causes
{
    // Nearer to the band than this, in widths of it, nobody would see a difference.
    private const double MinimumWidths = 0.1;

    // What one further fault must explain of all deviations.
    private const double LeastExplained = 0.04;

    /// <summary>Finds the causes, first what explains most; none where no measure that may be spoken of lies outside its band.</summary>
    /// <param name="model">Correct repetitions from this view.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="exercise">The exercise: tells which measures may be spoken of.</param>
    /// <param name="most">Most causes.</param>
    public static IReadOnlyList<Cause> Find(ViewModel model, JudgedRepetition judged, ExerciseDefinition exercise, int most)
    {
        var outside = Outside(model, judged, exercise);
        var named = outside.Where(cause => FaultOf(cause) is not null).ToLookup(cause => FaultOf(cause)!, StringComparer.Ordinal);
        List<Cause> causes = [];
        if (FaultSignatures.Find(exercise.Name)?.Views.FirstOrDefault(view => view.View == judged.View.View) is { } signatures)
        {
            var kinds = named.Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var matched in new FaultMatching(signatures, model, judged.Measures).Find(kinds, most, LeastExplained))
            {
                var effect = signatures.Measures.Zip(matched.Signature.Effect).ToDictionary(pair => pair.First, pair => pair.Second * matched.Size, StringComparer.Ordinal);
                causes.Add(named[matched.Signature.Kind].First() with { Name = matched.Signature.Kind, Effect = effect });
            }
        }

        if (causes.Count == 0)
        {
            causes.AddRange(outside.OrderByDescending(Widths).DistinctBy(cause => cause.Name).Take(most));
        }

        return causes;
    }

    // In the order of the catalogue: of the measures that show the same fault it lists the plainest first.
    private static List<Cause> Outside(ViewModel model, JudgedRepetition judged, ExerciseDefinition exercise)
    {
        var view = judged.View.View;
        HashSet<string> spoken = [.. model.MeasureNames, .. exercise.Remarks.GetValueOrDefault(view, [])];
        List<Cause> outside = [];
        foreach (var measure in MeasureCatalogue.All.Where(measure => spoken.Contains(measure.Name)))
        {
            if (model.Bands.FirstOrDefault(band => band.Measure == measure.Name) is { } band)
            {
                var cause = new Cause("", measure, band, judged.Measures[measure.Name], new Dictionary<string, double>());
                if (Widths(cause) >= MinimumWidths)
                {
                    outside.Add(cause with { Name = FaultOf(cause) ?? $"{measure.Part} {measure.Phase}" });
                }
            }
        }

        return outside;
    }

    private static string? FaultOf(Cause cause) => cause.IsLow ? cause.Measure.FaultBelow : cause.Measure.FaultAbove;

    private static double Widths(Cause cause) => Math.Abs(cause.Band.Excess(cause.Value)) / Math.Max(cause.Band.High - cause.Band.Low, 1e-9);
}
