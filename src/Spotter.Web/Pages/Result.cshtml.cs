using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Scoring;
using Spotter.Web.Access;
using Spotter.Web.Api;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Pages;

/// <summary>One clip: its progress, then what was found.</summary>
[LinkAccess]
internal sealed class ResultModel(IJobStore jobs, IClipStore clips, Housekeeping housekeeping, CoachBook book, AccessKey key) : PageModel
{
    public ClipStatus Status { get; private set; } = null!;

    public ClipRequest Clip { get; private set; } = null!;

    public ResultCard Card { get; private set; } = null!;

    /// <summary>The report; null while there is none.</summary>
    public Report? Report { get; private set; }

    public ClipTimeline? Timeline { get; private set; }

    public IReadOnlyList<FindingGroup> Findings { get; private set; } = [];

    public IReadOnlyList<MeasuredSet> Measures { get; private set; } = [];

    /// <summary>What people said about the set.</summary>
    public IReadOnlyList<ClipLabel> Labels { get; private set; } = [];

    /// <summary>Whether the person may change something, and not only look at what the link shows.</summary>
    public bool IsInside { get; private set; }

    public string File(string name) => $"/api/clips/{Status.Id}/files/{name}";

    public bool Has(string name) => Status.Files?.Contains(name) == true;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(id, cancellationToken) is not { Kind: ClipRequest.Kind } job)
        {
            return NotFound();
        }

        IsInside = AccessMiddleware.IsInside(HttpContext, key);
        Status = ClipStatus.Of(job, job.State == JobState.Waiting ? await jobs.CountAheadAsync(id, cancellationToken) : 0);
        (Clip, Card) = (ClipRequest.Of(job), ResultCard.Of(job));
        if (ClipOutcome.Of(job) is { } outcome && await clips.OpenAsync(new ClipName(id, outcome.Attempt, ResultFiles.Report), cancellationToken) is { } file)
        {
            using var reader = new StreamReader(file.Content);
            Report = ReportJson.Deserialize(await reader.ReadToEndAsync(cancellationToken));
            var insight = await ReadInsightAsync(id, outcome.Attempt, cancellationToken);
            Timeline = new ClipTimeline(Report, insight);
            Findings = FindingGroup.Of(Report);
            Measures = insight.Measures;
            Labels = IsInside ? book.Labels(id) : [];
        }

        Response.Headers.CacheControl = "private, no-cache";
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (JobId.IsValid(id) && AccessMiddleware.IsInside(HttpContext, key))
        {
            await housekeeping.DeleteAsync(id, cancellationToken);
        }

        return Redirect("/");
    }

    public async Task<IActionResult> OnPostRetryAsync(string id, CancellationToken cancellationToken)
    {
        if (JobId.IsValid(id) && AccessMiddleware.IsInside(HttpContext, key))
        {
            await jobs.RetryAsync(id, cancellationToken);
        }

        return Redirect($"/r/{id}");
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        if (JobId.IsValid(id) && AccessMiddleware.IsInside(HttpContext, key))
        {
            await jobs.CancelAsync(id, cancellationToken);
        }

        return Redirect($"/r/{id}");
    }

    public async Task<IActionResult> OnPostLabelAsync(string id, string? rater, SetLabel? value, string? note, CancellationToken cancellationToken)
    {
        if (JobId.IsValid(id) && AccessMiddleware.IsInside(HttpContext, key) && value is { } said && PersonName.Clean(rater) is { } name
            && await jobs.FindAsync(id, cancellationToken) is not null)
        {
            book.Label(new ClipLabel(id, name, said, NoteText.Clean(note)));
        }

        return Redirect($"/r/{id}#labels");
    }

    private async Task<Insight> ReadInsightAsync(string id, string attempt, CancellationToken cancellationToken)
    {
        if (await clips.OpenAsync(new ClipName(id, attempt, ResultFiles.Insight), cancellationToken) is not { } file)
        {
            return new Insight();
        }

        await using (file.Content)
        {
            return Insight.Read(file.Content);
        }
    }
}
