using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Where a clip stands among its repetitions at a moment.</summary>
/// <param name="Current">The repetition that goes on; null between repetitions.</param>
/// <param name="Last">The last one that was completed; null before the first was.</param>
/// <param name="Progress">How far the current repetition is in time, 0 to 1; of the last one (so 1) between repetitions.</param>
internal readonly record struct RepetitionMoment(RepetitionReport? Current, RepetitionReport? Last, double Progress)
{
    /// <summary>The repetition that the overlay is about: the current one, or else the last.</summary>
    public RepetitionReport? Shown => Current ?? Last;
}

/// <summary>Finds the repetition that goes on at a moment.</summary>
internal sealed class RepetitionTimeline(IReadOnlyList<RepetitionReport> repetitions)
{
    /// <summary>Where the clip stands.</summary>
    public RepetitionMoment At(double seconds)
    {
        RepetitionReport? last = null;
        foreach (var repetition in repetitions)
        {
            if (seconds < repetition.StartSeconds)
            {
                break;
            }

            if (seconds < repetition.EndSeconds)
            {
                var length = repetition.EndSeconds - repetition.StartSeconds;
                return new RepetitionMoment(repetition, last, (seconds - repetition.StartSeconds) / length);
            }

            last = repetition;
        }

        return new RepetitionMoment(null, last, last is null ? 0 : 1);
    }
}
