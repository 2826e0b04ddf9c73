using System.Text.Json.Serialization;
using Spotter.Skeletons;

namespace Spotter.Exercises;

/// <summary>What is specific to one exercise, as declared in a short JSON file: everything else is the same code for all.</summary>
public sealed record ExerciseDefinition
{
    /// <summary>Name used on the command line and in packs, such as <c>shoulder-press</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The signal that cuts a set into repetitions.</summary>
    public required RepetitionSignal Signal { get; init; }

    /// <summary>Names of the kinematic measures that matter, see docs/measures.md.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Joints that must be seen for a judgement; in a side view, those of the side nearer to the camera.</summary>
    public required IReadOnlyList<string> RequiredJoints { get; init; }

    /// <summary>Whether both arms do the same (so that right and left are compared).</summary>
    public bool Symmetric { get; init; } = true;
}

/// <summary>The one-dimensional signal whose swings are the repetitions.</summary>
/// <param name="Kind">What is followed.</param>
/// <param name="Joint">The joint followed, without its side, such as <c>wrist</c>.</param>
/// <param name="Reference">The joint it is measured from, without its side, such as <c>shoulder</c>.</param>
/// <param name="Direction">Whether the signal rises or falls in the first half of a repetition.</param>
/// <param name="MinimumProminence">Smallest swing that counts, in torso lengths (for angles: degrees).</param>
public sealed record RepetitionSignal(SignalKind Kind, string Joint, string Reference, SignalDirection Direction, double MinimumProminence);

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
