using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Scoring;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages;

/// <summary>How a person's measures and verdicts develop.</summary>
internal sealed class HistoryModel(IJobStore jobs, IClipStore clips) : PageModel
{
    private const int PageLength = 24;
    private const int MostSets = 120;

    public IReadOnlyList<string> Exercises { get; private set; } = [];

    public IReadOnlyList<string> People { get; private set; } = [];

    public string? Exercise { get; private set; }

    public string? Person { get; private set; }

    public IReadOnlyList<Trend> Trends { get; private set; } = [];

    public IReadOnlyList<ResultCard> Cards { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task OnGetAsync(string? exercise, string? person, string? after, CancellationToken cancellationToken)
    {
        var cards = await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, After = JobId.IsValid(after) ? after : null, Limit = PageLength + 1 }, cancellationToken);
        Cards = [.. cards.Take(PageLength).Select(ResultCard.Of)];
        Next = cards.Count > PageLength ? cards[PageLength - 1].Id : null;

        var done = (await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Done, Limit = 2 * MostSets }, cancellationToken))
            .Select(job => (Job: job, Request: ClipRequest.Of(job), Outcome: ClipOutcome.Of(job)!))
            .Where(set => set.Outcome is { Exercise: not null, Verdict: not Verdict.CannotJudge })
            .ToList();
        Exercises = [.. done.Select(set => set.Outcome.Exercise!).Distinct(StringComparer.Ordinal)];
        People = [.. done.Select(set => set.Request.Person).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture)];
        Exercise = Exercises.Contains(exercise, StringComparer.Ordinal) ? exercise : Exercises.Count > 0 ? Exercises[0] : null;
        Person = People.Contains(person, StringComparer.Ordinal) ? person : null;
        var sets = done.Where(set => set.Outcome.Exercise == Exercise && (Person is null || set.Request.Person == Person)).Take(MostSets).Reverse().ToList();
        Trends = sets.Count > 1 ? await DrawAsync([.. sets.Select(set => (set.Job, set.Outcome))], cancellationToken) : [];
    }

    private async Task<IReadOnlyList<Trend>> DrawAsync(IReadOnlyList<(Job Job, ClipOutcome Outcome)> sets, CancellationToken cancellationToken)
    {
        var share = sets.Select(set => new TrendPoint(
            set.Job.CreatedAt, 1 - ((double)set.Outcome.Incorrect / Math.Max(1, set.Outcome.Repetitions)), set.Job.Id, set.Outcome.Verdict == Verdict.Correct)).ToList();
        var trends = new List<Trend> { new(PageTexts.Get("history.good-share"), share, 0, 1, value => Amounts.Text("fraction", value)) };
        var measured = new List<(Job Job, bool IsGood, MeasuredSet Set)>();
        foreach (var (job, outcome) in sets)
        {
            if (await clips.OpenAsync(new ClipName(job.Id, outcome.Attempt, ResultFiles.Insight), cancellationToken) is { } file)
            {
                await using (file.Content)
                {
                    measured.AddRange(Insight.Read(file.Content).Measures.Select(set => (job, outcome.Verdict == Verdict.Correct, set)));
                }
            }
        }

        foreach (var group in measured.Where(entry => !double.IsNaN(entry.Set.Typical)).GroupBy(entry => entry.Set.Measure).Where(group => group.Count() > 1))
        {
            var latest = group.Last().Set;
            trends.Add(new Trend(
                Texts.Find("measure." + group.Key) ?? group.Key,
                [.. group.Select(entry => new TrendPoint(entry.Job.CreatedAt, entry.Set.Typical, entry.Job.Id, entry.IsGood))],
                latest.Low,
                latest.High,
                value => Amounts.Text(latest.Unit, value)));
        }

        return trends;
    }
}
