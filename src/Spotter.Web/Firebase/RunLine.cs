using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase;

/// <summary>
/// The line of jobs before the workers, oldest first. Three indexes of the server hold it: <c>waiting</c> what may be claimed, by the moment it was handed in;
/// <c>later</c> what is in a pause; <c>beat</c> what somebody holds, whose lease may have run out. A stream tells of the first; of the other two nobody tells, so they are
/// looked at from time to time, and when a pause ends that is known here.
/// </summary>
internal sealed class RunLine(RealtimeDatabase database, RunTable runs, JobPolicy policy, TimeProvider time) : IAsyncDisposable
{
    private const int MostCandidates = 8;
    private const int Watched = 4;
    private const int MostCounted = 1000;
    private static readonly TimeSpan CountGoodFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CrowdedFor = TimeSpan.FromSeconds(2);

    private readonly LiveQuery live = new(database, runs.Path, First("waiting", Watched), time);
    private volatile TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Counted? counted;
    private long lookedAt;
    private long lookedAsideAt;
    private long missedAt = long.MinValue;
    private long nextDue = long.MaxValue;

    /// <summary>
    /// Whether nothing is known that may be claimed, so that asking would be in vain. Leases that ran out, and the pauses that others know of, show up nowhere: a
    /// quarter of a lease is the longest time not to look.
    /// </summary>
    public bool IsQuiet(long now) => live.IsLive && time.GetElapsedTime(Volatile.Read(ref lookedAt)) < policy.LeaseTime / 4 && Volatile.Read(ref nextDue) > now
        && !live.Look(children => children.Any(child => RunNode.Read(child.Value)?.IsClaimable(now) == true));

    /// <summary>The oldest jobs that may be claimed; none ends the looking for a while.</summary>
    public async Task<List<string>> CandidatesAsync(long now, CancellationToken cancellationToken)
    {
        var found = await runs.QueryAsync(First("waiting", MostCandidates), cancellationToken);
        if (found.Count == 0 || Volatile.Read(ref nextDue) <= now || time.GetElapsedTime(Volatile.Read(ref lookedAsideAt)) >= policy.LeaseTime / 4)
        {
            var aside = await LookAsideAsync(now, cancellationToken);
            // A job may be in two answers, when it is released between them.
            found = found.Concat(aside).DistinctBy(run => run.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        }

        List<string> candidates =
        [
            .. found.Where(run => run.Value.IsClaimable(now))
                .OrderBy(run => run.Value.Created).ThenBy(run => run.Value.Order, StringComparer.Ordinal).Select(run => run.Key),
        ];
        if (candidates.Count == 0)
        {
            Volatile.Write(ref lookedAt, time.GetTimestamp());
        }

        return candidates;
    }

    /// <summary>
    /// Which of the candidates to try: the oldest, unless others were faster a moment ago. Then each claimer tries another one by chance, as all of them see the same
    /// candidates and only one can have the oldest.
    /// </summary>
    public int Choose(int candidates)
    {
        var missed = Volatile.Read(ref missedAt);
#pragma warning disable CA5394 // spreads claimers, guards nothing
        return missed != long.MinValue && time.GetElapsedTime(missed) < CrowdedFor ? Random.Shared.Next(candidates) : 0;
#pragma warning restore CA5394
    }

    /// <summary>Notes that another claimer was faster.</summary>
    public void Miss() => Volatile.Write(ref missedAt, time.GetTimestamp());

    /// <summary>Notes that the line has changed by a hand of ours, and wakes who waits here.</summary>
    public void Tell()
    {
        Recount();
        Interlocked.Exchange(ref lookedAt, 0);
        Interlocked.Exchange(ref told, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Notes that a job may be claimed at a moment of the server.</summary>
    public void Expect(long later)
    {
        for (var known = Volatile.Read(ref nextDue); later < known;)
        {
            known = Interlocked.CompareExchange(ref nextDue, later, known);
        }

        Recount();
    }

    /// <summary>Notes that places have changed.</summary>
    public void Recount() => counted = null;

    /// <summary>How many wait before a job: counts as far as a thousand, and asks the server once a second at most, however many people watch.</summary>
    public async Task<int> CountBeforeAsync(RunNode run, CancellationToken cancellationToken)
    {
        if (counted is not { } known || time.GetUtcNow() - known.At >= CountGoodFor)
        {
            var (waiting, later) = (runs.QueryAsync(First("waiting", MostCounted), cancellationToken), runs.QueryAsync(First("later", MostCounted), cancellationToken));
            await Task.WhenAll(waiting, later);
            counted = known = new Counted([.. (await waiting).Values, .. (await later).Values], time.GetUtcNow());
        }

        return known.Runs.Count(other => other.IsBefore(run));
    }

    /// <summary>All runs that wait, or all that run; null where they are more than a number.</summary>
    public async Task<IReadOnlyDictionary<string, RunNode>?> StandingAsync(JobState state, int most, CancellationToken cancellationToken)
    {
        string[] indexes = state == JobState.Running ? ["beat"] : ["waiting", "later"];
        var found = await Task.WhenAll(indexes.Select(index => runs.QueryAsync(First(index, most + 1), cancellationToken)));
        return found.Any(part => part.Count > most)
            ? null
            : found.SelectMany(part => part).Where(run => run.Value.State == state).DistinctBy(run => run.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Returns when there may be something to claim, or after a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var (here, there) = (told.Task, live.Changed);
        live.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(here, there, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Stops listening.</summary>
    public ValueTask DisposeAsync() => live.DisposeAsync();

    private static DatabaseQuery First(string index, int count) => new() { OrderBy = index, StartAt = JsonValue.Create(1L), LimitToFirst = count };

    /// <summary>What is claimable though it does not stand in the line: its lease ran out, or its pause is over.</summary>
    private async Task<IEnumerable<KeyValuePair<string, RunNode>>> LookAsideAsync(long now, CancellationToken cancellationToken)
    {
        var silent = runs.QueryAsync(First("beat", MostCandidates) with { EndAt = JsonValue.Create(now - (long)policy.LeaseTime.TotalMilliseconds) }, cancellationToken);
        var later = runs.QueryAsync(First("later", MostCandidates), cancellationToken);
        await Task.WhenAll(silent, later);
        var paused = await later;
        var next = paused.Values.Select(run => run.Later).Where(moment => moment > now).Min();
        Volatile.Write(ref nextDue, next ?? (paused.Count == MostCandidates ? now : long.MaxValue));
        Volatile.Write(ref lookedAsideAt, time.GetTimestamp());
        return (await silent).Concat(paused);
    }

    /// <summary>Those that waited a moment ago.</summary>
    private sealed record Counted(IReadOnlyList<RunNode> Runs, DateTimeOffset At);
}
