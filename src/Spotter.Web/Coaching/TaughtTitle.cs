using Spotter.Exercises;
using Spotter.Words;

namespace Spotter.Web.Coaching;

/// <summary>What a coach calls an exercise, and what that makes of it.</summary>
internal static class TaughtTitle
{
    /// <summary>Longest title.</summary>
    public const int Longest = 60;

    /// <summary>The title without what does not belong into one; null where nothing is left.</summary>
    public static string? Clean(string? title)
    {
        var plain = new string([.. (title ?? "").Where(letter => !char.IsControl(letter)).Take(Longest)]).Trim();
        return plain.Length > 0 ? plain : null;
    }

    /// <summary>The name for a title; that of an exercise which Spotter has words and measures for is kept.</summary>
    public static string NameOf(string title) =>
        ExerciseDefinition.Names.FirstOrDefault(known => ExerciseTitle.Of(known).Equals(title, StringComparison.OrdinalIgnoreCase)) ?? ExerciseName.Of(title);

    /// <summary>Whether there is a version; 0 is the pack that comes with Spotter.</summary>
    public static bool Has(string exercise, int version, CoachBook book, PackShelf shelf) => version == 0
        ? shelf.Shipped.Contains(exercise, StringComparer.Ordinal)
        : shelf.Keeps(exercise, version) && book.Versions(exercise).Any(known => known.Number == version);
}
