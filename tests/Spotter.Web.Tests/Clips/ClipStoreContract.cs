using System.Security.Cryptography;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Clips;

/// <summary>What every clip store promises. Derive once for each back end.</summary>
public abstract class ClipStoreContract : IDisposable
{
    private readonly string job = JobId.New();
    private readonly string attempt = JobId.New();
    private IClipStore? opened;

    /// <summary>Local files of the test.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>A store without files.</summary>
    protected abstract IClipStore Open();

    /// <summary>The same files through a store of its own, as another process has it.</summary>
    protected virtual IClipStore OpenAgain() => Open();

    private IClipStore Store => opened ??= Open();

    [Fact]
    public async Task Save_File_CanBeOpenedAndSought()
    {
        await SaveAsync(ClipName.Original(job), "hello clip");

        var file = await Store.OpenAsync(ClipName.Original(job));
        await using var content = file!.Content;
        content.Position = 6;
        Assert.Equal("clip", await new StreamReader(content).ReadToEndAsync());
        Assert.InRange(file.LastModified, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Open_WhileTheFileIsDeleted_IsWholeOrNothing()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = ClipName.Original(JobId.New());
            await SaveAsync(name, "hello clip");

            var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync(name)));
            await OpenAgain().DeleteJobAsync(name.Job);

            Assert.All(await reading, content => Assert.True(content is null or "hello clip", content));
        }

        async Task<string?> ReadAsync(ClipName name)
        {
            if (await Store.OpenAsync(name) is not { } file)
            {
                return null;
            }

            await using var content = file.Content;
            return await new StreamReader(content).ReadToEndAsync();
        }
    }

    [Fact]
    public async Task Save_File_IsTakenOver()
    {
        var local = Folder.File("local");
        await File.WriteAllTextAsync(local, "x");

        await Store.SaveAsync(ClipName.Original(job), local);

        Assert.False(File.Exists(local));
    }

    [Fact]
    public async Task Save_NameTaken_SameIsHarmlessAndOtherIsRefused()
    {
        var name = new ClipName(job, attempt, "report.json");
        await SaveAsync(name, "first");

        await SaveAsync(name, "first");
        var error = await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(name, "other"));
        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(name, "first and more"));

        Assert.Contains("never change", error.Message, StringComparison.Ordinal);
        Assert.Equal("first", await File.ReadAllTextAsync(await Store.FetchAsync(name, Folder.Path)));
        Assert.Equal([attempt], await Store.ListAttemptsAsync(job));
    }

    [Fact]
    public async Task Stores_OfTwoProcesses_SeeOneAnother()
    {
        var other = OpenAgain();
        await SaveAsync(ClipName.Original(job), "clip");
        await SaveAsync(new ClipName(job, attempt, "report.json"), "a");

        Assert.Equal("clip", await File.ReadAllTextAsync(await other.FetchAsync(ClipName.Original(job), Folder.Path)));
        Assert.Equal([attempt], await other.ListAttemptsAsync(job));
        await other.DeleteJobAsync(job);

        Assert.Null(await Store.OpenAsync(ClipName.Original(job)));
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task Open_LargeFile_AnyPartCanBeRead()
    {
        var content = await SaveLargeAsync();

        await using var file = (await Store.OpenAsync(ClipName.Original(job)))!.Content;

        Assert.Equal(content.Length, file.Length);
        foreach (var (at, length) in new[] { (content.Length - 10, 10), (0, 100), (1_000_000, 1_500_000), (99, 1), (content.Length / 2, 300_000) })
        {
            var part = new byte[length];
            file.Position = at;
            await file.ReadExactlyAsync(part);
            Assert.True(content.AsSpan(at, length).SequenceEqual(part), $"{length} bytes at {at} differ");
        }

        file.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await file.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task Delete_WhileItIsRead_GivesTheRestOrAnErrorAndNeverLess()
    {
        var content = await SaveLargeAsync();
        await using var file = (await Store.OpenAsync(ClipName.Original(job)))!.Content;
        var read = new byte[content.Length];
        await file.ReadExactlyAsync(read.AsMemory(0, 1000));

        await Store.DeleteJobAsync(job);

        try
        {
            await file.ReadExactlyAsync(read.AsMemory(1000));
            Assert.Equal(content, read);
        }
        catch (Exception e) when (e is IOException and not EndOfStreamException)
        {
            Assert.IsType<FileNotFoundException>(e);
        }

        Assert.Null(await Store.OpenAsync(ClipName.Original(job)));
    }

    [Fact]
    public async Task Open_Missing_IsNull() => Assert.Null(await Store.OpenAsync(ClipName.Original(job)));

    [Fact]
    public async Task Fetch_Stored_IsALocalFile()
    {
        await SaveAsync(ClipName.Original(job), "content");

        var path = await Store.FetchAsync(ClipName.Original(job), Folder.Path);

        Assert.Equal("content", await File.ReadAllTextAsync(path));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.FetchAsync(ClipName.Original(JobId.New()), Folder.Path));
    }

    [Fact]
    public async Task DeleteAttempt_One_LeavesTheRest()
    {
        await SaveAsync(ClipName.Original(job), "clip");
        await SaveAsync(new ClipName(job, attempt, "report.json"), "a");
        var other = JobId.New();
        await SaveAsync(new ClipName(job, other, "report.json"), "b");

        await Store.DeleteAttemptAsync(job, attempt);
        await Store.DeleteAttemptAsync(job, attempt);

        Assert.Equal([other], await Store.ListAttemptsAsync(job));
        Assert.Null(await Store.OpenAsync(new ClipName(job, attempt, "report.json")));
        await using var left = (await Store.OpenAsync(ClipName.Original(job)))!.Content;
        Assert.Equal(4, left.Length);
    }

    [Fact]
    public async Task DeleteJob_All_LeavesNothing()
    {
        await SaveAsync(ClipName.Original(job), "clip");
        await SaveAsync(new ClipName(job, attempt, "report.json"), "a");

        Assert.Equal([job], await JobsAsync());
        await Store.DeleteJobAsync(job);
        await Store.DeleteJobAsync(job);

        Assert.Empty(await JobsAsync());
        Assert.Null(await Store.OpenAsync(ClipName.Original(job)));
        Assert.Empty(await Store.ListAttemptsAsync(job));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../clip")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("A.mp4")]
    [InlineData("")]
    [InlineData("a b")]
    public void Name_FromOutside_IsRefused(string file)
    {
        Assert.Throws<ArgumentException>(() => new ClipName(job, null, file));
        Assert.Throws<ArgumentException>(() => new ClipName(file, null, "clip"));
        Assert.Throws<ArgumentException>(() => new ClipName(job, file, "clip"));
    }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task SaveAsync(ClipName name, string content)
    {
        var local = Folder.File(Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(local, content);
        await Store.SaveAsync(name, local);
    }

    private async Task<byte[]> SaveLargeAsync()
    {
        var content = RandomNumberGenerator.GetBytes((3 << 20) + 4321);
        await File.WriteAllBytesAsync(Folder.File("large"), content);
        await Store.SaveAsync(ClipName.Original(job), Folder.File("large"));
        return content;
    }

    private async Task<List<string>> JobsAsync()
    {
        var jobs = new List<string>();
        await foreach (var id in Store.ListJobsAsync())
        {
            jobs.Add(id);
        }

        return jobs;
    }
}
