namespace Spotter.Bench.Depth;

/// <summary>How well values agree with the truth.</summary>
/// <param name="Error">Mean absolute error.</param>
/// <param name="Bias">Mean error, above 0 where values are larger than the truth.</param>
/// <param name="Scatter">Mean absolute error after the mean error is taken out, as a band that was learnt from such values would.</param>
/// <param name="Correlation">Pearson's correlation with the truth.</param>
internal readonly record struct Agreement(double Error, double Bias, double Scatter, double Correlation)
{
    /// <summary>Compares values with the truth; pairs without a value are left out.</summary>
    public static Agreement Of(IEnumerable<(double Value, double Truth)> pairs)
    {
        (double Value, double Truth)[] known = [.. pairs.Where(pair => !double.IsNaN(pair.Value) && !double.IsNaN(pair.Truth))];
        if (known.Length < 3)
        {
            return new Agreement(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var bias = known.Average(pair => pair.Value - pair.Truth);
        var (value, truth) = (known.Average(pair => pair.Value), known.Average(pair => pair.Truth));
        var together = known.Sum(pair => (pair.Value - value) * (pair.Truth - truth));
        var apart = Math.Sqrt(known.Sum(pair => Square(pair.Value - value)) * known.Sum(pair => Square(pair.Truth - truth)));
        return new Agreement(
            known.Average(pair => Math.Abs(pair.Value - pair.Truth)),
            bias,
            known.Average(pair => Math.Abs(pair.Value - pair.Truth - bias)),
            apart > 0 ? together / apart : double.NaN);
    }

    private static double Square(double number) => number * number;
}
