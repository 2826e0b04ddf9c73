namespace Spotter.OneClass;

/// <summary>
/// One p-value for several repetitions (R. J. Simes, "An improved Bonferroni procedure for multiple tests of significance", Biometrika 73, 1986): valid
/// for independent and for positively dependent p-values. The smallest alone is not: of ten correct repetitions one in ten is among the oddest tenth.
/// </summary>
public static class SimesTest
{
    /// <summary>The smallest n · p₍ₖ₎ ÷ k over the p-values in rising order: one very odd repetition counts, or many that are somewhat odd.</summary>
    /// <param name="pValues">The p-values, in any order.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static double PValue(IEnumerable<double> pValues)
    {
        double[] sorted = [.. pValues.Order()];
        return sorted.Select((p, index) => sorted.Length * p / (index + 1)).Min();
    }
}
