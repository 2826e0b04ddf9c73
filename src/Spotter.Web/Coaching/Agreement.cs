namespace Spotter.Web.Coaching;

/// <summary>How far two raters agree beyond chance: Cohen's kappa (J. Cohen, "A coefficient of agreement for nominal scales", 1960) on the clips that both decided.</summary>
/// <param name="First">One rater.</param>
/// <param name="Second">The other.</param>
/// <param name="Clips">Clips that both called correct or incorrect.</param>
/// <param name="Same">Of these, how many they call the same.</param>
/// <param name="Kappa">1 for full agreement, 0 for chance; null where chance alone would agree always.</param>
internal sealed record Agreement(string First, string Second, int Clips, int Same, double? Kappa)
{
    /// <summary>Clips in common from which on a kappa says something.</summary>
    public const int Enough = 5;

    /// <summary>Whether there are enough clips in common for the kappa to say something.</summary>
    public bool IsEnough => Clips >= Enough;

    /// <summary>All pairs of raters that share a clip, those with most clips in common first.</summary>
    public static IReadOnlyList<Agreement> Of(IReadOnlyList<ClipLabel> labels)
    {
        var decided = labels.Where(label => label.Value != SetLabel.Unsure).GroupBy(label => label.Rater, StringComparer.Ordinal)
            .ToDictionary(rater => rater.Key, rater => rater.ToDictionary(label => label.Job, label => label.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        string[] raters = [.. decided.Keys.Order(StringComparer.Ordinal)];
        return
        [
            .. from first in raters
               from second in raters
               where string.CompareOrdinal(first, second) < 0
               let pair = Between(first, second, decided[first], decided[second])
               where pair.Clips > 0
               orderby pair.Clips descending
               select pair,
        ];
    }

    private static Agreement Between(string first, string second, Dictionary<string, SetLabel> a, Dictionary<string, SetLabel> b)
    {
        (SetLabel A, SetLabel B)[] both = [.. a.Where(entry => b.ContainsKey(entry.Key)).Select(entry => (entry.Value, b[entry.Key]))];
        if (both.Length == 0)
        {
            return new Agreement(first, second, 0, 0, null);
        }

        var same = both.Count(pair => pair.A == pair.B);
        var (good, alsoGood) = (both.Count(pair => pair.A == SetLabel.Correct) / (double)both.Length, both.Count(pair => pair.B == SetLabel.Correct) / (double)both.Length);
        var chance = (good * alsoGood) + ((1 - good) * (1 - alsoGood));
        return new Agreement(first, second, both.Length, same, chance >= 1 ? null : ((same / (double)both.Length) - chance) / (1 - chance));
    }
}
