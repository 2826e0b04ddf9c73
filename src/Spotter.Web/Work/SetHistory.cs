using System.Collections.Concurrent;
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
    private const int AtOnce = 16;
    private const int MostKept = 2_000;

    // What an attempt stored never changes.
    private readonly ConcurrentDictionary<(string Job, string Attempt), IReadOnlyList<MeasuredSet>> known = new();

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

    /// <summary>The measures of each set, several read at once, as a store may be far away; none where they were not stored.</summary>
    public async Task<IReadOnlyList<MeasuredSet>[]> MeasuresAsync(IReadOnlyList<HistorySet> sets, CancellationToken cancellationToken)
    {
        var measures = new IReadOnlyList<MeasuredSet>[sets.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, sets.Count, options, async (at, stop) => measures[at] = await MeasuresAsync(sets[at], stop));
        return measures;
    }

    private async Task<IReadOnlyList<MeasuredSet>> MeasuresAsync(HistorySet set, CancellationToken cancellationToken)
    {
        if (set.Outcome is not { } outcome)
        {
            return [];
        }

        var key = (set.Job.Id, outcome.Attempt);
        if (known.TryGetValue(key, out var kept))
        {
            return kept;
        }

        if (await clips.OpenAsync(new ClipName(set.Job.Id, outcome.Attempt, ResultFiles.Insight), cancellationToken) is not { } file)
        {
            return [];
        }

        await using (file.Content)
        {
            var measures = Insight.Read(file.Content).Measures;
            if (known.Count < MostKept)
            {
                known[key] = measures;
            }

            return measures;
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
