using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Clips;

/// <summary>The embedded store keeps the contract.</summary>
public sealed class FileClipStoreTests : ClipStoreContract
{
    protected override IClipStore Open() => new FileClipStore(Folder.File("clips"));
}

/// <summary>A folder that several machines share keeps the contract too, and takes files from other disks.</summary>
public sealed class SharedFolderTests : ClipStoreContract
{
    private const int Rounds = 30;

    [Fact]
    public async Task List_WhileOthersDelete_LeavesOutWhatIsGone()
    {
        var (first, second) = (Open(), Open());
        var coming = Task.Run(async () =>
        {
            for (var i = 0; i < 20 * Rounds; i++)
            {
                var (job, local) = (JobId.New(), Folder.File($"local-{i}"));
                await File.WriteAllTextAsync(local, "x");
                await first.SaveAsync(ClipName.Original(job), local);
                await first.DeleteJobAsync(job);
            }
        });
        while (!coming.IsCompleted)
        {
            await foreach (var job in second.ListJobsAsync())
            {
                Assert.True(JobId.IsValid(job));
            }
        }

        await coming;
    }

    [Fact]
    public async Task Save_WhileOthersDelete_IsWholeOrGone()
    {
        var (first, second, job, other) = (Open(), Open(), JobId.New(), JobId.New());
        var saving = Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var local = Folder.File($"local-{i}");
                await File.WriteAllTextAsync(local, "0123456789");
                await first.SaveAsync(new ClipName(job, JobId.New(), "report.json"), local);
                await File.WriteAllTextAsync(local, "x");
                await first.SaveAsync(new ClipName(job, other, "report.json"), local);
            }
        });
        while (!saving.IsCompleted)
        {
            foreach (var attempt in (await second.ListAttemptsAsync(job)).Where(attempt => attempt != other))
            {
                if (await second.OpenAsync(new ClipName(job, attempt, "report.json")) is { } file)
                {
                    await using var content = file.Content;
                    Assert.Equal(10, content.Length);
                }

                await second.DeleteAttemptAsync(job, attempt);
            }
        }

        await saving;
        await second.DeleteJobAsync(job);
        Assert.Empty(await first.ListAttemptsAsync(job));
    }

    [Fact]
    public void Unfinished_OldCopies_AreRemovedAndFreshOnesStay()
    {
        var store = (FileClipStore)Open();
        var incoming = Directory.CreateDirectory(Folder.File("clips/.incoming")).FullName;
        File.WriteAllText(Path.Combine(incoming, "old"), "");
        File.SetLastWriteTimeUtc(Path.Combine(incoming, "old"), DateTime.UtcNow.AddDays(-2));
        File.WriteAllText(Path.Combine(incoming, "fresh"), "");

        store.RemoveUnfinished(TimeSpan.FromDays(1));

        Assert.Equal(["fresh"], Directory.EnumerateFiles(incoming).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task Unfinished_OldFoldersWithoutAnything_AreRemovedAndFreshOnesStay()
    {
        var store = (FileClipStore)Open();
        var (old, fresh, full) = (JobId.New(), JobId.New(), JobId.New());
        foreach (var job in (string[])[old, fresh, full])
        {
            Directory.CreateDirectory(Folder.File($"clips/{job}"));
        }

        await File.WriteAllTextAsync(Folder.File($"clips/{full}/clip"), "x");
        Directory.SetLastWriteTimeUtc(Folder.File($"clips/{old}"), DateTime.UtcNow.AddDays(-2));
        Directory.SetLastWriteTimeUtc(Folder.File($"clips/{full}"), DateTime.UtcNow.AddDays(-2));

        store.RemoveUnfinished(TimeSpan.FromDays(1));

        Assert.False(Directory.Exists(Folder.File($"clips/{old}")));
        Assert.True(Directory.Exists(Folder.File($"clips/{fresh}")));
        Assert.True(File.Exists(Folder.File($"clips/{full}/clip")));
        Assert.Equal([full], await store.ListJobsAsync().ToListAsync());
    }

    protected override IClipStore Open() => new FileClipStore(Folder.File("clips"), isShared: true);
}
