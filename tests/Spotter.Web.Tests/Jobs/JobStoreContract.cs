using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Jobs;

/// <summary>What every job store promises, whatever is behind it. Derive once for each back end.</summary>
public abstract partial class JobStoreContract
{
    protected static readonly JobPolicy Policy = new() { LeaseTime = TimeSpan.FromSeconds(30), MaxAttempts = 3, FirstBackOff = TimeSpan.FromSeconds(10) };

    private readonly ManualTime time = new();
    private IJobStore? opened;

    /// <summary>A store without jobs.</summary>
    protected abstract IJobStore Open(JobPolicy policy, TimeProvider time);

    /// <summary>The same jobs through a store of their own, as another process has it.</summary>
    protected virtual IJobStore OpenAgain(JobPolicy policy, TimeProvider time) => Store;

    /// <summary>Breaks off in the middle of handing in. Where that is one step, nothing of it stays.</summary>
    protected virtual async Task DieWhileEnqueueingAsync(NewJob job, TimeProvider time)
    {
        try
        {
            await Store.EnqueueAsync(job, new CancellationToken(canceled: true));
            await Store.DeleteAsync(job.Id);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private IJobStore Store => opened ??= Open(Policy, time);

    [Fact]
    public async Task Enqueue_NewJob_Waits()
    {
        var job = await EnqueueAsync(details: "{\"a\":1}");

        var found = await Store.FindAsync(job.Id);
        Assert.Equal(JobState.Waiting, found!.State);
        Assert.Equal("{\"a\":1}", found.Details);
        Assert.Equal(0, found.Attempts);
        Assert.Equal(time.GetUtcNow(), found.CreatedAt);
        Assert.False(found.IsOver);
    }

    [Fact]
    public async Task Enqueue_SameClientKey_GivesTheFirstJob()
    {
        var first = await EnqueueAsync(key: "upload-1");
        var second = await EnqueueAsync(key: "upload-1");

        Assert.Equal(first.Id, second.Id);
        Assert.Single(await Store.ListAsync(new JobQuery()));
        Assert.Equal(first.Id, (await Store.FindByClientKeyAsync("upload-1"))!.Id);
        Assert.Null(await Store.FindByClientKeyAsync("upload-2"));
    }

    [Fact]
    public async Task Enqueue_FirstOfItsKeyDiedLongAgo_TheNewJobHasTheKey()
    {
        var dead = new NewJob { Id = JobId.New(), Kind = "judge", Details = "{\"a\":1}", ClientKey = "upload-1" };
        Assert.Empty(await Store.ListAsync(new JobQuery()));
        await DieWhileEnqueueingAsync(dead, time);
        time.Pass(TimeSpan.FromDays(1));

        var job = await EnqueueAsync(details: "{\"a\":2}", key: "upload-1");

        Assert.Equal("{\"a\":2}", job.Details);
        Assert.Null(await Store.FindAsync(dead.Id));
        Assert.Equal(job.Id, (await Store.FindByClientKeyAsync("upload-1"))!.Id);
        Assert.Equal(job.Id, (await EnqueueAsync(key: "upload-1")).Id);
        Assert.Equal(job.Id, Assert.Single(await Store.ListAsync(new JobQuery())).Id);
        Assert.Equal(job.Id, (await ClaimAsync()).Job.Id);
        Assert.Null(await Store.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Claim_SeveralWaiting_OldestFirstAndEachOnce()
    {
        var first = await EnqueueAsync();
        var second = await EnqueueAsync();

        Assert.Equal(first.Id, (await ClaimAsync()).Job.Id);
        Assert.Equal(second.Id, (await ClaimAsync()).Job.Id);
        Assert.Null(await Store.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Claim_ManyWorkersAtOnce_EachJobOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await EnqueueAsync();
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Store.ClaimAsync($"worker {i}"))));

        var ids = claims.OfType<ClaimedJob>().Select(claim => claim.Job.Id).ToList();
        Assert.Equal(20, ids.Count);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task Claim_Taken_RunsWithAttemptAndLease()
    {
        await EnqueueAsync();
        var claim = await ClaimAsync();

        Assert.Equal(JobState.Running, claim.Job.State);
        Assert.Equal(1, claim.Job.Attempts);
        Assert.Equal(1, claim.Lease.Attempt);
        Assert.Equal(time.GetUtcNow() + Policy.LeaseTime, claim.Lease.Until);
    }

    [Fact]
    public async Task Claim_LeaseRanOut_AnotherWorkerTakesOver()
    {
        var job = await EnqueueAsync();
        var first = await ClaimAsync();
        time.Pass(Policy.LeaseTime);

        var second = await ClaimAsync();

        Assert.Equal(job.Id, second.Job.Id);
        Assert.Equal(2, second.Lease.Attempt);
        Assert.Null(await Store.HeartbeatAsync(first.Lease, null));
        Assert.False(await Store.FinishAsync(first.Lease, "late"));
        Assert.False(await Store.FailAsync(first.Lease, new JobProblem("x", ""), retry: true));
        Assert.False(await Store.ReleaseAsync(first.Lease));
        Assert.True(await Store.FinishAsync(second.Lease, "right"));
        Assert.Equal("right", (await Store.FindAsync(job.Id))!.Outcome);
    }

    [Fact]
    public async Task Heartbeat_InTime_KeepsTheLease()
    {
        var job = await EnqueueAsync();
        var lease = (await ClaimAsync()).Lease;
        for (var beat = 1; beat <= 5; beat++)
        {
            time.Pass(Policy.LeaseTime / 2);
            lease = (await Store.HeartbeatAsync(lease, new JobProgress("pose", beat, 5)))!;
            Assert.Null(await Store.ClaimAsync("other"));
        }

        Assert.Equal(new JobProgress("pose", 5, 5), (await Store.FindAsync(job.Id))!.Progress);
        Assert.True(await Store.FinishAsync(lease, "done"));
        Assert.Null((await Store.FindAsync(job.Id))!.Progress);
    }

    [Fact]
    public async Task Finish_HeldLease_CommitsOnce()
    {
        var job = await EnqueueAsync();
        var claim = await ClaimAsync();
        time.Pass(TimeSpan.FromSeconds(3));

        Assert.True(await Store.FinishAsync(claim.Lease, "first"));
        // As if the reply had been lost: the worker asks again and must hear that it has committed.
        Assert.True(await Store.FinishAsync(claim.Lease, "first"));

        var done = (await Store.FindAsync(job.Id))!;
        Assert.Equal((JobState.Done, "first"), (done.State, done.Outcome));
        Assert.Equal(time.GetUtcNow(), done.FinishedAt);
        Assert.Null(await Store.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Fail_WithRetry_WaitsForItsBackOff()
    {
        var job = await EnqueueAsync();
        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("failed", "disk"), retry: true));

        Assert.Equal((JobState.Waiting, "disk"), ((await Store.FindAsync(job.Id))!.State, (await Store.FindAsync(job.Id))!.Problem!.Text));
        Assert.Null(await Store.ClaimAsync("worker"));
        time.Pass(Policy.FirstBackOff);
        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("failed", ""), retry: true));
        time.Pass(Policy.FirstBackOff);
        Assert.Null(await Store.ClaimAsync("worker"));
        time.Pass(Policy.FirstBackOff);
        Assert.Equal(3, (await ClaimAsync()).Lease.Attempt);
    }

    [Fact]
    public async Task Fail_LastAttempt_IsSetAside()
    {
        var job = await EnqueueAsync();
        for (var attempt = 1; attempt <= Policy.MaxAttempts; attempt++)
        {
            Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("failed", $"attempt {attempt}"), retry: true));
            time.Pass(Policy.LongestBackOff);
        }

        var aside = (await Store.FindAsync(job.Id))!;
        Assert.Equal((JobState.SetAside, "attempt 3"), (aside.State, aside.Problem!.Text));
        Assert.NotNull(aside.FinishedAt);
        Assert.Null(await Store.ClaimAsync("worker"));
        Assert.Single(await Store.ListAsync(new JobQuery { State = JobState.SetAside }));
    }

    [Fact]
    public async Task Fail_ForGood_IsSetAsideAtOnce()
    {
        var job = await EnqueueAsync();

        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("unreadable", "no picture"), retry: false));

        Assert.Equal(JobState.SetAside, (await Store.FindAsync(job.Id))!.State);
    }

    [Fact]
    public async Task Crash_AsOftenAsAllowed_IsSetAsideAsCrashed()
    {
        var job = await EnqueueAsync();
        for (var attempt = 1; attempt <= Policy.MaxAttempts; attempt++)
        {
            Assert.Equal(attempt, (await ClaimAsync()).Lease.Attempt);
            time.Pass(Policy.LeaseTime);
        }

        Assert.Null(await Store.ClaimAsync("worker"));
        var aside = (await Store.FindAsync(job.Id))!;
        Assert.Equal((JobState.SetAside, JobProblem.Crashed), (aside.State, aside.Problem!.Code));
    }

    [Fact]
    public async Task Release_Held_DoesNotCountAsAttempt()
    {
        var job = await EnqueueAsync();
        Assert.True(await Store.ReleaseAsync((await ClaimAsync()).Lease));

        Assert.Equal((JobState.Waiting, 0), ((await Store.FindAsync(job.Id))!.State, (await Store.FindAsync(job.Id))!.Attempts));
        Assert.Equal(1, (await ClaimAsync()).Lease.Attempt);
    }

    [Fact]
    public async Task Cancel_Running_TakesTheLease()
    {
        var job = await EnqueueAsync();
        var claim = await ClaimAsync();

        Assert.True(await Store.CancelAsync(job.Id));

        Assert.Null(await Store.HeartbeatAsync(claim.Lease, null));
        Assert.False(await Store.FinishAsync(claim.Lease, "late"));
        Assert.Equal(JobState.Cancelled, (await Store.FindAsync(job.Id))!.State);
        Assert.False(await Store.CancelAsync(job.Id));
    }

    [Fact]
    public async Task Cancel_Waiting_IsNeverClaimed()
    {
        var job = await EnqueueAsync();

        Assert.True(await Store.CancelAsync(job.Id));

        Assert.Null(await Store.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Retry_SetAside_StartsAnew()
    {
        var job = await EnqueueAsync();
        await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("unreadable", ""), retry: false);

        Assert.True(await Store.RetryAsync(job.Id));

        var claim = await ClaimAsync();
        Assert.Equal((job.Id, 1), (claim.Job.Id, claim.Lease.Attempt));
        Assert.Null(claim.Job.Problem);
        Assert.False(await Store.RetryAsync(job.Id));
    }

    [Fact]
    public async Task Delete_Running_TakesTheLeaseAndFreesTheKey()
    {
        var job = await EnqueueAsync(key: "k");
        var claim = await ClaimAsync();

        Assert.True(await Store.DeleteAsync(job.Id));

        Assert.Null(await Store.FindAsync(job.Id));
        Assert.Null(await Store.HeartbeatAsync(claim.Lease, null));
        Assert.False(await Store.FinishAsync(claim.Lease, "late"));
        Assert.False(await Store.DeleteAsync(job.Id));
        Assert.NotEqual(job.Id, (await EnqueueAsync(key: "k")).Id);
    }

    [Fact]
    public async Task CountAhead_Waiting_CountsThoseBefore()
    {
        var first = await EnqueueAsync();
        var second = await EnqueueAsync();
        var third = await EnqueueAsync();

        Assert.Equal(0, await Store.CountAheadAsync(first.Id));
        Assert.Equal(1, await Store.CountAheadAsync(second.Id));
        Assert.Equal(2, await Store.CountAheadAsync(third.Id));
        await ClaimAsync();
        Assert.Equal(1, await Store.CountAheadAsync(third.Id));
    }

    [Fact]
    public async Task List_Pages_NewestFirst()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await EnqueueAsync(kind: i == 2 ? "other" : "judge")).Id);
            time.Pass(TimeSpan.FromSeconds(1));
        }

        var first = await Store.ListAsync(new JobQuery { Limit = 2 });
        var second = await Store.ListAsync(new JobQuery { Limit = 2, After = first[^1].Id });
        var third = await Store.ListAsync(new JobQuery { Limit = 2, After = second[^1].Id });

        Assert.Equal(ids, first.Concat(second).Concat(third).Select(job => job.Id));
        Assert.Equal(ids[2], Assert.Single(await Store.ListAsync(new JobQuery { Kind = "other" })).Id);
    }

    [Fact]
    public async Task List_OfWhatWaitsOrRuns_NewestFirstOfItsKind()
    {
        var ids = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add((await EnqueueAsync(kind: i == 5 ? "other" : "judge", details: $"{i}")).Id);
            time.Pass(TimeSpan.FromSeconds(1));
        }

        // 0 and 2 run, 1 is over, 3 waits for the end of a pause.
        var claims = new List<ClaimedJob>();
        for (var i = 0; i < 4; i++)
        {
            claims.Add(await ClaimAsync());
        }

        Assert.True(await Store.FinishAsync(claims[1].Lease, "done"));
        Assert.True(await Store.PostponeAsync(claims[3].Lease, new JobProblem(JobProblem.Lacking, ""), TimeSpan.FromMinutes(5)));
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal([7, 6, 4, 3], await ListedAsync(new JobQuery { Kind = "judge", State = JobState.Waiting }));
            Assert.Equal([7, 6], await ListedAsync(new JobQuery { Kind = "judge", State = JobState.Waiting, Limit = 2 }));
            Assert.Equal([4, 3], await ListedAsync(new JobQuery { Kind = "judge", State = JobState.Waiting, After = ids[6] }));
            Assert.Equal([7, 6, 5, 4, 3], await ListedAsync(new JobQuery { State = JobState.Waiting }));
            Assert.Equal([2, 0], await ListedAsync(new JobQuery { State = JobState.Running }));
        }

        Assert.Equal("2", (await Store.ListAsync(new JobQuery { State = JobState.Running }))[0].Details);
        Assert.True(await Store.DeleteAsync(ids[7]));
        Assert.Equal([6, 4, 3], await ListedAsync(new JobQuery { Kind = "judge", State = JobState.Waiting }));

        async Task<IEnumerable<int>> ListedAsync(JobQuery query) => (await Store.ListAsync(query)).Select(job => ids.IndexOf(job.Id));
    }

    [Fact]
    public async Task WaitForWork_JobComes_Returns()
    {
        while (await Store.ClaimAsync("worker") is not null)
        {
        }

        var wait = Store.WaitForWorkAsync(TimeSpan.FromSeconds(20));
        await EnqueueAsync();

        await wait.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private Task<Job> EnqueueAsync(string kind = "judge", string details = "{}", string? key = null) =>
        Store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = kind, Details = details, ClientKey = key });

    private async Task<ClaimedJob> ClaimAsync()
    {
        var claimed = await Store.ClaimAsync("worker");
        Assert.NotNull(claimed);
        return claimed;
    }
}
