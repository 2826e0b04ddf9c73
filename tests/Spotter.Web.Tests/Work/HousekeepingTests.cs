using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>Cleaning up while others work on the same back end.</summary>
public sealed class HousekeepingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private readonly EmbeddedDatabase database;
    private readonly SqliteJobStore jobs;
    private readonly FileClipStore clips;
    private readonly CoachBook book;
    private readonly Housekeeping housekeeping;

    public HousekeepingTests()
    {
        database = new EmbeddedDatabase(folder.File("spotter.db"));
        jobs = new SqliteJobStore(database, new JobPolicy(), time);
        book = new CoachBook(database, time);
        clips = new FileClipStore(folder.File("clips"), isShared: true);
        housekeeping = new Housekeeping(
            new BackEnd(jobs, clips) { IsShared = true }, new ServeOptions { DataFolder = folder.Path }, time, NullLogger<Housekeeping>.Instance, book);
    }

    [Fact]
    public async Task Orphans_AttemptOfALiveWorker_Stays()
    {
        var (id, attempt) = (await EnqueueAsync(), JobId.New());
        await SaveAsync(ClipName.Original(id));
        await jobs.ClaimAsync("another machine");
        await SaveAsync(new ClipName(id, attempt, "report.json"));

        await housekeeping.RemoveOrphansAsync(CancellationToken.None);

        Assert.Equal([attempt], await clips.ListAttemptsAsync(id));
    }

    [Fact]
    public async Task Orphans_AttemptsThatCannotCommit_Go()
    {
        var (id, committed) = (await EnqueueAsync(), JobId.New());
        await SaveAsync(ClipName.Original(id));
        await SaveAsync(new ClipName(id, JobId.New(), "report.json"));
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        Assert.Empty(await clips.ListAttemptsAsync(id));

        await SaveAsync(new ClipName(id, committed, "report.json"));
        await SaveAsync(new ClipName(id, JobId.New(), "report.json"));
        await jobs.FinishAsync((await jobs.ClaimAsync("worker"))!.Lease, new ClipOutcome { Attempt = committed, Verdict = Scoring.Verdict.Correct, Files = [] }.ToJson());
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);

        Assert.Equal([committed], await clips.ListAttemptsAsync(id));
        Assert.NotNull(await clips.FetchAsync(ClipName.Original(id), folder.Path));
    }

    [Fact]
    public async Task Orphans_ClipWithoutAJobYet_StaysForADay()
    {
        var (arriving, deleted) = (JobId.New(), JobId.New());
        await SaveAsync(ClipName.Original(arriving));
        await SaveAsync(new ClipName(deleted, JobId.New(), "report.json"));
        File.SetLastWriteTimeUtc(folder.File($"clips/{arriving}/clip"), time.GetUtcNow().UtcDateTime);

        time.Pass(TimeSpan.FromHours(23));
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        Assert.Equal([arriving], await ListAsync());

        time.Pass(TimeSpan.FromHours(2));
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Orphans_ClipArrivesWhileItIsLookedFor_Stays()
    {
        var (id, left) = (JobId.New(), JobId.New());
        Directory.CreateDirectory(folder.File($"clips/{id}")); // as a clip on its way makes it
        await SaveAsync(new ClipName(left, JobId.New(), "report.json"));
        var store = DispatchProxy.Create<IClipStore, Arriving>();
        (((Arriving)store).Inner, ((Arriving)store).Arrive) = (clips, job => SaveAsync(ClipName.Original(job)));
        using var other = new Housekeeping(
            new BackEnd(jobs, store) { IsShared = true }, new ServeOptions { DataFolder = folder.Path }, time, NullLogger<Housekeeping>.Instance);

        await other.RemoveOrphansAsync(CancellationToken.None);
        Assert.Equal(["clip"], Directory.EnumerateFileSystemEntries(folder.File($"clips/{left}")).Select(path => Path.GetFileName(path)));

        File.Move(folder.File($"clips/{left}/clip"), folder.File($"clips/{id}/clip"));
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        Assert.Equal([id], await ListAsync());
    }

    [Fact]
    public async Task Orphans_WhatADeletedJobLeft_GoesWithItsFolder()
    {
        var left = JobId.New();
        await SaveAsync(new ClipName(left, JobId.New(), "report.json"));

        await housekeeping.RemoveOrphansAsync(CancellationToken.None);

        Assert.False(Directory.Exists(folder.File($"clips/{left}")));
    }

    [Fact]
    public async Task Older_WhatWasLearnt_StaysAndTheRestGoes()
    {
        var (judged, labelled, example, learnt) = (await EnqueueAsync(), await EnqueueAsync(), await EnqueueAsync(ExampleRequest.Kind), await EnqueueAsync(FitRequest.Kind));
        book.Label(new ClipLabel(labelled, "Ann", SetLabel.Correct, ""));
        book.Label(new ClipLabel(judged + "x", "Ann", SetLabel.Correct, ""));
        foreach (var _ in (string[])[judged, labelled, example, learnt])
        {
            await jobs.FinishAsync((await jobs.ClaimAsync("worker"))!.Lease, "{}");
        }

        time.Pass(TimeSpan.FromDays(30));
        await housekeeping.RemoveOlderAsync(time.GetUtcNow() - TimeSpan.FromDays(7), CancellationToken.None);

        Assert.Equal([learnt, example, labelled], (await jobs.ListAsync(new JobQuery())).Select(job => job.Id));
    }

    [Fact]
    public async Task Orphans_WhatWasSaidAboutAClipThatOthersDeleted_Goes()
    {
        var (there, gone) = (await EnqueueAsync(), await EnqueueAsync());
        foreach (var id in (string[])[there, gone])
        {
            book.Label(new ClipLabel(id, "Ann", SetLabel.Incorrect, "too fast"));
            book.Name(id, "Bo");
        }

        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        Assert.Equal(2, book.Clips().Count);
        await jobs.DeleteAsync(gone);
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);

        Assert.Equal([there], book.Clips());
        Assert.Equal([there], book.Labels().Select(label => label.Job));
    }

    [Fact]
    public async Task Orphans_WhatWasSaidAboutClipsOfAnotherStore_Stays()
    {
        var elsewhere = JobId.New();
        book.Label(new ClipLabel(elsewhere, "Ann", SetLabel.Correct, ""));

        await housekeeping.RemoveOrphansAsync(CancellationToken.None);
        await housekeeping.RemoveOrphansAsync(CancellationToken.None);

        Assert.Equal([elsewhere], book.Clips());
    }

    [Fact]
    public async Task Delete_LabelledClip_ForgetsWhatWasSaid()
    {
        var id = await EnqueueAsync();
        book.Label(new ClipLabel(id, "Ann", SetLabel.Correct, ""));

        Assert.True(await housekeeping.DeleteAsync(id, CancellationToken.None));

        Assert.Empty(book.Clips());
    }

    public void Dispose()
    {
        housekeeping.Dispose();
        jobs.Dispose();
        database.Close();
        folder.Dispose();
    }

    private async Task<string> EnqueueAsync(string kind = ClipRequest.Kind) =>
        (await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = kind, Details = "{}" })).Id;

    private async Task SaveAsync(ClipName name)
    {
        var local = folder.File(JobId.New());
        await File.WriteAllTextAsync(local, "x");
        await clips.SaveAsync(name, local);
    }

    private async Task<List<string>> ListAsync()
    {
        var found = new List<string>();
        await foreach (var id in clips.ListJobsAsync())
        {
            found.Add(id);
        }

        return found;
    }

    /// <summary>A store to which a clip comes just after somebody looked for it in vain.</summary>
    public class Arriving : DispatchProxy
    {
        public IClipStore Inner { get; set; } = null!;

        public Func<string, Task> Arrive { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IClipStore.OpenAsync) ? OpenAsync((ClipName)args![0]!) : targetMethod.Invoke(Inner, args);

        private async Task<StoredFile?> OpenAsync(ClipName name)
        {
            var file = await Inner.OpenAsync(name);
            if (file is null)
            {
                await Arrive(name.Job);
            }

            return file;
        }
    }
}
