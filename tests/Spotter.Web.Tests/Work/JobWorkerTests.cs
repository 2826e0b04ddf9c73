using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>A worker whose store loses replies.</summary>
public sealed class JobWorkerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly SqliteJobStore jobs;
    private readonly FileClipStore clips;

    public JobWorkerTests()
    {
        database = new EmbeddedDatabase(folder.File("spotter.db"));
        jobs = new SqliteJobStore(database, new JobPolicy(), TimeProvider.System);
        clips = new FileClipStore(folder.File("clips"));
    }

    [Theory]
    [InlineData(nameof(IJobStore.FinishAsync), true)]
    [InlineData(nameof(IJobStore.FinishAsync), false)]
    [InlineData(nameof(IJobStore.ClaimAsync), false)]
    [InlineData(nameof(IJobStore.HeartbeatAsync), true)]
    public async Task Reply_LostOrCallNotArrived_CommitsOnceAndKeepsTheFiles(string method, bool arrives)
    {
        var id = (await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ClipRequest.Kind, Details = "{}" })).Id;
        var lossy = DispatchProxy.Create<IJobStore, Lossy>();
        var loss = (Lossy)lossy;
        (loss.Inner, loss.Method, loss.Arrives) = (jobs, method, arrives);
        var work = new QuickWork(clips, new Scratch(folder.File("scratch")));
        using var worker = new JobWorker(
            lossy, clips, [work], new WorkSetting(1, TimeSpan.FromMinutes(1)), new JobPolicy { LeaseTime = TimeSpan.FromSeconds(10) }, TimeProvider.System, NullLogger<JobWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(method != nameof(IJobStore.HeartbeatAsync) || loss.Lost));
        work.Gate.Release(2);

        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.Done && loss.Lost);
        await Task.Delay(100); // whatever it might still do wrong
        await worker.StopAsync(CancellationToken.None);

        var job = (await jobs.FindAsync(id))!;
        Assert.Equal((JobState.Done, 1, 1), (job.State, job.Attempts, work.Started));
        Assert.Equal([ClipOutcome.Of(job)!.Attempt], await clips.ListAttemptsAsync(id));
    }

    public void Dispose()
    {
        jobs.Dispose();
        database.Close();
        folder.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300 && !await condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(await condition());
    }

    /// <summary>A store that once, for one method, breaks off before or after the call went through.</summary>
    public class Lossy : DispatchProxy
    {
        public IJobStore Inner { get; set; } = null!;

        public string Method { get; set; } = "";

        public bool Arrives { get; set; }

        public bool Lost { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != Method || Lost)
            {
                return targetMethod.Invoke(Inner, args);
            }

            Lost = true;
            if (Arrives)
            {
                targetMethod.Invoke(Inner, args);
            }

            throw new IOException("The connection was cut.");
        }
    }
}
