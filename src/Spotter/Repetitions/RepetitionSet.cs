using Spotter.Skeletons;

namespace Spotter.Repetitions;

/// <summary>What a set was cut into.</summary>
/// <param name="Repetitions">The repetitions that the clip shows from start to end, in order; they do not overlap.</param>
/// <param name="CutOffAtStart">The repetition that was already under way when the clip began; null when there is none.</param>
/// <param name="CutOffAtEnd">The repetition that was still under way when the clip ended; null when there is none.</param>
/// <param name="Signal">The signal that was followed, one number a frame, rising in the first half of a repetition; empty when its joints were not seen.</param>
public sealed record RepetitionSet(
    IReadOnlyList<Repetition> Repetitions, Repetition? CutOffAtStart, Repetition? CutOffAtEnd, IReadOnlyList<double> Signal)
{
    /// <summary>A set in which nothing could be followed.</summary>
    public static RepetitionSet Empty { get; } = new([], null, null, []);
}
