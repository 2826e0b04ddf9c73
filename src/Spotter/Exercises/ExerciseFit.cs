using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Exercises;

/// <summary>Whether what was seen is the exercise at all, well or badly done.</summary>
/// <param name="Repetitions">The repetitions inside all limits, in order.</param>
/// <param name="Others">The repetitions outside of a limit, in order: another movement, such as getting into position.</param>
/// <param name="Broken">The limits that most of the others break, most often broken first; empty when there are no others.</param>
public sealed record ExerciseFit(
    IReadOnlyList<Repetition> Repetitions, IReadOnlyList<Repetition> Others, IReadOnlyList<MeasureLimit> Broken)
{
    /// <summary>Whether the set is of the exercise: there are repetitions, and at least half of them are inside all limits.</summary>
    public bool Fits => Repetitions.Count > 0 && Repetitions.Count >= Others.Count;

    /// <summary>Holds each repetition against the limits of the exercise.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="repetitions">Repetitions as <see cref="RepetitionSegmenter"/> found them with the same exercise.</param>
    public static ExerciseFit Check(
        SkeletonSequence sequence, ViewEstimate view, ExerciseDefinition exercise, IReadOnlyList<Repetition> repetitions)
    {
        List<Repetition> inside = [], outside = [];
        var broken = new int[exercise.Limits.Count];
        foreach (var repetition in repetitions)
        {
            var measures = MeasureExtractor.Extract(sequence, repetition, view, exercise);
            var fits = true;
            for (var i = 0; i < broken.Length; i++)
            {
                if (!exercise.Limits[i].Allows(measures[exercise.Limits[i].Measure]))
                {
                    broken[i]++;
                    fits = false;
                }
            }

            (fits ? inside : outside).Add(repetition);
        }

        var often = Enumerable.Range(0, broken.Length).Where(i => 2 * broken[i] > outside.Count).OrderByDescending(i => broken[i]);
        return new ExerciseFit(inside, outside, [.. often.Select(i => exercise.Limits[i])]);
    }
}
