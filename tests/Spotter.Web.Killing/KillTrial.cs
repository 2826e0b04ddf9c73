using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Killing;

/// <summary>
/// Several worker processes on one back end, killed and frozen at random, while jobs are handed in and housekeeping goes round. Afterwards every job must have
/// one result, committed once, with its files, and nothing else may be left.
/// </summary>
internal sealed class KillTrial(KillPlace place, KillPlan plan, string folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly Random random = new(plan.Seed);
    private readonly Dictionary<string, string?> outcomes = new(StringComparer.Ordinal);
    private readonly List<string> violations = [];
    private KillableWorker[] workers = [];
    private int kills;
    private int freezes;
    private int hits;
    private volatile int struck;
    private int setAside;

    /// <summary>Runs it.</summary>
    /// <param name="countCommits">After the end, how often jobs came to be done, as the back end itself recorded; null where it does not.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<KillResult> RunAsync(Func<Task<IReadOnlyDictionary<string, int>>>? countCommits = null, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var clock = Stopwatch.StartNew();
        await using var backEnd = await place.Open(new BackEndSetting(folder, KillPlan.Policy(plan.LeaseTime), TimeProvider.System), limit.Token);
        workers = [.. Enumerable.Range(0, plan.Workers).Select(_ => NewWorker())];
        try
        {
            await Task.WhenAll(HandInAsync(backEnd, limit.Token), StrikeAsync(limit.Token), WatchAsync(backEnd, limit.Token));
            var seconds = clock.Elapsed.TotalSeconds;
            foreach (var worker in workers)
            {
                await worker.EndAsync();
            }

            var lost = await CheckAsync(backEnd, limit.Token);
            if (countCommits is not null)
            {
                var counted = await countCommits();
                violations.AddRange(outcomes.Keys.Where(id => counted.GetValueOrDefault(id) != 1).Select(id => $"{id} was committed {counted.GetValueOrDefault(id)} times"));
            }

            return new KillResult(outcomes.Count, kills, freezes, hits, lost, setAside, seconds, violations);
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    private KillableWorker NewWorker() => KillableWorker.Start(place, Path.Combine(folder, "workers"), plan.LeaseTime);

    private async Task HandInAsync(BackEnd backEnd, CancellationToken cancellationToken)
    {
        for (var number = 0; number < plan.Jobs; number++)
        {
            while (!IsTimeFor(number))
            {
                await Task.Delay(Glance, cancellationToken);
            }

            var id = JobId.New();
            var local = Path.Combine(folder, id);
            await File.WriteAllTextAsync(local, id, cancellationToken);
            await backEnd.Clips.SaveAsync(ClipName.Original(id), local, cancellationToken);
            lock (outcomes)
            {
                outcomes[id] = null;
            }

            await backEnd.Jobs.EnqueueAsync(new NewJob { Id = id, Kind = ClipRequest.Kind, Details = "{}" }, cancellationToken);
        }
    }

    /// <summary>Jobs come as long as blows do, and when nobody has work; one at least is kept for each blow to come.</summary>
    private bool IsTimeFor(int number) => struck == plan.Blows || number < ((long)struck * plan.Jobs / plan.Blows) + (2 * plan.Workers)
        || (number < plan.Jobs - (plan.Blows - struck) && !workers.Any(worker => worker.IsAtWork));

    private async Task StrikeAsync(CancellationToken cancellationToken)
    {
        while (struck < plan.Blows)
        {
            await Task.Delay(random.NextDouble() * plan.LongestPause, cancellationToken);
            var hit = await BusyAsync(cancellationToken);
            await Task.Delay(random.NextDouble() * LongestMoment, cancellationToken);
            hits += workers[hit].IsAtWork ? 1 : 0;
            struck++;
            if (random.Next(3) == 0)
            {
                workers[hit].Freeze();
                await Task.Delay(plan.LeaseTime * 1.5, cancellationToken);
                workers[hit].Thaw();
                freezes++;
            }
            else
            {
                workers[hit].Kill();
                workers[hit].Dispose();
                workers[hit] = NewWorker();
                kills++;
            }
        }
    }

    /// <summary>One of the workers that have work, by chance; any that is ready where none has for some time.</summary>
    private async Task<int> BusyAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (atWork, all) = (clock.Elapsed < LongestWait, Enumerable.Range(0, workers.Length).ToArray());
            int[] found = [.. all.Where(at => atWork ? workers[at].IsAtWork : workers[at].Ready.IsCompletedSuccessfully)];
            if (found.Length > 0)
            {
                return found[random.Next(found.Length)];
            }

            await Task.Delay(Glance, cancellationToken);
        }
    }

    /// <summary>Until all is done: a result that was seen once must stay as it is. Cleans up all the while, as servers do.</summary>
    private async Task WatchAsync(BackEnd backEnd, CancellationToken cancellationToken)
    {
        using var housekeeping = NewHousekeeping(backEnd);
        for (var seen = 0; seen < plan.Jobs; await Task.Delay(Look, cancellationToken))
        {
            seen = 0;
            foreach (var job in await backEnd.Jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, Limit = plan.Jobs }, cancellationToken))
            {
                Note(job);
                seen += job.State == JobState.Done ? 1 : 0;
                if (job.State == JobState.SetAside && await backEnd.Jobs.RetryAsync(job.Id, cancellationToken))
                {
                    setAside++;
                }
            }

            await housekeeping.RemoveOrphansAsync(cancellationToken);
        }
    }

    private void Note(Job job)
    {
        lock (outcomes)
        {
            if (outcomes.GetValueOrDefault(job.Id) is { } before && before != job.Outcome)
            {
                violations.Add($"{job.Id} had another result before");
            }

            outcomes[job.Id] = job.Outcome;
        }
    }

    /// <summary>Compares what is stored with what was committed.</summary>
    /// <returns>Attempts that gave no result: those that a job counts beyond the one that was committed.</returns>
    private async Task<int> CheckAsync(BackEnd backEnd, CancellationToken cancellationToken)
    {
        using var housekeeping = NewHousekeeping(backEnd);
        await housekeeping.RemoveOrphansAsync(cancellationToken);
        var lost = 0;
        foreach (var id in outcomes.Keys.ToList())
        {
            var job = (await backEnd.Jobs.FindAsync(id, cancellationToken))!;
            Note(job);
            lost += job.Attempts - 1;
            if (job.State != JobState.Done || ClipOutcome.Of(job) is not { } outcome)
            {
                violations.Add($"{id} is {job.State}");
                continue;
            }

            var attempts = await backEnd.Clips.ListAttemptsAsync(id, cancellationToken);
            if (attempts is not [var only] || only != outcome.Attempt)
            {
                violations.Add($"{id} has the files of attempts {string.Join(", ", attempts)}, and committed {outcome.Attempt}");
            }

            if (await ReadAsync(backEnd.Clips, new ClipName(id, outcome.Attempt, FakeWork.ResultFile), cancellationToken) is var content && content != outcome.Attempt + id)
            {
                violations.Add($"{id} has a result that reads \"{content}\"");
            }
        }

        return lost;
    }

    private static async Task<string?> ReadAsync(IClipStore clips, ClipName name, CancellationToken cancellationToken)
    {
        if (await clips.OpenAsync(name, cancellationToken) is not { } file)
        {
            return null;
        }

        using var reader = new StreamReader(file.Content);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private Housekeeping NewHousekeeping(BackEnd backEnd) =>
        new(backEnd, new ServeOptions { DataFolder = folder }, TimeProvider.System, NullLogger<Housekeeping>.Instance);
}
