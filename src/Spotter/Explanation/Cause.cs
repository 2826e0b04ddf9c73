using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>One thing that is wrong, and the measure that shows it best.</summary>
/// <param name="Name">The kind of fault, or else part of the body and phase.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Band">Where it lies in correct repetitions.</param>
/// <param name="Value">Its value; of a measure that each arm has, that of the worse arm.</param>
/// <param name="Sides">The arms that it is about, the worse first; the near side for a cause of the whole body.</param>
/// <param name="Effect">What the fault does to all measures, by name, in the size it has here; empty where that is not known.</param>
internal sealed record Cause(
    string Name, Measure Measure, MeasureBand Band, double Value, IReadOnlyList<BodySide> Sides, IReadOnlyDictionary<string, double> Effect)
{
    /// <summary>Whether it is so all through the repetition, not in the phase of the measure alone: haste on both ways.</summary>
    public bool IsThroughout { get; init; }

    /// <summary>Whether the value lies below the band.</summary>
    public bool IsLow => Value < Band.Low;

    /// <summary>How far it lies outside of the band on a side that is a fault, in widths of the band.</summary>
    public double Widths => Math.Abs(Band.Excess(Value)) / Math.Max(Band.High - Band.Low, 1e-9);

    /// <summary>Whether anybody could see that the value lies outside, however narrow the band.</summary>
    public bool IsVisible => Math.Abs(Band.Excess(Value)) >= LeastVisible(Measure.Unit) && (IsLow || Value >= Measure.LeastHigh);

    /// <summary>The kind of fault that drives the measure to this side; null where there is none.</summary>
    public string? Fault => IsLow ? Measure.FaultBelow : Measure.FaultAbove;

    /// <summary>What a coach would take for one and the same thing, see <see cref="CauseGroups"/>.</summary>
    public IReadOnlyList<string> Groups => CauseGroups.Of(Measure, IsLow, Measure.PerArm && Sides.Count == 1);

    /// <summary>Whether another cause is the same thing seen in another measure.</summary>
    public bool IsAlike(Cause other) => Name == other.Name || Groups.Intersect(other.Groups, StringComparer.Ordinal).Any();

    // A degree or two, half a centimetre: less than a pose estimator's error.
    private static double LeastVisible(string unit) => unit switch
    {
        "degrees" => 1.5,
        "torso lengths" => 0.01,
        _ => 0,
    };
}
