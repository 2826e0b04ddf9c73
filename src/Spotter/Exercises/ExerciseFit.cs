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
    /// <summary>Those of the others that are outside only because they do not go far enough.</summary>
    public IReadOnlyList<Repetition> HalfDone { get; private init; } = [];

    // Before and after a set there may be other movements: a hand at the phone, getting the weight up and putting it down.
    private const int MostOthersForEach = 3;

    /// <summary>
    /// Whether there is a set of the exercise: repetitions inside all limits, among them at most as many that are not, and not too many of these before
    /// and after. Another exercise of which a repetition fits now and then is none.
    /// </summary>
    public bool Fits =>
        Repetitions.Count > 0
        && Others.Count <= MostOthersForEach * Repetitions.Count
        && Others.Count(other => other.StartFrame > Repetitions[0].StartFrame && other.StartFrame < Repetitions[^1].StartFrame) <= Repetitions.Count;

    /// <summary>Holds each repetition against the limits of the exercise.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="repetitions">Repetitions as <see cref="RepetitionSegmenter"/> found them with the same exercise.</param>
    public static ExerciseFit Check(
        SkeletonSequence sequence, ViewEstimate view, ExerciseDefinition exercise, IReadOnlyList<Repetition> repetitions)
    {
        List<Repetition> inside = [], outside = [], halfDone = [];
        var broken = new int[exercise.Limits.Count];
        foreach (var repetition in repetitions)
        {
            var measures = MeasureExtractor.Extract(sequence, repetition, view, exercise);
            var (fits, shortOnly) = (true, true);
            for (var i = 0; i < broken.Length; i++)
            {
                if (!exercise.Limits[i].Allows(measures[exercise.Limits[i].Measure]))
                {
                    broken[i]++;
                    fits = false;
                    shortOnly &= exercise.Limits[i].FallsShort(measures[exercise.Limits[i].Measure]);
                }
            }

            (fits ? inside : outside).Add(repetition);
            if (!fits && shortOnly)
            {
                halfDone.Add(repetition);
            }
        }

        var often = Enumerable.Range(0, broken.Length).Where(i => 2 * broken[i] > outside.Count).OrderByDescending(i => broken[i]);
        return new ExerciseFit(inside, outside, [.. often.Select(i => exercise.Limits[i])]) { HalfDone = halfDone };
    }
}
