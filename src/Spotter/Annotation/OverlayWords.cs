using System.Globalization;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>The words that Spotter itself writes on a clip; findings and reasons bring their own.</summary>
internal static class OverlayWords
{
    /// <summary>Shown before the first repetition.</summary>
    public const string Ready = "Waiting for the first rep";

    /// <summary>Heading of a clip without a verdict.</summary>
    public const string CannotJudge = "Cannot judge this clip";

    /// <summary>Heading above a reason on the closing card.</summary>
    public const string Why = "Please note";

    /// <summary>A verdict as a word.</summary>
    public static string Name(Verdict verdict, bool watch = false) => verdict switch
    {
        Verdict.Correct when watch => "Correct, just about",
        Verdict.Correct => "Correct",
        Verdict.Incorrect => "Needs work",
        _ => "Cannot judge",
    };

    /// <summary>The heading of the closing card.</summary>
    public static string Headline(Verdict verdict) => verdict switch
    {
        Verdict.Correct => "Well done",
        Verdict.Incorrect => "Not quite there",
        _ => CannotJudge,
    };

    /// <summary>A repetition and its verdict in a line.</summary>
    public static string RepetitionVerdict(RepetitionReport repetition) =>
        string.Create(CultureInfo.InvariantCulture, $"Rep {repetition.Index}: {Name(repetition.Verdict, repetition.Watch).ToLowerInvariant()}");

    /// <summary>Shown while a repetition goes on.</summary>
    public static string Watching(RepetitionReport repetition) => string.Create(CultureInfo.InvariantCulture, $"Judging rep {repetition.Index}…");

    /// <summary>How many of the completed repetitions were correct.</summary>
    public static string Tally(int correct, int completed) => string.Create(CultureInfo.InvariantCulture, $"{correct} of {completed} correct");

    /// <summary>A finding with the repetitions in which it was made.</summary>
    public static string Repetitions(IReadOnlyList<int> indices) =>
        (indices.Count == 1 ? "Rep " : "Reps ") + string.Join(", ", indices.Select(index => index.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The range of correct repetitions.</summary>
    public static string Good(string range) => "good " + range;

    /// <summary>How many repetitions were correct.</summary>
    public static string Count(Report report)
    {
        var correct = report.Repetitions.Count(repetition => repetition.Verdict == Verdict.Correct);
        var noun = report.Repetitions.Count == 1 ? "rep" : "reps";
        return string.Create(CultureInfo.InvariantCulture, $"{correct} of {report.Repetitions.Count} {noun} correct");
    }

    /// <summary>The exercise as a person writes it.</summary>
    public static string Exercise(string? name) =>
        string.IsNullOrEmpty(name) ? "" : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
}
