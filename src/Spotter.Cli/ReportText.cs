using Spectre.Console;
using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Cli;

/// <summary>The report as text for a person at a terminal.</summary>
internal static class ReportText
{
    public static void Write(IAnsiConsole console, Report report, string? annotatedClip)
    {
        if (report.Exercise is { } exercise)
        {
            var name = ExerciseTitle.Of(exercise);
            var view = report.View is { } seen && report.Reasons.All(reason => reason.Code != ReasonCodes.UnsupportedView) ? Texts.Format("report.seen-from", Texts.Get("view." + seen.ToString().ToLowerInvariant())) : "";
            console.MarkupLineInterpolated($"[bold]{Capitalise(name)}[/]{view}");
        }

        foreach (var reason in report.Reasons)
        {
            console.MarkupLineInterpolated($"[yellow]{reason.Code}[/]  {reason.Text}");
        }

        if (report.Repetitions.Count > 0)
        {
            WriteRepetitions(console, report);
        }

        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{VerdictText.Sentence(report)}[/]");
        if (report.Pack is { } pack && report.Verdict != Verdict.CannotJudge)
        {
            console.MarkupLineInterpolated($"[dim]{VerdictText.RestsOn(pack)}[/]");
        }

        foreach (var note in report.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]{note.Code}[/]  {note.Text}");
        }

        if (report.Unseen is { } unseen)
        {
            console.MarkupLineInterpolated($"[dim]{unseen.Text}[/]");
        }

        if (report.AnnotatedVideo is not null)
        {
            console.WriteLine(Texts.Format("report.annotated", annotatedClip ?? report.AnnotatedVideo));
        }
    }

    private static void WriteRepetitions(IAnsiConsole console, Report report)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "", "", "");
        foreach (var repetition in report.Repetitions)
        {
            var (word, colour) = repetition switch
            {
                { Verdict: Verdict.Incorrect } => (Texts.Get("repetition.incorrect"), "red"),
                { Verdict: Verdict.CannotJudge } => (Texts.Get("repetition.cannot-judge"), "grey"),
                { Watch: true } => (Texts.Get("repetition.watch"), "yellow"),
                _ => (Texts.Get("repetition.correct"), "green"),
            };
            table.AddRow(
                new Markup(repetition.Index.ToString(Texts.Language)),
                new Markup(Markup.Escape($"{Time(repetition.StartSeconds)} – {Time(repetition.EndSeconds)}")),
                new Markup($"[{colour}]{Markup.Escape(word)}[/]"),
                new Markup(repetition.PValue is { } pValue ? $"p = {pValue:0.00}" : ""),
                new Markup(Markup.Escape(string.Join('\n', repetition.Reasons.Select(reason => reason.Text)))));
        }

        console.Write(table);
        WriteFindings(console, report);
    }

    private static void WriteFindings(IAnsiConsole console, Report report)
    {
        var things = RepeatedFinding.Of(report.Repetitions);
        if (things.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(new TableColumn("") { NoWrap = true }, new TableColumn(""));
        foreach (var thing in things)
        {
            table.AddRow(new Markup($"[bold]{Markup.Escape(thing.Where)}[/]"), new Markup(Markup.Escape(thing.Said.Finding.Text)));
        }

        console.WriteLine();
        console.Write(table);
    }

    private static string Time(double seconds) => string.Create(Texts.Language, $"{(int)seconds / 60}:{seconds % 60:00.0}");

    private static string Capitalise(string text) => char.ToUpper(text[0], Texts.Language) + text[1..];
}
