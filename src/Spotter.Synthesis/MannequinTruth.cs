using System.Text.Json;
using System.Text.Json.Serialization;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>What is true of a synthesised clip (schema <c>spotter-synth/1</c>): anything judged on it can be checked against this.</summary>
public sealed record MannequinTruth
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Name and version of the document's schema.</summary>
    public string Schema { get; init; } = "spotter-synth/1";

    /// <summary>Name of the exercise.</summary>
    public required string Exercise { get; init; }

    /// <summary>What is lifted.</summary>
    public required Equipment Equipment { get; init; }

    /// <summary>From where the camera sees the person.</summary>
    public required View View { get; init; }

    /// <summary>Degrees of the camera around the person: 0 in front, 90 at the right side.</summary>
    public required double AzimuthDegrees { get; init; }

    /// <summary>Whether the mannequin sits.</summary>
    public required bool Seated { get; init; }

    /// <summary>The seed of person and motion.</summary>
    public required int Seed { get; init; }

    /// <summary>Width of the picture, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Frames per second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Number of frames.</summary>
    public required int Frames { get; init; }

    /// <summary>The repetitions in order.</summary>
    public required IReadOnlyList<TrueRepetition> Repetitions { get; init; }

    /// <summary>The truth about a set.</summary>
    public static MannequinTruth Of(MannequinSequence set) => new()
    {
        Exercise = set.Options.Exercise,
        Equipment = set.Motion.Equipment,
        View = set.Options.Camera.View,
        AzimuthDegrees = set.Options.Camera.Azimuth,
        Seated = set.Options.Seated,
        Seed = set.Options.Seed,
        Width = set.Options.Width,
        Height = set.Options.Height,
        FramesPerSecond = set.Options.FramesPerSecond,
        Frames = set.Exact.FrameCount,
        Repetitions = [.. set.RepetitionTimes.Select((times, index) => TrueRepetition.Of(set, index, times))],
    };

    /// <summary>The document as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static MannequinTruth FromJson(string json) =>
        JsonSerializer.Deserialize<MannequinTruth>(json, Format) ?? throw new JsonException("The document is empty.");
}

/// <summary>One repetition as it truly is.</summary>
/// <param name="Index">Number of the repetition, from 1.</param>
/// <param name="StartSeconds">The weight leaves its start, or bounces there first.</param>
/// <param name="TurningSeconds">Middle of the time at the turning point.</param>
/// <param name="EndSeconds">The start is reached again.</param>
/// <param name="StartFrame">First frame.</param>
/// <param name="TurningFrame">Frame of the turning point.</param>
/// <param name="EndFrame">One past the last frame.</param>
/// <param name="Correct">Whether it has no fault.</param>
/// <param name="RightElbowTopDegrees">Right elbow angle in space at the turning point (the top of a press).</param>
/// <param name="LeftElbowTopDegrees">Left elbow angle in space at the turning point.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record TrueRepetition(
    int Index,
    double StartSeconds,
    double TurningSeconds,
    double EndSeconds,
    int StartFrame,
    int TurningFrame,
    int EndFrame,
    bool Correct,
    double RightElbowTopDegrees,
    double LeftElbowTopDegrees,
    IReadOnlyList<TrueFault> Faults)
{
    internal static TrueRepetition Of(MannequinSequence set, int index, RepetitionTimes times)
    {
        var frames = set.Repetitions[index];
        var pose = set.Motion.PoseAt(times.TurningSeconds);
        var faults = set.Faults.Where(span => span.Repetition == index + 1).Select(span => TrueFault.Of(span, set.Options.Known, set.Options.Camera.View)).ToList();
        return new TrueRepetition(
            index + 1,
            Math.Round(times.StartSeconds, 4),
            Math.Round(times.TurningSeconds, 4),
            Math.Round(times.EndSeconds, 4),
            frames.StartFrame,
            frames.TurningFrame,
            frames.EndFrame,
            faults.Count == 0,
            Math.Round(pose.ElbowAngle(Side.Right), 2),
            Math.Round(pose.ElbowAngle(Side.Left), 2),
            faults);
    }
}

/// <summary>A fault as it truly is.</summary>
/// <param name="Kind">Its name, such as <c>no-lockout</c>.</param>
/// <param name="Size">Its size.</param>
/// <param name="Unit">What the size counts.</param>
/// <param name="Severity">Its size relative to what a coach would call wrong (1).</param>
/// <param name="Side">The side that has it; null for both.</param>
/// <param name="Joints">The joints concerned, the first the most.</param>
/// <param name="Measures">The measures that show it from where the camera is, by the names of docs/measures.md; none where no measure does.</param>
/// <param name="StartSeconds">From, seconds from the start of the clip.</param>
/// <param name="EndSeconds">To, seconds from the start of the clip.</param>
public sealed record TrueFault(
    string Kind,
    double Size,
    string Unit,
    double Severity,
    Side? Side,
    IReadOnlyList<string> Joints,
    IReadOnlyList<string> Measures,
    double StartSeconds,
    double EndSeconds)
{
    internal static TrueFault Of(FaultSpan span, MannequinExercise exercise, View view) => new(
        span.Fault.Scale.Name,
        span.Fault.Size,
        span.Fault.Scale.Unit,
        Math.Round(span.Fault.Severity, 4),
        span.Fault.Side,
        [.. span.Joints.Select(joint => joint.Name())],
        exercise.MeasuresOf(span.Fault.Kind, view),
        Math.Round(span.StartSeconds, 4),
        Math.Round(span.EndSeconds, 4));
}
