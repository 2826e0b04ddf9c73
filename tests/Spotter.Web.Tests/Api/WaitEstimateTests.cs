using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Scoring;
using Spotter.Web.Api;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Api;

public sealed class WaitEstimateTests : IDisposable
{
    private const int Waiting = 230; // more than are looked at
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly SqliteJobStore jobs;

    public WaitEstimateTests()
    {
        database = new EmbeddedDatabase(folder.File("spotter.db"));
        jobs = new SqliteJobStore(database, new JobPolicy(), TimeProvider.System);
    }

    [Fact]
    public async Task Describe_BehindMoreClipsThanAreLookedAt_CountsThemAll()
    {
        await EnqueueAsync();
        var claimed = (await jobs.ClaimAsync("worker"))!;
        await jobs.FinishAsync(claimed.Lease, new ClipOutcome { Attempt = JobId.New(), Verdict = Verdict.Correct, Took = 20, Files = [] }.ToJson());
        var waiting = new List<Job>();
        for (var number = 0; number < Waiting; number++)
        {
            waiting.Add(await EnqueueAsync());
        }

        var estimate = new WaitEstimate(jobs, new WorkSetting(1, TimeSpan.FromMinutes(1)), TimeProvider.System, NullLogger<WaitEstimate>.Instance);
        var (last, middle) = (await DescribeAsync(estimate, waiting[^1]), await DescribeAsync(estimate, waiting[99]));

        Assert.Equal((Waiting - 1, 20.0 * Waiting), (last.Ahead, last.SecondsLeft));
        Assert.Equal((99, 2000.0), (middle.Ahead, middle.SecondsLeft));
    }

    public void Dispose()
    {
        jobs.Dispose();
        database.Close();
        folder.Dispose();
    }

    private Task<Job> EnqueueAsync() => jobs.EnqueueAsync(new NewJob
    {
        Id = JobId.New(), Kind = ClipRequest.Kind, Details = new ClipRequest { Title = "", Language = "en", Container = "mov", Bytes = 1, Seconds = 10 }.ToJson(),
    });

    // It counts beside, so that nobody waits for it.
    private static async Task<ClipStatus> DescribeAsync(WaitEstimate estimate, Job job)
    {
        var status = await estimate.DescribeAsync(job, CancellationToken.None);
        for (var tries = 0; status.SecondsLeft is null && tries < 500; tries++)
        {
            await Task.Delay(10);
            status = await estimate.DescribeAsync(job, CancellationToken.None);
        }

        return status;
    }
}
