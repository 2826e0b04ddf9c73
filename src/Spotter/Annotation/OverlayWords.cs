using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Annotation;

/// <summary>The words that are written on a clip beside findings and reasons, which bring their own.</summary>
internal static class OverlayWords
{
    /// <summary>Shown before the first repetition.</summary>
    public static string Ready => Texts.Get("overlay.ready");

    /// <summary>Heading of a clip without a verdict.</summary>
    public static string CannotJudge => Texts.Get("overlay.cannot-judge");

    /// <summary>Heading above a reason on the closing card.</summary>
    public static string Why => Texts.Get("overlay.why");

    /// <summary>The heading of the closing card.</summary>
    public static string Headline(Report report) => VerdictText.Headline(report);

    /// <summary>A repetition and its verdict in a line.</summary>
    public static string RepetitionVerdict(RepetitionReport repetition) => Texts.Format(
        repetition switch
        {
            { Verdict: Verdict.Incorrect } => "overlay.rep.incorrect",
            { Verdict: Verdict.CannotJudge } => "overlay.rep.cannot-judge",
            { Watch: true } => "overlay.rep.watch",
            _ => "overlay.rep.correct",
        },
        repetition.Index);

    /// <summary>Shown while a repetition goes on.</summary>
    public static string Watching(RepetitionReport repetition) => Texts.Format("overlay.judging", repetition.Index);

    /// <summary>How many of the completed repetitions were correct.</summary>
    public static string Tally(int correct, int completed) => Texts.Format("overlay.tally", correct, completed);

    /// <summary>The range of correct repetitions.</summary>
    public static string Good(string range) => Texts.Format("overlay.good", range);

    /// <summary>How many repetitions were correct.</summary>
    public static string Count(Report report) => Texts.Format(
        report.Repetitions.Count == 1 ? "overlay.count.one" : "overlay.count.many",
        report.Repetitions.Count(repetition => repetition.Verdict == Verdict.Correct),
        report.Repetitions.Count);

    /// <summary>The exercise as a person writes it.</summary>
    public static string Exercise(string? name) =>
        string.IsNullOrEmpty(name) ? "" : Capitalised(ExerciseTitle.Of(name));

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
