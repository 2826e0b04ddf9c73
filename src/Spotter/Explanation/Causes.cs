using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>Finds what is behind the measures that lie outside the bands of correct repetitions: few causes for many deviations.</summary>
internal static class Causes
{
    // Nearer to the band than this, in widths of it, nobody would see a difference.
    private const double MinimumWidths = 0.1;

    private static readonly string[] BothWays = ["seconds-up", "seconds-down"];

    // What one further fault must explain of all deviations.
    private const double LeastExplained = 0.04;

    /// <summary>
    /// Finds the causes, first what explains most; none where no measure that may be spoken of lies outside its band. Of a measure that each arm has, the worse arm decides.
    /// </summary>
    /// <param name="model">Correct repetitions from this view.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="exercise">The exercise: tells which measures may be spoken of.</param>
    /// <param name="most">Most causes.</param>
    public static IReadOnlyList<Cause> Find(ViewModel model, JudgedRepetition judged, ExerciseDefinition exercise, int most)
    {
        HashSet<string> spoken = [.. model.MeasureNames, .. exercise.Remarks.GetValueOrDefault(judged.View.View, [])];
        var outside = Joined(Outside(model, judged, spoken, MinimumWidths));
        List<Cause> causes = [];
        if (FaultSignatures.Find(exercise.Name)?.Views.FirstOrDefault(view => view.View == judged.View.View) is { } signatures)
        {
            var named = signatures.Named(outside);
            foreach (var matched in new FaultMatching(signatures, model, judged.Measures).Find(named, most, LeastExplained))
            {
                var effect = signatures.Measures.Zip(matched.Signature.Effect).ToDictionary(pair => pair.First, pair => pair.Second * matched.Size, StringComparer.Ordinal);
                causes.Add(named.First(cause => cause.Name == matched.Signature.Kind) with { Effect = effect });
            }
        }

        return causes.Count > 0 ? causes : Widest(outside, most);
    }

    /// <summary>The measures outside of their bands, in the order of the catalogue: of those that show the same fault it lists the plainest first.</summary>
    /// <param name="model">Correct repetitions from this view.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="names">Names of the measures.</param>
    /// <param name="widths">How far outside, in widths of the band.</param>
    public static IReadOnlyList<Cause> Outside(ViewModel model, JudgedRepetition judged, IReadOnlySet<string> names, double widths) =>
    [
        .. from measure in MeasureCatalogue.All
           where names.Contains(measure.Name)
           let band = model.Bands.FirstOrDefault(band => band.Measure == measure.Name)
           where band is not null
           let cause = Of(measure, band, judged, widths)
           where cause is not null
           select cause,
    ];

    // What is wrong on the way there and on the way back is wrong throughout: whoever rushes both ways is not told of one.
    private static IReadOnlyList<Cause> Joined(IReadOnlyList<Cause> outside) =>
        Array.TrueForAll(BothWays, name => outside.Any(cause => cause.Measure.Name == name))
            ? [.. outside.Select(cause => BothWays.Contains(cause.Measure.Name) ? cause with { IsThroughout = true } : cause)]
            : outside;

    // Each thing once.
    internal static List<Cause> Widest(IReadOnlyList<Cause> outside, int most)
    {
        List<Cause> causes = [];
        foreach (var cause in outside.OrderByDescending(cause => cause.Widths).Where(cause => causes.Count < most && !causes.Exists(cause.IsAlike)))
        {
            causes.Add(cause);
        }

        return causes;
    }

    private static Cause? Of(Measure measure, MeasureBand band, JudgedRepetition judged, double widths)
    {
        var all = judged.Measures;
        Cause[] outside =
        [
            .. measure.PerArm ? BodySides.Both.Select(side => Valued(all[measure.Name, side], side))
                : measure.ComparesArms ? [Valued(all[measure.Name], BodySides.Both.MaxBy(side => all[measure.Name, side]))]
                : [Valued(all[measure.Name], judged.View.NearSide)],
        ];
        outside = [.. outside.Where(cause => cause.Widths >= widths && cause.IsVisible).OrderByDescending(cause => cause.Widths)];
        if (outside is not [var worst, ..])
        {
            return null;
        }

        var sided = worst with { Sides = [.. outside.Where(cause => cause.IsLow == worst.IsLow).SelectMany(cause => cause.Sides)] };
        return sided with { Name = sided.Fault ?? $"{measure.Part} {measure.Phase}" };

        Cause Valued(double value, BodySide side) => new("", measure, band, value, [side], new Dictionary<string, double>());
    }
}
