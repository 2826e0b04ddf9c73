namespace Spotter.Web.Api;

/// <summary>What a rater adds to a label.</summary>
internal static class NoteText
{
    private const int Longest = 500;

    public static string Clean(string? note) => new string([.. (note ?? "").Where(letter => letter == '\n' || !char.IsControl(letter)).Take(Longest)]).Trim();
}

/// <summary>Who lifts: a short plain name that the person chose.</summary>
internal static class PersonName
{
    private const int Longest = 40;

    /// <summary>The name without what does not belong into one; null where nothing is left.</summary>
    public static string? Clean(string? name)
    {
        var plain = new string([.. (name ?? "").Where(letter => !char.IsControl(letter)).Take(Longest)]).Trim();
        return plain.Length > 0 ? plain : null;
    }
}
