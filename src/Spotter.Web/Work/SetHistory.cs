using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>The judged sets, by person, exercise and view.</summary>
internal sealed class SetHistory(IJobStore jobs, IClipStore clips, CoachBook book)
{
    private const int Looked = 2_000;

    /// <summary>Who lifts in a clip: as corrected, else as said when it was handed in; null for nobody named.</summary>
    public static string? PersonOf(ClipRequest request, string job, IReadOnlyDictionary<string, string> corrected) =>
        corrected.TryGetValue(job, out var name) ? (name.Length > 0 ? name : null) : request.Person;

    /// <summary>All clips that pass, newest first; as far back as two thousand clips.</summary>
    /// <param name="after">Id of the last clip of the page before; null to start with the newest.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<HistorySet>> ListAsync(string? after, CancellationToken cancellationToken)
    {
        var (corrected, found) = (book.People(), new List<HistorySet>());
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ClipRequest.Kind, After = after }, cancellationToken))
        {
            found.Add(new HistorySet(job, PersonOf(ClipRequest.Of(job), job.Id, corrected), ClipOutcome.Of(job)));
            if (found.Count == Looked)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The measures of a set; none where they were not stored.</summary>
    public async Task<IReadOnlyList<MeasuredSet>> MeasuresAsync(HistorySet set, CancellationToken cancellationToken)
    {
        if (set.Outcome is not { } outcome || await clips.OpenAsync(new ClipName(set.Job.Id, outcome.Attempt, ResultFiles.Insight), cancellationToken) is not { } file)
        {
            return [];
        }

        await using (file.Content)
        {
            return Insight.Read(file.Content).Measures;
        }
    }
}

/// <summary>A clip in the history.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Person">Who lifts; null where nobody is named.</param>
/// <param name="Outcome">What was committed; null while there is nothing.</param>
internal sealed record HistorySet(Job Job, string? Person, ClipOutcome? Outcome)
{
    /// <summary>Whether it was judged, and so has a place in a development.</summary>
    public bool IsJudged => Outcome is { Exercise: not null, Verdict: not Verdict.CannotJudge };

    /// <summary>Whether it is of a person, an exercise and a view; null for any.</summary>
    public bool Is(string? person, string? exercise, View? view) =>
        (person is null || Person == person) && (exercise is null || Outcome?.Exercise == exercise) && (view is null || Outcome?.View == view);
}
