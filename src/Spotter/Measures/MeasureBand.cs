namespace Spotter.Measures;

/// <summary>Where a measure lies in correct repetitions.</summary>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Low">Lower end.</param>
/// <param name="Middle">Median.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">How many values it rests on.</param>
public sealed record MeasureBand(string Measure, double Low, double Middle, double High, int Count)
{
    /// <summary>
    /// How far a value lies outside of the band on a side that is a fault, in the measure's unit: below 0 under the band, above 0 over it,
    /// 0 inside, on the harmless side, or where it was not measured (NaN).
    /// </summary>
    public double Excess(double value)
    {
        var faulty = MeasureCatalogue.Get(Measure).Faulty;
        return value < Low && faulty != FaultyValues.High ? value - Low
            : value > High && faulty != FaultyValues.Low ? value - High
            : 0;
    }
}

/// <summary>The bands of several measures in one view.</summary>
public static class MeasureBands
{
    /// <summary>The share of correct repetitions that a band holds.</summary>
    public const double DefaultCoverage = 0.9;

    /// <summary>Finds the bands: for each measure the quantiles that leave out the same share at either end. Both arms share one band.</summary>
    /// <param name="repetitions">Measures of correct repetitions in one view.</param>
    /// <param name="names">The measures.</param>
    /// <param name="coverage">Share of the values that a band holds, above 0 and at most 1.</param>
    /// <returns>A band for each measure that at least one repetition has, in the given order.</returns>
    public static IReadOnlyList<MeasureBand> Fit(
        IReadOnlyList<MeasureVector> repetitions, IReadOnlyList<string> names, double coverage = DefaultCoverage)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coverage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(coverage, 1);
        List<MeasureBand> bands = [];
        foreach (var name in names)
        {
            double[] values = [.. repetitions.SelectMany(repetition => repetition.Values(name)).Order()];
            if (values.Length > 0)
            {
                bands.Add(new MeasureBand(
                    name, Quantile(values, (1 - coverage) / 2), Quantile(values, 0.5), Quantile(values, (1 + coverage) / 2), values.Length));
            }
        }

        return bands;
    }

    /// <summary>The quantile of sorted values, along straight lines between them (Hyndman and Fan's definition 7).</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], at - below) : sorted[^1];
    }
}
