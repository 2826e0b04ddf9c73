using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>Which values of a measure can be a fault.</summary>
public enum FaultyValues
{
    /// <summary>Values below those of correct repetitions.</summary>
    Low,

    /// <summary>Values above those of correct repetitions.</summary>
    High,

    /// <summary>Either.</summary>
    Both,
}

/// <summary>One number, with a unit, that is measured on a repetition; <see cref="MeasureCatalogue"/> lists them.</summary>
public sealed record Measure
{
    /// <summary>The name in reports and packs, such as <c>elbow-extension-degrees</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts: <c>degrees</c>, <c>torso lengths</c>, <c>seconds</c> or <c>fraction</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it is a time: in slow motion that is the clip's, not the body's.</summary>
    public bool IsTempo => Unit == "seconds";

    /// <summary>The part of the body it is about, without its side, such as <c>elbow</c>.</summary>
    public required string Part { get; init; }

    /// <summary>The phase of the repetition in which it is measured.</summary>
    public required RepetitionPhase Phase { get; init; }

    /// <summary>The views that show it.</summary>
    public required IReadOnlyList<View> Views { get; init; }

    /// <summary>Which values can be a fault.</summary>
    public required FaultyValues Faulty { get; init; }

    /// <summary>The kind of fault of the mannequin that makes the value too low, such as <c>no-lockout</c>; null where there is none.</summary>
    public string? FaultBelow { get; init; }

    /// <summary>The kind of fault of the mannequin that makes the value too high, such as <c>lean-back</c>; null where there is none.</summary>
    public string? FaultAbove { get; init; }

    /// <summary>What exactly is measured.</summary>
    public required string Description { get; init; }

    /// <summary>Whether either arm has a value of its own.</summary>
    public bool PerArm => OfArm is not null && !ComparesArms;

    /// <summary>Whether it is a difference between the arms.</summary>
    public bool ComparesArms { get; init; }

    /// <summary>How it is taken from one arm; of a difference, the number that is the smaller the worse the arm does.</summary>
    internal Func<BodyTrack, ArmTrack, double>? OfArm { get; init; }

    /// <summary>
    /// What a measure of the whole body is the largest value of, frame by frame, and how many of the frames lie before the repetition; null for others. Tells when a
    /// value is exceeded.
    /// </summary>
    internal Func<BodyTrack, (double[] Values, int Lead)>? Curve { get; init; }

    /// <summary>From which to which frame of the repetition, below 0 before it, a measure of an arm is taken; null where its phase tells.</summary>
    internal Func<BodyTrack, BodySide, (int From, int To)>? Stretch { get; init; }

    /// <summary>What a measure of an arm is the largest (or the smallest) value of, frame by frame; null for others. Tells where in a repetition that lies.</summary>
    internal (Func<ArmTrack, double[]> Curve, bool IsLargest)? Extreme { get; init; }

    /// <summary>The value that a textbook asks for, such as 180 for a straight arm; null where there is none. Only to be spoken of where correct repetitions reach it.</summary>
    public double? Ideal { get; init; }

    /// <summary>The least value that anybody would call too high, however narrow the band of correct repetitions; 0 for no such bound.</summary>
    internal double LeastHigh { get; init; }

    /// <summary>What values above and below 0 mean in words, see <see cref="MeasureAmounts"/>; null where the number stands by itself.</summary>
    internal string? Direction { get; init; }

    /// <summary>How it is taken from the whole body.</summary>
    internal Func<BodyTrack, double>? OfBody { get; init; }
}
