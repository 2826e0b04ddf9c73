using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;

namespace Spotter.Explanation;

/// <summary>A measure outside the band of correct repetitions.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Band">Where it lies in correct repetitions.</param>
/// <param name="Value">Its value.</param>
/// <param name="Contribution">Share of the anomaly that goes away when it is put back into its band, 0 to 1; 0 for a measure that is not judged.</param>
internal sealed record Deviation(Measure Measure, MeasureBand Band, double Value, double Contribution)
{
    // Nearer to the band than this, in widths of it, nobody would see a difference.
    private const double MinimumWidths = 0.2;

    /// <summary>Whether the value lies below the band.</summary>
    public bool IsLow => Value < Band.Low;

    /// <summary>How far outside the band the value lies, in widths of the band.</summary>
    public double Widths => WidthsOutside(Band, Value);

    /// <summary>What makes two deviations one: the same fault, or else the same part of the body in the same phase.</summary>
    public string Cause => (IsLow ? Measure.FaultBelow : Measure.FaultAbove) ?? $"{Measure.Part} {Measure.Phase}";

    /// <summary>All measures of a repetition that can be a fault where they lie, those that explain most first.</summary>
    public static IReadOnlyList<Deviation> Find(ViewModel model, JudgedRepetition judged)
    {
        MeasureBand[] outside = [.. model.Bands.Where(band => WidthsOutside(band, judged.Measures[band.Measure]) >= MinimumWidths)];
        var values = judged.Measures.Select(model.MeasureNames);
        var score = model.Measures.Model.RelativeScore(values);
        double[] gains = [.. outside.Select(band => Restored([band]) - score)];
        var total = outside.Length == 0 ? 0 : Math.Max(Restored(outside) - score, gains.Max());
        return
        [
            .. outside.Zip(gains, (band, gain) => new Deviation(
                    MeasureCatalogue.Get(band.Measure), band, judged.Measures[band.Measure], total > 0 ? Math.Clamp(gain / total, 0, 1) : 0))
                .OrderByDescending(deviation => deviation.Contribution)
                .ThenByDescending(deviation => deviation.Widths),
        ];

        double Restored(IEnumerable<MeasureBand> bands)
        {
            double[] restored = [.. values];
            foreach (var band in bands)
            {
                for (var i = 0; i < restored.Length; i++)
                {
                    restored[i] = model.MeasureNames[i] == band.Measure ? band.Middle : restored[i];
                }
            }

            return model.Measures.Model.RelativeScore(restored);
        }
    }

    private static double WidthsOutside(MeasureBand band, double value) => Math.Abs(band.Excess(value)) / Math.Max(band.High - band.Low, 1e-9);
}
