using System.Runtime.CompilerServices;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.Embedded;

/// <summary>Clips in a folder. A file is flushed to the disk and moved to its name in one step.</summary>
/// <param name="folder">The folder; must be on the same disk as the scratch folder that files come from.</param>
public sealed class FileClipStore(string folder) : IClipStore
{
    /// <inheritdoc/>
    public Task SaveAsync(ClipName name, string file, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(file, target, overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoredFile?> OpenAsync(ClipName name, CancellationToken cancellationToken = default)
    {
        try
        {
            var path = PathOf(name);
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
            return Task.FromResult<StoredFile?>(new StoredFile(stream, new DateTimeOffset(File.GetLastWriteTimeUtc(path))));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<StoredFile?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<string> FetchAsync(ClipName name, string scratch, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return File.Exists(path) ? Task.FromResult(path) : throw new FileNotFoundException("The clip is gone.", path);
    }

    /// <inheritdoc/>
    public Task DeleteJobAsync(string job, CancellationToken cancellationToken = default)
    {
        Remove(Path.Combine(folder, Checked(job)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAttemptAsync(string job, string attempt, CancellationToken cancellationToken = default)
    {
        Remove(Path.Combine(folder, Checked(job), Checked(attempt)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListJobsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var job in Folders(folder))
        {
            yield return job;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAttemptsAsync(string job, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. Folders(Path.Combine(folder, Checked(job)))]);

    private static IEnumerable<string> Folders(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(JobId.IsValid)
        : [];

    private static string Checked(string id) => JobId.IsValid(id) ? id : throw new ArgumentException("Not the id of a job.", nameof(id));

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already is what was asked for.
        }
    }

    private string PathOf(ClipName name) => Path.Combine(folder, name.ToString().Replace('/', Path.DirectorySeparatorChar));
}
