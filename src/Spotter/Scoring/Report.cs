using System.Text.Json.Serialization;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>What Spotter says about a repetition or a clip.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Looks like the correct repetitions that the pack rests on.</summary>
    [JsonStringEnumMemberName("correct")]
    Correct,

    /// <summary>Looks odder than nearly all correct repetitions.</summary>
    [JsonStringEnumMemberName("incorrect")]
    Incorrect,

    /// <summary>The clip does not allow a judgement; the reasons say why.</summary>
    [JsonStringEnumMemberName("cannot-judge")]
    CannotJudge,
}

/// <summary>The result for one clip: the document that the command line prints, the API serves and the stores keep (schema <c>spotter-report/1</c>).</summary>
public sealed record Report
{
    /// <summary>The schema that this version writes.</summary>
    public const string CurrentSchema = "spotter-report/1";

    /// <summary>Name and version of the document's schema.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Name of the exercise, such as <c>shoulder-press</c>; null when it was not asked for and none fits.</summary>
    public string? Exercise { get; init; }

    /// <summary>What the judgement rests on.</summary>
    public PackSummary? Pack { get; init; }

    /// <summary>The verdict on the whole clip: incorrect when its repetitions together look odder than nearly all correct sets.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why the clip, or part of it, cannot be judged, with advice; empty when all is well.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Decision function of the one-class SVM on the network's features, lowest of the repetitions; at least 0 for an inlier.</summary>
    public double? Score { get; init; }

    /// <summary>Share of correct sets expected to look at least this odd: the p-values of the judged repetitions, joined by <see cref="OneClass.SetTest"/>.</summary>
    public double? PValue { get; init; }

    /// <summary>True for a correct set that is odd enough to keep an eye on (p-value at most twice the false-alarm rate).</summary>
    public bool Watch { get; init; }

    /// <summary>What to know about the verdict; empty when there is nothing.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>The repetitions in order.</summary>
    public IReadOnlyList<RepetitionReport> Repetitions { get; init; } = [];

    /// <summary>What was not judged in this clip; null when nothing was judged, or all of it.</summary>
    public Unseen? Unseen { get; init; }

    /// <summary>From where the camera sees the person; null when nobody was found.</summary>
    public View? View { get; init; }

    /// <summary>Size, rate and length of the clip.</summary>
    public required VideoSummary Video { get; init; }

    /// <summary>Where the time went, in seconds.</summary>
    public required Timing Timing { get; init; }

    /// <summary>File name of the annotated clip; null when none was made.</summary>
    public string? AnnotatedVideo { get; init; }
}

/// <summary>Faults that no verdict of this clip rests on: the view hides them, part of the body is outside the picture, or it is haste, which is only named where a repetition is odd for another reason.</summary>
/// <param name="Measures">Names of the measures that would tell it, see docs/measures.md; one for each fault.</param>
/// <param name="Text">A sentence that names the faults.</param>
public sealed record Unseen(IReadOnlyList<string> Measures, string Text)
{
    /// <inheritdoc cref="Reason.Said"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? Said { get; init; }
}

/// <summary>Why a clip cannot be judged, and what to do about it.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Text">A sentence with advice on how to film it better.</param>
public sealed record Reason(string Code, string Text)
{
    /// <summary>The sentence by its key and values, to be said in another language; null in reports of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? Said { get; init; }

    /// <summary>A reason, said in the language that is spoken.</summary>
    internal static Reason Of(string code, Sentence said) => new(code, said.Say()) { Said = said };
}

/// <summary>Something to know about a verdict.</summary>
/// <param name="Code">One of <see cref="NoteCodes"/>.</param>
/// <param name="Text">A sentence.</param>
public sealed record Note(string Code, string Text)
{
    /// <inheritdoc cref="Reason.Said"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? Said { get; init; }
}

/// <summary>The pack that judged, in short.</summary>
/// <param name="Version">Version of the pack.</param>
/// <param name="TrainedOnRepetitions">Correct repetitions behind the judged view.</param>
/// <param name="Sessions">Recording sessions behind the judged view.</param>
/// <param name="Backbone">Name of the feature network.</param>
/// <param name="FalseAlarmRate">Share of correct repetitions that the verdict may wrongly flag.</param>
public sealed record PackSummary(string Version, int TrainedOnRepetitions, int Sessions, string Backbone, double FalseAlarmRate)
{
    /// <summary>Between which shares the true one lies with 95 % confidence, by the number of sessions; null where too few repetitions allow no verdict, and in reports of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? FalseAlarmInterval { get; init; }
}

/// <summary>The judgement on one repetition.</summary>
public sealed record RepetitionReport
{
    /// <summary>Number of the repetition, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Start, seconds from the start of the clip.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Turning point (top of a press), seconds from the start of the clip.</summary>
    public required double TurningSeconds { get; init; }

    /// <summary>End, seconds from the start of the clip.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>The verdict; cannot-judge where its joints are not seen.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why this repetition cannot be judged; empty when it is.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>True for a correct repetition that is odd enough to keep an eye on (p-value at most twice the false-alarm rate).</summary>
    public bool Watch { get; init; }

    /// <summary>Decision function of the one-class SVM on the network's features; at least 0 for an inlier; null where the repetition is not judged.</summary>
    public required double? Score { get; init; }

    /// <summary>Calibrated p-value of the judged method; null where the repetition is not judged.</summary>
    public required double? PValue { get; init; }

    /// <summary>The branches behind the p-value.</summary>
    public IReadOnlyList<BranchScore> Branches { get; init; } = [];

    /// <summary>What is off, most important first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>What one branch says about a repetition.</summary>
/// <param name="Branch">"network" or "measures".</param>
/// <param name="Score">Decision function; at least 0 for an inlier.</param>
/// <param name="Inlier">The sign of the decision function, uncalibrated.</param>
/// <param name="PValue">Calibrated p-value.</param>
public sealed record BranchScore(string Branch, double Score, bool Inlier, double PValue);

/// <summary>One thing that is off: which joint, when, by how much, and what to do.</summary>
/// <param name="Joint">Name of the joint, such as <c>right-elbow</c>.</param>
/// <param name="Phase">Where in the repetition: <c>bottom</c>, <c>up</c>, <c>top</c>, <c>down</c> or <c>whole</c>.</param>
/// <param name="StartSeconds">From, seconds from the start of the clip.</param>
/// <param name="EndSeconds">To, seconds from the start of the clip.</param>
/// <param name="Measure">Name of the measure, see docs/measures.md.</param>
/// <param name="Value">Measured value.</param>
/// <param name="Expected">Lowest and highest value of correct repetitions.</param>
/// <param name="Contribution">Share of the anomaly that this explains, 0 to 1.</param>
/// <param name="Text">A sentence for the person who lifts.</param>
public sealed record Finding(
    string Joint, string Phase, double StartSeconds, double EndSeconds, string Measure, double Value, double[] Expected, double Contribution, string Text)
{
    /// <summary>What to do, without the numbers; null in reports of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Advice { get; init; }

    /// <summary>The arms that it is about, <c>right</c> or <c>left</c>, the worse first; null where it is not about arms, and in reports of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Arms { get; init; }

    /// <summary>
    /// Of a path that no measure describes: from where the joint is, on average over the time span, to where it is in correct repetitions, in torso lengths to
    /// the picture's right and down; null for other findings.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Shift { get; init; }

    /// <summary>Of a path that no measure describes: the advice by its key and values, to be said in another language; null for other findings, and in reports of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sentence? Said { get; init; }
}

/// <summary>The clip in numbers.</summary>
/// <param name="Width">Width as shown, pixels.</param>
/// <param name="Height">Height as shown, pixels.</param>
/// <param name="FramesPerSecond">Frame rate.</param>
/// <param name="Frames">Frames looked at.</param>
/// <param name="FramesWithPose">Frames in which a person was found.</param>
public sealed record VideoSummary(int Width, int Height, double FramesPerSecond, int Frames, int FramesWithPose);

/// <summary>Seconds spent in each stage; stages overlap, so the total is less than the sum.</summary>
/// <param name="Decode">Waiting for frames.</param>
/// <param name="Pose">Finding the body.</param>
/// <param name="Score">Repetitions, features, scores and findings.</param>
/// <param name="Annotate">Drawing and encoding.</param>
/// <param name="Total">All of it.</param>
public sealed record Timing(double Decode, double Pose, double Score, double Annotate, double Total);
