using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Jobs;

/// <summary>What a store promises when replies are lost and several are at it at once.</summary>
public abstract partial class JobStoreContract
{
    private const int Rounds = 8;

    [Fact]
    public async Task Enqueue_ReplyLost_IsOneJob()
    {
        var job = new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" };
        await Store.EnqueueAsync(job);
        await ClaimAsync();

        var again = await Store.EnqueueAsync(job);

        Assert.Equal((job.Id, JobState.Running), (again.Id, again.State));
        Assert.Single(await Store.ListAsync(new JobQuery()));
    }

    [Fact]
    public async Task Enqueue_SameClientKeyAtOnce_IsOneJob()
    {
        var jobs = await Task.WhenAll(Enumerable.Range(0, Rounds).Select(i => Task.Run(() => EnqueueAsync(key: "upload"))));

        Assert.Single(jobs.Select(job => job.Id).Distinct());
        Assert.Single(await Store.ListAsync(new JobQuery()));
    }

    [Fact]
    public async Task Enqueue_AnyText_ComesBackAsItWas()
    {
        var (key, text) = ("a/b.c#$[]% é\u2028", "{\"title\":\"肩推 \\\"1\\\" \u2028\",\"x\":\"" + new string('y', 20_000) + "\"}");
        var job = await EnqueueAsync(details: text, key: key);
        var claim = await ClaimAsync();

        Assert.True(await Store.FinishAsync(claim.Lease, text));

        Assert.Equal((text, text), (claim.Job.Details, (await Store.FindAsync(job.Id))!.Outcome));
        Assert.Equal(job.Id, (await Store.FindByClientKeyAsync(key))!.Id);
    }

    [Fact]
    public async Task Claim_ThroughTwoStores_EachJobOnce()
    {
        var other = OpenAgain(Policy, time);
        for (var i = 0; i < Rounds; i++)
        {
            await EnqueueAsync();
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 2 * Rounds).Select(i => Task.Run(() => (i % 2 == 0 ? Store : other).ClaimAsync($"worker {i}"))));

        Assert.Equal(Rounds, claims.OfType<ClaimedJob>().Select(claim => claim.Job.Id).Distinct().Count());
        Assert.Equal(Rounds, claims.Count(claim => claim is not null));
    }

    [Fact]
    public async Task Claim_LeaseRanOutManyAtOnce_OneTakesOver()
    {
        await EnqueueAsync();
        await ClaimAsync();
        time.Pass(Policy.LeaseTime);

        var claims = await Task.WhenAll(Enumerable.Range(0, Rounds).Select(i => Task.Run(() => Store.ClaimAsync($"worker {i}"))));

        Assert.Equal(2, Assert.Single(claims.OfType<ClaimedJob>()).Lease.Attempt);
    }

    [Fact]
    public async Task Commit_TwoWorkersAtOnce_OnlyTheHolderOfTheNewestLease()
    {
        var other = OpenAgain(Policy, time);
        for (var round = 0; round < Rounds; round++)
        {
            var job = await EnqueueAsync();
            var late = (await ClaimAsync()).Lease;
            time.Pass(Policy.LeaseTime);
            var newest = (await other.ClaimAsync("other"))!.Lease;

            var commits = await Task.WhenAll(
                Task.Run(() => Store.FinishAsync(late, "late")),
                Task.Run(() => other.FinishAsync(newest, "newest")),
                Task.Run(() => Store.FailAsync(late, new JobProblem("late", ""), retry: false)),
                Task.Run(() => Store.ReleaseAsync(late)));

            Assert.Equal([false, true, false, false], commits);
            Assert.Equal((JobState.Done, "newest", 2), ((await Store.FindAsync(job.Id))!.State, (await Store.FindAsync(job.Id))!.Outcome, (await Store.FindAsync(job.Id))!.Attempts));
        }
    }

    [Fact]
    public async Task Finish_WhileTakenOver_OneOfThemHasTheJob()
    {
        var other = OpenAgain(Policy, time);
        for (var round = 0; round < Rounds; round++)
        {
            var job = await EnqueueAsync();
            var lease = (await ClaimAsync()).Lease;
            time.Pass(Policy.LeaseTime);

            var finishing = Task.Run(() => Store.FinishAsync(lease, "first"));
            var taking = Task.Run(() => other.ClaimAsync("other"));

            Assert.NotEqual(await finishing, await taking is not null);
            Assert.Equal(await finishing ? JobState.Done : JobState.Running, (await Store.FindAsync(job.Id))!.State);
            await Store.DeleteAsync(job.Id);
        }
    }

    [Fact]
    public async Task Finish_WhileCancelled_IsOneOfBoth()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var job = await EnqueueAsync();
            var lease = (await ClaimAsync()).Lease;

            var finishing = Task.Run(() => Store.FinishAsync(lease, "done"));
            var cancelling = Task.Run(() => Store.CancelAsync(job.Id));

            Assert.NotEqual(await finishing, await cancelling);
            Assert.Equal(await finishing ? JobState.Done : JobState.Cancelled, (await Store.FindAsync(job.Id))!.State);
        }
    }

    [Fact]
    public async Task Finish_AskedTwiceAtOnce_BothHearThatItCommitted()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await EnqueueAsync();
            var lease = (await ClaimAsync()).Lease;

            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Store.FinishAsync(lease, "done"))));

            Assert.All(answers, Assert.True);
        }
    }

    [Fact]
    public async Task Heartbeat_ReplyLost_TheOldLeaseGoesOn()
    {
        var job = await EnqueueAsync();
        var lease = (await ClaimAsync()).Lease;
        Assert.NotNull(await Store.HeartbeatAsync(lease, new JobProgress("pose", 1, 2)));

        Assert.NotNull(await Store.HeartbeatAsync(lease, new JobProgress("pose", 2, 2)));
        Assert.True(await Store.FinishAsync(lease, "done"));

        Assert.Equal(JobState.Done, (await Store.FindAsync(job.Id))!.State);
    }

    [Fact]
    public async Task Fail_ReplyLost_CountsOnce()
    {
        var job = await EnqueueAsync();
        var lease = (await ClaimAsync()).Lease;

        Assert.True(await Store.FailAsync(lease, new JobProblem("failed", ""), retry: true));
        Assert.True(await Store.FailAsync(lease, new JobProblem("failed", ""), retry: true));

        var waiting = (await Store.FindAsync(job.Id))!;
        Assert.Equal((JobState.Waiting, 1, time.GetUtcNow() + Policy.FirstBackOff), (waiting.State, waiting.Attempts, waiting.NotBefore));
    }

    [Fact]
    public async Task Release_ReplyLost_CountsOnce()
    {
        var job = await EnqueueAsync();
        await ClaimAsync();
        time.Pass(Policy.LeaseTime);
        var lease = (await ClaimAsync()).Lease;

        Assert.True(await Store.ReleaseAsync(lease));
        Assert.True(await Store.ReleaseAsync(lease));

        Assert.Equal((JobState.Waiting, 1), ((await Store.FindAsync(job.Id))!.State, (await Store.FindAsync(job.Id))!.Attempts));
    }

    [Fact]
    public async Task Postpone_ReplyLost_CountsOnce()
    {
        var job = await EnqueueAsync();
        var lease = (await ClaimAsync()).Lease;

        Assert.True(await Store.PostponeAsync(lease, new JobProblem("no-pack", ""), TimeSpan.FromSeconds(5)));
        Assert.True(await Store.PostponeAsync(lease, new JobProblem("no-pack", ""), TimeSpan.FromSeconds(5)));

        var waiting = (await Store.FindAsync(job.Id))!;
        Assert.Equal((JobState.Waiting, 0, time.GetUtcNow() + TimeSpan.FromSeconds(5)), (waiting.State, waiting.Attempts, waiting.NotBefore));
    }

    [Fact]
    public async Task Crash_AndFailure_CountTogether()
    {
        var job = await EnqueueAsync();
        await ClaimAsync();
        time.Pass(Policy.LeaseTime);
        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("failed", ""), retry: true));
        time.Pass(Policy.LongestBackOff);
        var last = await ClaimAsync();
        Assert.Equal(3, last.Lease.Attempt);

        Assert.True(await Store.FailAsync(last.Lease, new JobProblem("failed", "third"), retry: true));

        Assert.Equal((JobState.SetAside, "third"), ((await Store.FindAsync(job.Id))!.State, (await Store.FindAsync(job.Id))!.Problem!.Text));
    }

    [Fact]
    public async Task Retry_Cancelled_OldLeaseStaysLost()
    {
        var job = await EnqueueAsync();
        var old = (await ClaimAsync()).Lease;
        await Store.CancelAsync(job.Id);
        Assert.True(await Store.RetryAsync(job.Id));

        Assert.False(await Store.ReleaseAsync(old));
        Assert.False(await Store.FinishAsync(old, "late"));
        var claim = await ClaimAsync();
        Assert.False(await Store.FinishAsync(old, "late"));
        Assert.Null(await Store.HeartbeatAsync(old, null));
        Assert.True(await Store.FinishAsync(claim.Lease, "right"));
    }
}
