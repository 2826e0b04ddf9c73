using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>The pack that a clip is judged with, and what it makes of the movement.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Movement">What its exercise makes of the movement.</param>
public sealed record PackChoice(ExercisePack Pack, Movement Movement)
{
    /// <summary>Names of the exercises that the movement was held against.</summary>
    public IReadOnlyList<string> Considered { get; private init; } = [];

    /// <summary>Movements of the exercise that are too small to count; null where there are none.</summary>
    public SmallMovements? Small { get; private init; }

    /// <summary>The set cut into repetitions by the pack's signal; those that are of another exercise are left out.</summary>
    public RepetitionSet Set => Movement.Set;

    /// <summary>Why the movement is not this exercise; null when it is.</summary>
    public Sentence? Misfit => Movement.Misfit;

    /// <summary>Whether the movement was held against several exercises and is none of them, not even done by halves; the pack is the nearest then.</summary>
    public bool IsUnknown => Misfit is not null && Small is null && Considered.Count > 1;

    /// <summary>Number of the swings that are another movement.</summary>
    public int LeftOut => Movement.Others.Count(other => Small?.Include(other) != true);

    private const int SmallRank = 2;

    // Whole repetitions, most of the swings or fewer; halves of repetitions; one that the clip cuts off; nothing.
    private int Rank =>
        Misfit is null && Set.Repetitions.Count > 0 ? (Movement.IsMostly ? 0 : 1)
        : Small is not null ? SmallRank
        : Misfit is null ? 3 : 4;

    /// <summary>Takes the pack asked for, or else the one that most repetitions of the clip fit.</summary>
    /// <param name="catalogue">The packs.</param>
    /// <param name="exercise">Name of the exercise; null lets the movement decide.</param>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="view">From where it is seen.</param>
    /// <exception cref="PackFormatException">There is no such pack, or none can be used.</exception>
    public static PackChoice Choose(PackCatalogue catalogue, string? exercise, SkeletonSequence skeleton, ViewEstimate view)
    {
        var packs = exercise is null ? catalogue.LoadUsable(out _) : [catalogue.Load(exercise)];
        if (packs.Count == 0)
        {
            throw new PackFormatException($"There is no exercise pack in {catalogue.Folder}: make one with spotter train, or reinstall Spotter.");
        }

        // A movement that fits several exercises is the one that can be judged from where it is seen; a shrug goes along with many movements of the arms.
        var chosen = packs.Select(pack => Consider(pack, skeleton, view))
            .OrderBy(choice => choice.Rank)
            .ThenByDescending(choice => choice.Rank == SmallRank ? choice.Small!.Swings.Count : 0)
            .ThenByDescending(choice => choice.Rank == SmallRank ? choice.Small!.Share : 0)
            .ThenBy(choice => choice.Movement.Distance)
            .ThenBy(choice => choice.Pack.Find(view.View) is null ? 1 : 0)
            .ThenByDescending(choice => choice.Set.Repetitions.Count)
            .First();
        return chosen with { Considered = [.. packs.Select(pack => pack.Definition.Name)] };
    }

    private static PackChoice Consider(ExercisePack pack, SkeletonSequence skeleton, ViewEstimate view)
    {
        var movement = Movement.Of(pack.Definition, skeleton, view);
        return new PackChoice(pack, movement) { Small = SmallMovements.Find(pack, skeleton, view, movement) };
    }
}
