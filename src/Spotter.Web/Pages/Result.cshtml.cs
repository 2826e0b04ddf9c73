using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Packs;
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
internal sealed class ResultModel(IJobStore jobs, IClipStore clips, Housekeeping housekeeping, CoachBook book, WaitEstimate waiting, PackCatalogue packs) : PageModel
{
    public ClipStatus Status { get; private set; } = null!;

    public ClipRequest Clip { get; private set; } = null!;

    public ResultCard Card { get; private set; } = null!;

    /// <summary>The report; null while there is none.</summary>
    public Report? Report { get; private set; }

    public ClipTimeline? Timeline { get; private set; }

    public IReadOnlyList<FindingGroup> Findings { get; private set; } = [];

    public IReadOnlyList<MeasureRow> Measures { get; private set; } = [];

    /// <summary>How to stand for the exercise.</summary>
    public Stand Stand => Stand.Of(Report?.Exercise ?? Clip.Exercise ?? "", packs);

    /// <summary>What people said about the set.</summary>
    public IReadOnlyList<ClipLabel> Labels { get; private set; } = [];

    /// <summary>Who lifts; null where nobody is named.</summary>
    public string? Person { get; private set; }

    /// <summary>Whether the person may change something, and not only look at what the link shows.</summary>
    public bool IsInside { get; private set; }

    public string File(string name) => $"/api/clips/{Status.Id}/files/{name}";

    public bool Has(string name) => Status.Files?.Contains(name) == true;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await ClipApi.FindAsync(id, jobs, cancellationToken) is not { } job)
        {
            return NotFound();
        }

        IsInside = AccessMiddleware.IsInside(HttpContext);
        Status = await waiting.DescribeAsync(job, cancellationToken);
        (Clip, Card) = (ClipRequest.Of(job), ResultCard.Of(job));
        Person = IsInside ? SetHistory.PersonOf(Clip, id, book.People()) : null;
        if (ClipOutcome.Of(job) is { } outcome && await clips.OpenAsync(new ClipName(id, outcome.Attempt, ResultFiles.Report), cancellationToken) is { } file)
        {
            using var reader = new StreamReader(file.Content);
            Report = ReportJson.Deserialize(await reader.ReadToEndAsync(cancellationToken));
            var insight = await ReadInsightAsync(id, outcome.Attempt, cancellationToken);
            Timeline = new ClipTimeline(Report, insight);
            Findings = FindingGroup.Of(Report);
            Measures = MeasureRow.Of(Report, insight);
            Labels = IsInside ? book.Labels(id) : [];
        }

        Response.Headers.CacheControl = "private, no-cache";
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (await IsOursAsync(id, cancellationToken))
        {
            await housekeeping.DeleteAsync(id, cancellationToken);
        }

        return Redirect("/");
    }

    public async Task<IActionResult> OnPostRetryAsync(string id, CancellationToken cancellationToken)
    {
        if (await IsOursAsync(id, cancellationToken))
        {
            await jobs.RetryAsync(id, cancellationToken);
        }

        return Redirect($"/r/{id}");
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await IsOursAsync(id, cancellationToken))
        {
            await jobs.CancelAsync(id, cancellationToken);
        }

        return Redirect($"/r/{id}");
    }

    public async Task<IActionResult> OnPostLabelAsync(string id, string? rater, SetLabel? value, string? note, CancellationToken cancellationToken)
    {
        if (value is { } said && PersonName.Clean(rater) is { } name && await IsOursAsync(id, cancellationToken))
        {
            book.Label(new ClipLabel(id, name, said, NoteText.Clean(note)));
        }

        return Redirect($"/r/{id}#labels");
    }

    public async Task<IActionResult> OnPostUnlabelAsync(string id, string? rater, CancellationToken cancellationToken)
    {
        if (rater is not null && await IsOursAsync(id, cancellationToken))
        {
            book.Unlabel(id, rater);
        }

        return Redirect($"/r/{id}#labels");
    }

    public async Task<IActionResult> OnPostPersonAsync(string id, string? person, CancellationToken cancellationToken)
    {
        if (await IsOursAsync(id, cancellationToken))
        {
            book.Name(id, PersonName.Clean(person) ?? "");
        }

        return Redirect($"/r/{id}");
    }

    private async Task<bool> IsOursAsync(string id, CancellationToken cancellationToken) =>
        AccessMiddleware.IsInside(HttpContext) && await ClipApi.FindAsync(id, jobs, cancellationToken) is not null;

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
