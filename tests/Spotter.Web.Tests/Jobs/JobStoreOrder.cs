using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Jobs;

/// <summary>Who comes when: what was handed in first, whatever became of it since.</summary>
public abstract partial class JobStoreContract
{
    private const int Many = 24;

    [Fact]
    public async Task Claim_ManyWaiting_OldestFirst()
    {
        var ids = await EnqueueManyAsync();

        for (var i = 0; i < Many; i++)
        {
            Assert.Equal(Many - 1 - i, await Store.CountAheadAsync(ids[^1]));
            Assert.Equal(ids[i], (await ClaimAsync()).Job.Id);
            time.Pass(TimeSpan.FromSeconds(1)); // places may be known by a count that is a second old
        }
    }

    [Fact]
    public async Task Release_ManyWaiting_IsFirstAgain()
    {
        var ids = await EnqueueManyAsync();

        Assert.True(await Store.ReleaseAsync((await ClaimAsync()).Lease));

        await AssertFirstAsync(ids[0], ids[1]);
    }

    [Fact]
    public async Task Fail_ManyWaiting_IsFirstAgainAfterItsBackOff()
    {
        var ids = await EnqueueManyAsync();

        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("failed", ""), retry: true));
        var second = await ClaimAsync();
        Assert.Equal(ids[1], second.Job.Id);
        Assert.True(await Store.ReleaseAsync(second.Lease));
        time.Pass(Policy.FirstBackOff);

        await AssertFirstAsync(ids[0], ids[1]);
    }

    [Fact]
    public async Task Postpone_ManyWaiting_IsFirstAgainAfterThePause()
    {
        var ids = await EnqueueManyAsync();

        var problem = new JobProblem(JobProblem.Lacking, "no such pack") { Since = time.GetUtcNow() };
        Assert.True(await Store.PostponeAsync((await ClaimAsync()).Lease, problem, TimeSpan.FromSeconds(20)));
        time.Pass(TimeSpan.FromSeconds(19));
        var second = await ClaimAsync();
        Assert.Equal(ids[1], second.Job.Id);
        Assert.True(await Store.ReleaseAsync(second.Lease));
        Assert.Equal((JobState.Waiting, 0, problem), ((await Store.FindAsync(ids[0]))!.State, (await Store.FindAsync(ids[0]))!.Attempts, (await Store.FindAsync(ids[0]))!.Problem!));
        time.Pass(TimeSpan.FromSeconds(1));

        // Whoever claims it next sees since when it waits.
        var again = await ClaimAsync();
        Assert.Equal((ids[0], problem), (again.Job.Id, again.Job.Problem!));
        Assert.True(await Store.ReleaseAsync(again.Lease));
        await AssertFirstAsync(ids[0], ids[1]);
    }

    [Fact]
    public async Task Postpone_LeaseLost_IsRefused()
    {
        await EnqueueAsync();
        var late = (await ClaimAsync()).Lease;
        time.Pass(Policy.LeaseTime);
        await ClaimAsync();

        Assert.False(await Store.PostponeAsync(late, new JobProblem("no-pack", ""), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Retry_ManyWaiting_IsFirstAgain()
    {
        var ids = await EnqueueManyAsync();

        Assert.True(await Store.FailAsync((await ClaimAsync()).Lease, new JobProblem("unreadable", ""), retry: false));
        Assert.True(await Store.RetryAsync(ids[0]));

        await AssertFirstAsync(ids[0], ids[1]);
    }

    [Fact]
    public async Task Crash_ManyWaiting_IsFirstAgain()
    {
        var ids = await EnqueueManyAsync();

        await ClaimAsync();
        time.Pass(Policy.LeaseTime);

        Assert.Equal(ids[0], (await ClaimAsync()).Job.Id);
        Assert.Equal(ids[1], (await ClaimAsync()).Job.Id);
    }

    private async Task AssertFirstAsync(string first, string second)
    {
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1), (await Store.CountAheadAsync(first), await Store.CountAheadAsync(second)));
        Assert.Equal(first, (await ClaimAsync()).Job.Id);
        Assert.Equal(second, (await ClaimAsync()).Job.Id);
    }

    private async Task<List<string>> EnqueueManyAsync()
    {
        var ids = new List<string>();
        for (var i = 0; i < Many; i++)
        {
            ids.Add((await EnqueueAsync()).Id);
            time.Pass(TimeSpan.FromMilliseconds(1));
        }

        return ids;
    }
}
