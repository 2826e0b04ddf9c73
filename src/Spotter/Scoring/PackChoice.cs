using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>The pack that a clip is judged with, and what it makes of the movement.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Set">The set cut into repetitions by the pack's signal; those that are of another exercise are left out.</param>
/// <param name="Misfit">Why the movement is not this exercise; null when it is.</param>
public sealed record PackChoice(ExercisePack Pack, RepetitionSet Set, string? Misfit)
{
    /// <summary>Names of the exercises that the movement was held against.</summary>
    public IReadOnlyList<string> Considered { get; private init; } = [];

    /// <summary>Whether the movement was held against several exercises and is none of them; the pack is the nearest then.</summary>
    public bool IsUnknown => Misfit is not null && Considered.Count > 1;

    /// <summary>How far the movement is from this exercise: the number of its limits that most repetitions break; more than any where nothing moves.</summary>
    private int Distance { get; init; }

    /// <summary>Takes the pack asked for, or else the one that most repetitions of the clip fit.</summary>
    /// <param name="catalogue">The packs.</param>
    /// <param name="exercise">Name of the exercise; null lets the movement decide.</param>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="view">From where it is seen.</param>
    /// <exception cref="PackFormatException">There is no such pack, or one cannot be used.</exception>
    public static PackChoice Choose(PackCatalogue catalogue, string? exercise, SkeletonSequence skeleton, ViewEstimate view)
    {
        IReadOnlyList<string> names = exercise is null ? catalogue.Names : [exercise];
        if (names.Count == 0)
        {
            throw new PackFormatException($"There is no exercise pack in {catalogue.Folder}: make one with spotter train, or reinstall Spotter.");
        }

        // A movement that fits several exercises is the one that can be judged from where it is seen; a shrug goes along with many movements of the arms.
        var chosen = names.Select(name => Consider(catalogue.Load(name), skeleton, view))
            .OrderBy(choice => choice.Misfit is null ? 0 : 1)
            .ThenBy(choice => choice.Distance)
            .ThenBy(choice => choice.Pack.Find(view.View) is null ? 1 : 0)
            .ThenByDescending(choice => choice.Set.Repetitions.Count)
            .First();
        return chosen with { Considered = names };
    }

    private static PackChoice Consider(ExercisePack pack, SkeletonSequence skeleton, ViewEstimate view)
    {
        var set = RepetitionSegmenter.Segment(skeleton, view, pack.Definition);
        var partial = set.CutOffAtStart ?? set.CutOffAtEnd;
        if (set.Repetitions.Count == 0 && partial is null)
        {
            return new PackChoice(pack, set, Texts.Get("misfit.no-swing")) { Distance = int.MaxValue };
        }

        var fit = ExerciseFit.Check(skeleton, view, pack.Definition, set.Repetitions.Count > 0 ? set.Repetitions : [partial!.Value]);
        return fit.Fits
            ? new PackChoice(pack, set.Repetitions.Count > 0 ? set with { Repetitions = fit.Repetitions } : set, null)
            : new PackChoice(pack, set, fit.Broken.Count > 0 ? Say(fit.Broken[0]) : Texts.Get("misfit.mixed")) { Distance = fit.Broken.Count };
    }

    // A definition says it in English; the texts have it in every language, for the exercises that come with Spotter.
    private static string Say(MeasureLimit limit) => Texts.Find("otherwise." + limit.Otherwise) ?? limit.Otherwise + ".";
}
