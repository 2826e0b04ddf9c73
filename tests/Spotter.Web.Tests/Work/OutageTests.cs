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
    private readonly NodeServers servers;
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly SqliteJobStore jobs;
    private readonly JobPolicy policy = new() { FirstBackOff = TimeSpan.FromMilliseconds(50), LongestBackOff = TimeSpan.FromMilliseconds(200) };

    public OutageTests(NodeServers servers)
    {
        this.servers = servers;
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

    [Theory]
    [InlineData("folder")]
    [InlineData("s3")]
    [InlineData("firebase")]
    public async Task Clip_GoneFromTheStore_IsSetAsideWithItsReasonAfterFewAttempts(string store)
    {
        var clips = store switch
        {
            "s3" => (IClipStore)servers.OpenS3($"s3://clips/{Guid.NewGuid():N}"),
            "firebase" => servers.OpenFirebaseStorage(),
            _ => new FileClipStore(folder.File("clips"), isShared: true),
        };
        using var closing = clips as IDisposable;
        var (gone, there) = (await EnqueueAsync(), await EnqueueAsync());
        await StoreAsync(clips, there);
        using var worker = NewWorker(new Fetching(clips, new Scratch(folder.File("scratch"))), clips);
        await worker.StartAsync(CancellationToken.None);

        await UntilAsync(async () => (await jobs.FindAsync(gone))!.State == JobState.SetAside && (await jobs.FindAsync(there))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);

        var job = (await jobs.FindAsync(gone))!;
        Assert.Equal(("clip-missing", policy.MaxAttempts), (job.Problem!.Code, job.Attempts));
    }

    [Fact]
    public async Task Clip_ThatAStoreNeverGivesOutThoughItWorks_IsSetAsideWithItsReason()
    {
        var clips = DispatchProxy.Create<IClipStore, Failing>();
        var store = (Failing)clips;
        (store.Inner, store.Trouble) = (new FileClipStore(folder.File("clips")), new FirebaseException("What was read is not what was stored.", isTransient: true));
        var (bad, good) = (await EnqueueAsync(), await EnqueueAsync());
        store.Job = bad;
        await StoreAsync(store.Inner, bad);
        await StoreAsync(store.Inner, good);
        using var worker = NewWorker(new Fetching(clips, new Scratch(folder.File("scratch"))), clips);
        await worker.StartAsync(CancellationToken.None);

        await UntilAsync(async () => (await jobs.FindAsync(bad))!.State == JobState.SetAside && (await jobs.FindAsync(good))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal("clip-unreadable", (await jobs.FindAsync(bad))!.Problem!.Code);
        Assert.Equal(1, (await jobs.FindAsync(good))!.Attempts);
    }

    [Fact]
    public async Task Folder_NotMountedForAWhile_CostsNoAttempt()
    {
        var clips = new FileClipStore(folder.File("clips"), isShared: true) { Mark = "mark" };
        var id = await EnqueueAsync();
        var work = new Fetching(clips, new Scratch(folder.File("scratch")));
        using var worker = NewWorker(work, clips);
        await worker.StartAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(work.Started > 2 * policy.MaxAttempts));
        Assert.Equal("unavailable", (await jobs.FindAsync(id))!.Problem!.Code);
        await StoreAsync(new FileClipStore(folder.File("clips")), id);
        await File.WriteAllTextAsync(Path.Combine(folder.File("clips"), "mark"), "");

        await UntilAsync(async () => (await jobs.FindAsync(id))!.State == JobState.Done);
        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(1, (await jobs.FindAsync(id))!.Attempts);
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

    private async Task StoreAsync(IClipStore clips, string id)
    {
        await File.WriteAllTextAsync(folder.File("local"), "a clip");
        await clips.SaveAsync(ClipName.Original(id), folder.File("local"));
    }

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

        /// <summary>The only job whose clip it fails to give out; null to fail with everything.</summary>
        public string? Job { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Trouble is { } trouble && (Job is null || (args![0] is ClipName name && name.Job == Job)) ? throw trouble : targetMethod!.Invoke(Inner, args);
    }

    /// <summary>Work that takes nothing but the clip.</summary>
    private sealed class Fetching(IClipStore clips, Scratch scratch) : IJobWork
    {
        public int Started { get; private set; }

        public string Kind => ClipRequest.Kind;

        public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
        {
            Started++;
            using var folder = scratch.NewFolder();
            await clips.FetchAsync(ClipName.Original(job.Id), folder.Path, cancellationToken);
            return "{}";
        }
    }
}
