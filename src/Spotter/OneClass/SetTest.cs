namespace Spotter.OneClass;

/// <summary>
/// One p-value for the repetitions of a set: low where two of them are odd for so many, or where half of them are. A single odd one in a set is pointed at,
/// and makes no set bad. The smallest p-value alone would: of ten correct repetitions one in ten is among the oddest tenth.
/// </summary>
/// <remarks>
/// The first is Simes' test on all but the oddest, which asks whether at least two are odd (Y. Benjamini, R. Heller, "Screening for partial conjunction hypotheses",
/// Biometrics 64, 2008). A pack that rests on few repetitions cannot give p-values small enough for it, hence the second: repetitions of one person on one day
/// are so alike that the middle one speaks for all.
/// </remarks>
public static class SetTest
{
    /// <summary>The p-value of a set; that of its repetition where it has only one.</summary>
    /// <param name="pValues">The p-values of its repetitions, in any order.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static double PValue(IEnumerable<double> pValues)
    {
        double[] sorted = [.. pValues.Order()];
        return sorted.Length <= 1 ? sorted.Single() : Math.Min(SimesTest.PValue(sorted.Skip(1)), sorted[Math.Max(2, (sorted.Length + 1) / 2) - 1]);
    }
}
