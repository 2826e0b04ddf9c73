using System.Text.Json.Serialization;
using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Exercises;

/// <summary>What is specific to one exercise, as declared in a short JSON file: everything else is the same code for all.</summary>
public sealed partial record ExerciseDefinition
{
    /// <summary>Name used on the command line and in packs, such as <c>shoulder-press</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The signal that cuts a set into repetitions.</summary>
    public required RepetitionSignal Signal { get; init; }

    /// <summary>
    /// For each view that can be judged, the names of the kinematic measures on which the judgement rests, see docs/measures.md: few, as each
    /// one more makes correct repetitions of an unknown person look odder.
    /// </summary>
    public required IReadOnlyDictionary<View, IReadOnlyList<string>> Measures { get; init; }

    /// <summary>For each view, the names of further measures that findings may be about.</summary>
    public IReadOnlyDictionary<View, IReadOnlyList<string>> Remarks { get; init; } = new Dictionary<View, IReadOnlyList<string>>();

    /// <summary>What a repetition must be like to be of this exercise at all, however badly done.</summary>
    public required IReadOnlyList<MeasureLimit> Limits { get; init; }

    /// <summary>
    /// Joints that must be seen for a judgement, without their side, such as <c>wrist</c>: on both sides, or in a side view on the side
    /// nearer to the camera.
    /// </summary>
    public required IReadOnlyList<string> RequiredJoints { get; init; }

    /// <summary>Whether both arms do the same (so that right and left are compared).</summary>
    public bool Symmetric { get; init; } = true;
}

/// <summary>A range outside of which a repetition belongs to some other exercise.</summary>
/// <param name="Measure">Name of the measure, see docs/measures.md.</param>
/// <param name="Minimum">Lowest value; none when null.</param>
/// <param name="Maximum">Highest value; none when null.</param>
/// <param name="Otherwise">What is to be said of a repetition outside of the range, such as "the hands do not start near the shoulders".</param>
public sealed record MeasureLimit(string Measure, double? Minimum, double? Maximum, string Otherwise)
{
    /// <summary>Whether a value is inside; a measure that cannot be taken (NaN) excludes nothing.</summary>
    public bool Allows(double value) => !(value < Minimum) && !(value > Maximum);

    /// <summary>Whether a value is outside because the movement does not go far enough, as that of half a repetition is.</summary>
    public bool FallsShort(double value) => value > Maximum
        ? MeasureCatalogue.Get(Measure).FaultAbove == "short-bottom"
        : value < Minimum && (MeasureCatalogue.Get(Measure).FaultBelow == "no-lockout" || Extents.Contains(Measure));

    // Measures of how far something goes.
    private static readonly string[] Extents = ["elbow-rise", "upper-arm-swing-degrees", "shoulder-rise", "range-of-motion"];
}

/// <summary>The one-dimensional signal whose swings are the repetitions.</summary>
/// <param name="Kind">What is followed.</param>
/// <param name="Joint">The joint followed, without its side, such as <c>wrist</c>.</param>
/// <param name="Reference">The joint it is measured from, without its side, such as <c>shoulder</c>; unused for an angle.</param>
/// <param name="Direction">Whether the signal rises or falls in the first half of a repetition.</param>
/// <param name="MinimumProminence">Smallest swing that counts, in torso lengths (for angles: degrees).</param>
public sealed record RepetitionSignal(SignalKind Kind, string Joint, string? Reference, SignalDirection Direction, double MinimumProminence);

/// <summary>What a repetition signal follows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalKind>))]
public enum SignalKind
{
    /// <summary>Height of the joint above the reference, in torso lengths.</summary>
    [JsonStringEnumMemberName("height")]
    Height,

    /// <summary>Angle at the joint, degrees.</summary>
    [JsonStringEnumMemberName("angle")]
    Angle,
}

/// <summary>Which way the signal goes first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalDirection>))]
public enum SignalDirection
{
    /// <summary>Up first, like a press.</summary>
    [JsonStringEnumMemberName("up")]
    Up,

    /// <summary>Down first, like a squat.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}
