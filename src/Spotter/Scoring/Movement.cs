using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>What one exercise makes of a movement.</summary>
/// <param name="Set">The set cut into repetitions by the exercise's signal; those that are another movement are left out.</param>
/// <param name="Others">The swings that were left out, in order: getting into position, a hand at the phone.</param>
/// <param name="Misfit">Why the movement is not this exercise; null when it is. Nothing is left out then.</param>
public sealed record Movement(RepetitionSet Set, IReadOnlyList<Repetition> Others, Sentence? Misfit)
{
    /// <summary>How far the movement is from this exercise: the number of its limits that most repetitions break; more than any where nothing moves.</summary>
    public int Distance { get; private init; }

    /// <summary>Whether at least half of the swings are this exercise.</summary>
    public bool IsMostly => Misfit is null && Set.Repetitions.Count >= Others.Count;

    /// <summary>Cuts a sequence and holds the swings against the limits of an exercise.</summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="view">From where it is seen.</param>
    public static Movement Of(ExerciseDefinition definition, SkeletonSequence skeleton, ViewEstimate view)
    {
        var set = RepetitionSegmenter.Segment(skeleton, view, definition);
        var partial = set.CutOffAtStart ?? set.CutOffAtEnd;
        if (set.Repetitions.Count == 0 && partial is null)
        {
            return new Movement(set, [], new Sentence("misfit.no-swing")) { Distance = int.MaxValue };
        }

        var fit = ExerciseFit.Check(skeleton, view, definition, set.Repetitions.Count > 0 ? set.Repetitions : [partial!.Value]);
        if (!fit.Fits)
        {
            return new Movement(set, [], fit.Broken.Count > 0 ? Say(fit.Broken[0]) : new Sentence("misfit.mixed")) { Distance = fit.Broken.Count };
        }

        return set.Repetitions.Count > 0 ? new Movement(set with { Repetitions = fit.Repetitions }, fit.Others, null) : new Movement(set, [], null);
    }

    // A definition says it in English; the texts have it in every language, for the exercises that come with Spotter.
    private static Sentence Say(MeasureLimit limit) => Texts.Find("otherwise." + limit.Otherwise) is null
        ? new Sentence("misfit.own", SentencePart.Names(limit.Otherwise))
        : new Sentence("otherwise." + limit.Otherwise);
}
