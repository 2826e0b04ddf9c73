using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.Embedded;

/// <summary>Clips in a folder. A file is flushed to the disk and moved to its name in one step, and the name is flushed. Any number of stores, on any machines, may use one folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="isShared">Whether the folder may be on another disk or machine than the files that come: then they are copied into it before they are moved.</param>
public sealed class FileClipStore(string folder, bool isShared = false) : IClipStore
{
    private const string Incoming = ".incoming";
    private const int MostTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Name of a file in the folder without which it is not mounted; null where it always is.</summary>
    internal string? Mark { get; init; }

    private bool IsThere => Mark is null || File.Exists(Path.Combine(folder, Mark));

    /// <inheritdoc/>
    /// <exception cref="IOException">Another file has the name, or it cannot be written.</exception>
    public async Task SaveAsync(ClipName name, string file, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsThere)
        {
            throw NotMounted();
        }

        var whole = isShared ? await BringAsync(file, cancellationToken) : file;
        using (var stream = new FileStream(whole, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        var isStored = TryMove(whole, PathOf(name)) || await IsSameAsync(whole, PathOf(name), cancellationToken);
        if (isShared)
        {
            File.Delete(whole);
        }

        if (!isStored)
        {
            throw new IOException($"Another file is stored as {name} already. Stored files never change.");
        }

        File.Delete(file);
    }

    /// <summary>Gives a file its name; false where another file has it.</summary>
    private bool TryMove(string file, string target)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var into = Path.GetDirectoryName(target)!;
                var isNew = !Directory.Exists(into);
                Directory.CreateDirectory(into);
                File.Move(file, target);
                FlushNames(into, isNew);
                return true;
            }
            catch (DirectoryNotFoundException) when (tries < MostTries)
            {
                // Another process deleted what it found empty or left.
            }
            catch (IOException) when (File.Exists(target))
            {
                return false;
            }
        }
    }

    private static async Task<bool> IsSameAsync(string file, string other, CancellationToken cancellationToken)
    {
        await using var one = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        await using var two = new FileStream(other, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        var (first, second) = (await SHA256.HashDataAsync(one, cancellationToken), await SHA256.HashDataAsync(two, cancellationToken));
        return first.AsSpan().SequenceEqual(second);
    }

    // The name of the file, and where its folder is new, the names of the folders above it.
    private void FlushNames(string into, bool isNew)
    {
        FolderFlush.Flush(into);
        for (var above = Path.GetDirectoryName(into); isNew && above is not null && above.Length >= folder.Length; above = Path.GetDirectoryName(above))
        {
            FolderFlush.Flush(above);
        }
    }

    private async Task<string> BringAsync(string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Incoming, JobId.New());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await source.CopyToAsync(target, 1 << 20, cancellationToken);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
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
        return File.Exists(path) ? Task.FromResult(path)
            : !IsThere ? throw NotMounted()
            : throw new FileNotFoundException("The clip is gone.", path);
    }

    /// <inheritdoc/>
    public Task DeleteJobAsync(string job, CancellationToken cancellationToken = default) => RemoveAsync(Path.Combine(folder, Checked(job)), cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAttemptAsync(string job, string attempt, CancellationToken cancellationToken = default)
    {
        await RemoveAsync(Path.Combine(folder, Checked(job), Checked(attempt)), cancellationToken);
        RemoveEmpty(Path.Combine(folder, job));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListJobsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        // A folder without anything in it belongs to a file that arrives just now, or never did.
        foreach (var job in Folders(folder).Where(job => HasContent(Path.Combine(folder, job))))
        {
            yield return job;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAttemptsAsync(string job, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. Folders(Path.Combine(folder, Checked(job)))]);

    private IOException NotMounted() => new($"The folder {folder} for clips is not mounted now.") { HResult = Failure.NotMounted };

    private static bool HasContent(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (DirectoryNotFoundException)
        {
            return false; // it was deleted since it was listed
        }
    }

    /// <summary>Deletes copies and folders that somebody began so long ago that nobody can be at them any more.</summary>
    internal void RemoveUnfinished(TimeSpan age)
    {
        var folderOfCopies = Path.Combine(folder, Incoming);
        if (Directory.Exists(folderOfCopies))
        {
            foreach (var copy in Directory.EnumerateFiles(folderOfCopies).Where(copy => File.GetLastWriteTimeUtc(copy) < DateTime.UtcNow - age))
            {
                File.Delete(copy);
            }
        }

        foreach (var job in Folders(folder).Select(job => Path.Combine(folder, job)).Where(job => Directory.GetLastWriteTimeUtc(job) < DateTime.UtcNow - age))
        {
            RemoveEmpty(job);
        }
    }

    /// <summary>Removes a folder in which nothing is; whoever just made it to put a file in makes it again.</summary>
    private static void RemoveEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is something in it, or it is gone.
        }
    }

    private static IEnumerable<string> Folders(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(JobId.IsValid)
        : [];

    private static string Checked(string id) => JobId.IsValid(id) ? id : throw new ArgumentException("Not the id of a job.", nameof(id));

    private static async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return; // gone already is what was asked for
            }
            catch (IOException) when (tries < MostTries)
            {
                // Another process stores or deletes in there.
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private string PathOf(ClipName name) => Path.Combine(folder, name.ToString().Replace('/', Path.DirectorySeparatorChar));
}
