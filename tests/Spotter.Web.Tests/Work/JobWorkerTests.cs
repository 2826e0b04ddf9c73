using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Packs;
using Spotter.Video;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>A worker whose store loses replies.</summary>
public sealed class JobWorkerTests : IDisposable
{
    private static readonly TimeSpan BackOff = TimeSpan.FromMinutes(2);

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

    [Fact]
    public async Task Tool_GoneMissing_GivesTheJobBackAndSaysSo()
    {
        var id = await EnqueueAsync();
        var work = new QuickWork(clips, new Scratch(folder.File("scratch"))) { Failure = new MissingToolException("ffmpeg is not installed.", "ffmpeg") };
        using var worker = NewWorker(work, isShared: true);
        await worker.StartAsync(CancellationToken.None);
        work.Gate.Release(10);

        var error = await Assert.ThrowsAsync<MissingToolException>(() => worker.Missing.WaitAsync(TimeSpan.FromSeconds(30)));
        await Task.Delay(200);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal("ffmpeg is not installed.", error.Message);
        Assert.Equal((JobState.Waiting, 0, 1), ((await jobs.FindAsync(id))!.State, (await jobs.FindAsync(id))!.Attempts, work.Started));
    }

    [Fact]
    public async Task Pack_NotOnThisMachine_LeavesTheJobToOthersAndGoesOn()
    {
        var (id, work) = (await EnqueueAsync(), new QuickWork(clips, new Scratch(folder.File("scratch"))) { Failure = new UnfitMachineException("There is no pack.") });
        using var worker = NewWorker(work, isShared: true);
        await worker.StartAsync(CancellationToken.None);
        work.Gate.Release(1);
        await UntilAsync(async () => (await jobs.FindAsync(id))!.Problem is not null);

        var postponed = (await jobs.FindAsync(id))!;
        Assert.Equal((JobState.Waiting, 0, "no-pack"), (postponed.State, postponed.Attempts, postponed.Problem!.Code));
        Assert.InRange(postponed.NotBefore - DateTimeOffset.UtcNow, BackOff / 2, BackOff);

        work.Failure = null;
        var next = await EnqueueAsync();
        work.Gate.Release(1);
        await UntilAsync(async () => (await jobs.FindAsync(next))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(JobState.Waiting, (await jobs.FindAsync(id))!.State);
    }

    [Fact]
    public async Task Pack_BeingLearntAgain_IsWaitedForWithoutAnotherMachine()
    {
        var (id, work) = (await EnqueueAsync(), new QuickWork(clips, new Scratch(folder.File("scratch"))) { Failure = new UnfitMachineException("Learnt again.") { IsBeingLearnt = true } });
        using var worker = NewWorker(work, isShared: false, new JobPolicy { FirstBackOff = TimeSpan.FromMilliseconds(300) });
        await worker.StartAsync(CancellationToken.None);
        work.Gate.Release(1);
        await UntilAsync(async () => (await jobs.FindAsync(id))!.Problem is not null);
        var waiting = (await jobs.FindAsync(id))!;

        work.Failure = null;
        work.Gate.Release(10);
        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal((JobProblem.BeingLearnt, 0), (waiting.Problem!.Code, waiting.Attempts));
    }

    [Fact]
    public async Task Pack_OnNoMachineForLong_SetsTheJobAsideUntilItIsStartedAnew()
    {
        var (id, work) = (await EnqueueAsync(), new QuickWork(clips, new Scratch(folder.File("scratch"))) { Failure = new UnfitMachineException("There is no pack for juggling.") });
        var policy = new JobPolicy { FirstBackOff = TimeSpan.FromMilliseconds(300), LongestBackOff = TimeSpan.FromMilliseconds(300), LongestLacking = TimeSpan.FromSeconds(1) };
        using var worker = NewWorker(work, isShared: true, policy);
        await worker.StartAsync(CancellationToken.None);
        work.Gate.Release(1000);
        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.SetAside);

        var aside = (await jobs.FindAsync(id))!;
        Assert.Equal(("no-machine", "There is no pack for juggling."), (aside.Problem!.Code, aside.Problem.Text));
        Assert.InRange(aside.FinishedAt!.Value - aside.CreatedAt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.InRange(work.Started, 2, 5);

        // Started anew, it waits as long again, though it was handed in long ago; and a machine that has the pack does it.
        Assert.True(await jobs.RetryAsync(id));
        await UntilAsync(async () => (await jobs.FindAsync(id))!.Problem is { Code: JobProblem.Lacking, Since: { } since } && since > aside.FinishedAt);
        work.Failure = null;
        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("alone")]
    [InlineData("gone")]
    [InlineData("too long")]
    public async Task Failure_ThatNoOtherMachineWouldMend_SetsTheJobAside(string what)
    {
        var id = await EnqueueAsync();
        var work = new QuickWork(clips, new Scratch(folder.File("scratch")))
        {
            Failure = what switch
            {
                "alone" => new UnfitMachineException("There is no pack."),
                "gone" => new PackFormatException("The taught pack is gone."),
                _ => new VideoFormatException("The clip is too long.") { Kind = "too-long" },
            },
        };
        using var worker = NewWorker(work, isShared: what != "alone");
        await worker.StartAsync(CancellationToken.None);
        work.Gate.Release(1);

        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.SetAside);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal((1, what == "too long" ? "too-long" : "pack-missing"), ((await jobs.FindAsync(id))!.Attempts, (await jobs.FindAsync(id))!.Problem!.Code));
    }

    public void Dispose()
    {
        jobs.Dispose();
        database.Close();
        folder.Dispose();
    }

    private async Task<string> EnqueueAsync() => (await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ClipRequest.Kind, Details = "{}" })).Id;

    private JobWorker NewWorker(IJobWork work, bool isShared, JobPolicy? policy = null) => new(
        jobs, clips, [work], new WorkSetting(1, TimeSpan.FromMinutes(1)) { IsShared = isShared }, policy ?? new JobPolicy { FirstBackOff = BackOff }, TimeProvider.System, NullLogger<JobWorker>.Instance);

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
