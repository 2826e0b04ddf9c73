using Spotter.Scoring;
using Spotter.Web.Api;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web.Pages;

/// <summary>A result in a list.</summary>
/// <param name="Id">The job.</param>
/// <param name="Heading">Exercise, or what the person called the clip.</param>
/// <param name="Title">What the person called the clip.</param>
/// <param name="Mark">Class of its colour and sign: good, bad, unclear or busy.</param>
/// <param name="Verdict">The verdict or state in a word.</param>
/// <param name="Line">What matters most, in a sentence; empty for nothing.</param>
/// <param name="When">When it was handed in.</param>
/// <param name="HasPicture">Whether there is a thumbnail.</param>
internal sealed record ResultCard(string Id, string Heading, string Title, string Mark, string Verdict, string Line, DateTimeOffset When, bool HasPicture)
{
    /// <summary>Who lifts; null where nobody is named, or the list does not tell.</summary>
    public string? Person { get; init; }

    /// <summary>Language of the line, that of whoever handed in the clip; null for the reader's.</summary>
    public string? LineLanguage { get; init; }

    public static ResultCard Of(Job job)
    {
        var (request, outcome) = (ClipRequest.Of(job), ClipOutcome.Of(job));
        var (mark, verdict) = (job.State, outcome?.Verdict) switch
        {
            (JobState.Done, Scoring.Verdict.Correct) => ("good", PageTexts.Get("card.good")),
            (JobState.Done, Scoring.Verdict.Incorrect) => ("bad", PageTexts.Format("card.bad", outcome!.Incorrect, outcome.Repetitions)),
            (JobState.Done, _) => ("unclear", PageTexts.Get("card.unclear")),
            (JobState.SetAside, _) => ("unclear", PageTexts.Get("card.failed")),
            (JobState.Cancelled, _) => ("unclear", PageTexts.Get("card.cancelled")),
            (JobState.Running, _) => ("busy", PageTexts.Get("card.running")),
            _ => ("busy", PageTexts.Get("card.waiting")),
        };
        var exercise = outcome?.Exercise ?? request.Exercise;
        var line = outcome is null ? null : ReaderText.Of(outcome);
        var title = request.Title.Length > 0 ? request.Title : PageTexts.Get("card.untitled");
        return new ResultCard(
            job.Id, exercise is null ? title : ExerciseText.Of(exercise), title, mark, verdict,
            line?.Text ?? (job is { State: JobState.SetAside, Problem: { } problem } ? ProblemText.Of(problem) : ""),
            job.CreatedAt, outcome?.Files.Contains(ResultFiles.Thumbnail) == true)
        {
            LineLanguage = line is { IsStored: true } ? request.Language : null,
        };
    }
}
