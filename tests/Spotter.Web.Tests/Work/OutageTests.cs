using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>A worker while the disk or the clip store cannot be used for a time.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly SqliteJobStore jobs;
    private readonly JobPolicy policy = new() { FirstBackOff = TimeSpan.FromMilliseconds(50), LongestBackOff = TimeSpan.FromMilliseconds(200) };

    public OutageTests()
    {
        database = new EmbeddedDatabase(folder.File("spotter.db"));
        jobs = new SqliteJobStore(database, policy, TimeProvider.System);
    }

    [Theory]
    [InlineData("firebase", "unavailable")]
    [InlineData("network folder", "unavailable")]
    [InlineData("full disk", "no-space")]
    public async Task Store_ThatFailsForAWhile_CostsNoAttempt(string what, string code)
    {
        var clips = DispatchProxy.Create<IClipStore, Failing>();
        var store = (Failing)clips;
        (store.Inner, store.Trouble) = (new FileClipStore(folder.File("clips")), what switch
        {
            "firebase" => new FirebaseException("Cloud Storage cannot be reached.", isTransient: true),
            "network folder" => new IOException("Stale file handle") { HResult = 116 },
            _ => FullDisk(),
        });
        var work = new QuickWork(clips, new Scratch(folder.File("scratch")));
        work.Gate.Release(1000);
        string[] ids = [await EnqueueAsync(), await EnqueueAsync()];
        using var worker = NewWorker(work, clips);
        await worker.StartAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(work.Started > 2 * policy.MaxAttempts));
        foreach (var id in ids)
        {
            Assert.Contains((await jobs.FindAsync(id))!.State, (JobState[])[JobState.Waiting, JobState.Running]);
        }

        await UntilAsync(async () => (await jobs.FindAsync(ids[0]))!.Problem?.Code == code);

        store.Trouble = null;

        foreach (var id in ids)
        {
            await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.Done);
            Assert.Equal(1, (await jobs.FindAsync(id))!.Attempts);
        }

        await worker.StopAsync(CancellationToken.None);
    }

    // The same in a server, as a reader sees it.
    [Fact]
    public async Task Outage_WhileServing_IsToldWhileTheClipWaits()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        var work = server.Services.GetRequiredService<QuickWork>();
        work.Failure = new FirebaseException("Cloud Storage cannot be reached.", isTransient: true);
        work.Gate.Release(1000);

        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString();
        JsonElement status = default;
        await UntilAsync(async () => (status = await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}")).TryGetProperty("problem", out _));

        Assert.Equal(("waiting", "unavailable"), (status.GetProperty("state").GetString(), status.GetProperty("problem").GetProperty("code").GetString()));
        Assert.Contains("goes on by itself", status.GetProperty("problem").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, work.Started); // it rests
    }

    // A client's own limit in the middle of the work is no lost lease.
    [Fact]
    public async Task Timeout_InsideTheWork_EndsTheAttemptAtOnce()
    {
        var clips = new FileClipStore(folder.File("clips"));
        var work = new QuickWork(clips, new Scratch(folder.File("scratch"))) { Failure = new TaskCanceledException("It took too long.") };
        work.Gate.Release(1000);
        var id = await EnqueueAsync();
        using var worker = NewWorker(work, clips);
        await worker.StartAsync(CancellationToken.None);

        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.SetAside);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal(("failed", policy.MaxAttempts), ((await jobs.FindAsync(id))!.Problem!.Code, work.Started));
    }

    public void Dispose()
    {
        jobs.Dispose();
        database.Close();
        folder.Dispose();
    }

    private static IOException FullDisk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        return Assert.ThrowsAny<IOException>(() => File.WriteAllBytes("/dev/full", new byte[1 << 16]));
    }

    private async Task<string> EnqueueAsync() => (await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ClipRequest.Kind, Details = "{}" })).Id;

    private JobWorker NewWorker(IJobWork work, IClipStore clips) =>
        new(jobs, clips, [work], new WorkSetting(1, TimeSpan.FromMinutes(1)), policy, TimeProvider.System, NullLogger<JobWorker>.Instance);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300 && !await condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(await condition());
    }

    /// <summary>A clip store that fails as long as it has trouble.</summary>
    public class Failing : DispatchProxy
    {
        public IClipStore Inner { get; set; } = null!;

        public Exception? Trouble { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Trouble is { } trouble ? throw trouble : targetMethod!.Invoke(Inner, args);
    }
}
