using System.Collections.Concurrent;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase;

/// <summary>
/// Jobs in a Firebase Realtime Database. Every step of a job is one conditional write of its small node under <c>runs</c>; the tag of that node fences the
/// holder of the lease, and the nonce in it tells a writer whose reply was lost that it had written. The layout is in docs/firebase.md.
/// </summary>
public sealed class FirebaseJobStore : IJobStore, IAsyncDisposable
{
    private const int MostTurns = 50;
    private const int ShortestPage = 100;
    private const int MostStanding = 200;
    private const int MostKnown = 1000;

    // From the reserving of a key to the job no process needs longer, even while the database is out of reach: it gives up first.
    private static readonly TimeSpan LongestHandIn = TimeSpan.FromHours(1);

    private readonly JobPolicy policy;
    private readonly ServerClock clock;
    private readonly JobTable jobs;
    private readonly RunTable runs;
    private readonly RunLine line;
    private readonly PushId orders = new();
    private readonly ConcurrentDictionary<string, JobNode> known = new(StringComparer.Ordinal);

    /// <summary>Opens the store; nothing is sent yet.</summary>
    /// <param name="database">The database; stays the caller's.</param>
    /// <param name="root">The node below which everything of Spotter lies.</param>
    /// <param name="policy">How patient to be.</param>
    /// <param name="time">The clock.</param>
    public FirebaseJobStore(RealtimeDatabase database, DatabasePath root, JobPolicy policy, TimeProvider time)
    {
        this.policy = policy;
        clock = new ServerClock(database, root.Child("clock"), time);
        jobs = new JobTable(database, root);
        runs = new RunTable(database, root.Child("runs"), clock);
        line = new RunLine(database, runs, policy, time);
    }

    /// <summary>Finds out whether the store can be used: writes the server's time, and runs the queries that need indexes.</summary>
    /// <exception cref="FirebaseException">It cannot; the message says what to do.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        await line.CandidatesAsync(await NowAsync(cancellationToken), cancellationToken);
        await jobs.PageAsync(null, null, 1, runs, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Job> EnqueueAsync(NewJob job, CancellationToken cancellationToken = default)
    {
        var node = new JobNode
        {
            Id = job.Id,
            Kind = job.Kind,
            Details = job.Details,
            Order = orders.Next(await clock.NowAsync(cancellationToken)),
            Key = job.ClientKey is null ? null : JobNode.KeyOf(job.ClientKey),
        };
        if (node.Key is not null)
        {
            (node, var known) = await ReserveAsync(node, cancellationToken);
            if (known is not null)
            {
                return known;
            }
        }

        return await AddAsync(node, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ClaimedJob?> ClaimAsync(string worker, CancellationToken cancellationToken = default)
    {
        var now = await NowAsync(cancellationToken);
        if (line.IsQuiet(now))
        {
            return null;
        }

        for (var turn = 0; turn < MostTurns; turn++)
        {
            var candidates = await line.CandidatesAsync(now, cancellationToken);
            if (candidates.Count == 0)
            {
                return null;
            }

            while (candidates.Count > 0)
            {
                var chosen = line.Choose(candidates.Count);
                if (await TryClaimAsync(candidates[chosen], worker, now, cancellationToken) is { } claimed)
                {
                    line.Recount();
                    return claimed;
                }

                candidates.RemoveAt(chosen);
            }

            now = await NowAsync(cancellationToken);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<Lease?> HeartbeatAsync(Lease lease, JobProgress? progress, CancellationToken cancellationToken = default)
    {
        var held = await runs.WriteHeldAsync(
            lease, run => run with { Beat = RunNode.ServerTime, Lease = LeaseMilliseconds, Progress = progress ?? run.Progress }, cancellationToken);
        return held is { Run.State: JobState.Running } ? LeaseOf(lease.JobId, held) : null;
    }

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(Lease lease, string outcome, CancellationToken cancellationToken = default)
    {
        var held = await runs.WriteHeldAsync(
            lease, run => run.LetGo() with { State = JobState.Done, Outcome = outcome, Finished = RunNode.ServerTime, Problem = null }, cancellationToken);
        return held is { Run.State: JobState.Done };
    }

    /// <inheritdoc/>
    public async Task<bool> FailAsync(Lease lease, JobProblem problem, bool retry, CancellationToken cancellationToken = default)
    {
        var again = retry && lease.Attempt < policy.MaxAttempts;
        var later = await LaterAsync(policy.BackOff(lease.Attempt), cancellationToken);
        var held = await runs.WriteHeldAsync(
            lease,
            run => again
                ? run.LetGo() with { State = JobState.Waiting, Later = later, Problem = problem }
                : run.LetGo() with { State = JobState.SetAside, Finished = RunNode.ServerTime, Problem = problem },
            cancellationToken);
        line.Expect(again ? later : long.MaxValue);
        return held is not null && held.Run.State == (again ? JobState.Waiting : JobState.SetAside);
    }

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        var held = await runs.WriteHeldAsync(
            lease,
            run => run.LetGo() with { State = JobState.Waiting, Waiting = run.Created, Attempts = run.Attempts - 1 },
            cancellationToken);
        line.Tell();
        return held is { Run.State: JobState.Waiting };
    }

    /// <inheritdoc/>
    public async Task<bool> PostponeAsync(Lease lease, JobProblem problem, TimeSpan pause, CancellationToken cancellationToken = default)
    {
        var later = await LaterAsync(pause, cancellationToken);
        var held = await runs.WriteHeldAsync(
            lease,
            run => run.LetGo() with { State = JobState.Waiting, Later = later, Attempts = run.Attempts - 1, Problem = problem },
            cancellationToken);
        line.Expect(later);
        return held is { Run.State: JobState.Waiting };
    }

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        var cancelled = await runs.ChangeAsync(
            id,
            run => run.State is JobState.Waiting or JobState.Running
                ? run.LetGo() with { State = JobState.Cancelled, Waiting = null, Later = null, Finished = RunNode.ServerTime }
                : null,
            cancellationToken);
        line.Recount();
        return cancelled;
    }

    /// <inheritdoc/>
    public async Task<bool> RetryAsync(string id, CancellationToken cancellationToken = default)
    {
        var started = await runs.ChangeAsync(
            id,
            run => run.State is JobState.SetAside or JobState.Cancelled
                ? run with { State = JobState.Waiting, Waiting = run.Created, Attempts = 0, Finished = null, Problem = null }
                : null,
            cancellationToken);
        line.Tell();
        return started;
    }

    /// <inheritdoc/>
    public async Task<Job?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var (job, run) = (jobs.FindAsync(id, cancellationToken), runs.FindAsync(id, cancellationToken));
        await Task.WhenAll(job, run);
        return (await run)?.Run is { } stands ? (await job)?.With(stands) : null;
    }

    /// <inheritdoc/>
    public async Task<Job?> FindByClientKeyAsync(string clientKey, CancellationToken cancellationToken = default) =>
        await jobs.FindByKeyAsync(JobNode.KeyOf(clientKey), cancellationToken) is { } node ? await FindAsync(node.Id, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<int> CountAheadAsync(string id, CancellationToken cancellationToken = default) =>
        await runs.FindAsync(id, cancellationToken) is { } found ? await line.CountBeforeAsync(found.Run, cancellationToken) : 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        if (query is { State: JobState.Waiting or JobState.Running, After: null } && await StandingAsync(query, cancellationToken) is { } standing)
        {
            return standing;
        }

        string? below = null;
        if (query.After is not null)
        {
            below = (await jobs.FindAsync(query.After, cancellationToken))?.Order;
            if (below is null)
            {
                return [];
            }
        }

        var found = new List<Job>();
        var length = query.Limit;
        while (found.Count < query.Limit)
        {
            var page = await jobs.PageAsync(query.Kind, below, length, runs, cancellationToken);
            found.AddRange(page.Where(job => job.Run is not null && (query.State ?? job.Run.State) == job.Run.State)
                .Take(query.Limit - found.Count).Select(job => job.Node.With(job.Run!)));
            if (page.Count < length)
            {
                break;
            }

            below = page[^1].Node.Order;
            length = Math.Max(length, ShortestPage);
        }

        return found;
    }

    /// <summary>
    /// Those that wait or run, by the indexes of the line: they are few among all that are kept. What is to be done never changes, so it is read once.
    /// </summary>
    /// <returns>The jobs; null where so many are in the line that a page of the list holds enough of them.</returns>
    private async Task<IReadOnlyList<Job>?> StandingAsync(JobQuery query, CancellationToken cancellationToken)
    {
        if (await line.StandingAsync(query.State!.Value, MostStanding, cancellationToken) is not { } standing)
        {
            return null;
        }

        if (known.Count > MostKnown)
        {
            known.Clear();
        }

        var wanted = standing.Where(run => query.Kind is null || run.Value.Listing == $"{query.Kind} {run.Value.Order}")
            .OrderByDescending(run => run.Value.Order, StringComparer.Ordinal).Take(query.Limit).ToList();
        var nodes = await Task.WhenAll(wanted.Select(async run =>
            known.TryGetValue(run.Key, out var node) || await jobs.FindAsync(run.Key, cancellationToken) is not { } read ? node : known[run.Key] = read));
        return [.. nodes.Zip(wanted).Where(pair => pair.First is not null).Select(pair => pair.First!.With(pair.Second.Value))];
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        var (job, run) = (jobs.FindAsync(id, cancellationToken), runs.FindAsync(id, cancellationToken));
        await Task.WhenAll(job, run);
        if (await job is null && await run is null)
        {
            return false;
        }

        await jobs.DeleteAsync(id, (await job)?.Key, cancellationToken);
        line.Recount();
        return await run is not null;
    }

    /// <inheritdoc/>
    public Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => line.WaitAsync(atMost, cancellationToken);

    /// <summary>Stops listening.</summary>
    public ValueTask DisposeAsync() => line.DisposeAsync();

    private async ValueTask<long> NowAsync(CancellationToken cancellationToken) => (await clock.NowAsync(cancellationToken)).ToUnixTimeMilliseconds();

    private async ValueTask<long> LaterAsync(TimeSpan pause, CancellationToken cancellationToken) => await NowAsync(cancellationToken) + (long)pause.TotalMilliseconds;

    private long LeaseMilliseconds => (long)policy.LeaseTime.TotalMilliseconds;

    private Lease LeaseOf(string id, TaggedRun held) => new(id, held.ToToken(), held.Run.Attempts, clock.ToLocal(held.Run.HeldUntil ?? 0));

    /// <summary>
    /// Reserves the client key. Whoever came first may have died before the job was there: then it is handed in for them, as they may still be at it. Once nobody can be, the key
    /// goes to the new job, since what the old one was to work on may be gone.
    /// </summary>
    /// <returns>The job to hand in, and the one that is known already by the key; null where none is.</returns>
    private async Task<(JobNode Node, Job? Known)> ReserveAsync(JobNode job, CancellationToken cancellationToken)
    {
        var (holder, tag) = await jobs.ReserveAsync(job, RealtimeDatabase.NoValueTag, cancellationToken);
        while (holder.Id != job.Id)
        {
            if (await FindAsync(holder.Id, cancellationToken) is { } known)
            {
                return (holder, known);
            }

            if (PushId.MomentOf(job.Order) - PushId.MomentOf(holder.Order) < LongestHandIn)
            {
                return (holder, null);
            }

            var dead = holder.Id;
            (holder, tag) = await jobs.ReserveAsync(job, tag, cancellationToken);
            if (holder.Id == job.Id)
            {
                await jobs.DeleteAsync(dead, null, cancellationToken);
            }
        }

        return (holder, null);
    }

    private async Task<Job> AddAsync(JobNode job, CancellationToken cancellationToken)
    {
        // The job stands before its run does: a run is what makes it exist for workers and lists.
        job = await jobs.AddAsync(job, cancellationToken);
        var run = new RunNode
        {
            State = JobState.Waiting,
            Order = job.Order,
            Listing = job.Listing,
            Created = RunNode.ServerTime,
            Nonce = JobId.New(),
            Waiting = RunNode.ServerTime,
        };
        var now = await runs.AddAsync(job.Id, run, cancellationToken)
            ?? throw new FirebaseException($"Something that Spotter did not write stands at {runs.Path.Child(job.Id)}.");
        line.Tell();
        return job.With(now.Run);
    }

    private async Task<ClaimedJob?> TryClaimAsync(string id, string worker, long now, CancellationToken cancellationToken)
    {
        var (reading, finding) = (jobs.FindAsync(id, cancellationToken), runs.FindAsync(id, cancellationToken));
        await Task.WhenAll(reading, finding);
        if (await finding is not { } seen || !seen.Run.IsClaimable(now))
        {
            line.Miss();
            return null;
        }

        if (await reading is not { } job)
        {
            // Somebody removed the job by hand: nobody can know what was to be done.
            await runs.TryDeleteAsync(id, seen, cancellationToken);
            return null;
        }

        if (seen.Run.State == JobState.Running && seen.Run.Attempts >= policy.MaxAttempts)
        {
            var problem = new JobProblem(JobProblem.Crashed, "");
            await runs.TryTakeAsync(
                id, seen, seen.Run.LetGo() with { State = JobState.SetAside, Nonce = JobId.New(), Problem = problem, Finished = RunNode.ServerTime }, cancellationToken);
            return null;
        }

        var next = seen.Run with
        {
            State = JobState.Running,
            Attempts = seen.Run.Attempts + 1,
            Nonce = JobId.New(),
            Waiting = null,
            Later = null,
            Beat = RunNode.ServerTime,
            Lease = LeaseMilliseconds,
            Worker = worker,
            Progress = null,
        };
        if (await runs.TryTakeAsync(id, seen, next, cancellationToken) is not { } taken)
        {
            line.Miss();
            return null;
        }

        return new ClaimedJob(job.With(taken.Run), LeaseOf(id, taken));
    }
}
