using Spotter.Measures;

namespace Spotter.Synthesis;

/// <summary>A fault that an exercise can have.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Measures">Names of the measures that show it, see docs/measures.md; each only from the views that show the measure.</param>
public sealed record ExerciseFault(FaultKind Kind, IReadOnlyList<string> Measures);

/// <summary>What the mannequin knows about one exercise; everything else is the same code for all. <see cref="MannequinExercises"/> has those it knows.</summary>
public sealed record MannequinExercise
{
    /// <summary>Name as on the command line, such as <c>bicep-curl</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a repetition starts where the elbows are bent most (press, pushdown) or where they are straightest (curl).</summary>
    public required bool StartsBent { get; init; }

    /// <summary>Whether the arms are meant to stay straight, so that the movement is one of the upper arms or shoulders.</summary>
    public bool KeepsArmsStraight { get; init; }

    /// <summary>Whether the arms hang beside the body when nothing else is done, so that forward and outward are turns from there.</summary>
    public bool ArmsHang { get; init; } = true;

    /// <summary>Whether hands go over the head: the picture must leave room for them.</summary>
    public bool GoesOverhead { get; init; }

    /// <summary>Whether dumbbells are held along the sides of the body, not across.</summary>
    public bool HoldsBesideBody { get; init; }

    /// <summary>Whether the exercise can also be done seated.</summary>
    public bool CanSit { get; init; }

    /// <summary>What can be lifted, what is taken from the front first, what from the side last.</summary>
    public required IReadOnlyList<Equipment> Equipment { get; init; }

    /// <summary>The average correct style with each of the equipment.</summary>
    public required Func<Equipment, ExerciseStyle> Style { get; init; }

    /// <summary>The faults that make sense, in the order of <see cref="FaultKind"/>.</summary>
    public required IReadOnlyList<ExerciseFault> Faults { get; init; }

    /// <summary>Whether a fault makes sense in this exercise.</summary>
    public bool Has(FaultKind kind) => Faults.Any(fault => fault.Kind == kind);

    /// <summary>The scales of the faults that make sense.</summary>
    public IEnumerable<FaultScale> FaultScales => Faults.Select(fault => FaultScale.Of(fault.Kind));

    /// <summary>Names of the measures that show a fault from a view; none where the exercise does not have it.</summary>
    public IReadOnlyList<string> MeasuresOf(FaultKind kind, Skeletons.View view) =>
        [.. Faults.Where(fault => fault.Kind == kind).SelectMany(fault => fault.Measures).Where(name => MeasureCatalogue.Get(name).Views.Contains(view))];
}
