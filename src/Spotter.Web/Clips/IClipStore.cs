namespace Spotter.Web.Clips;

/// <summary>
/// Clips and what is derived from them, as files named <c>job/file</c> or <c>job/attempt/file</c>. A file is whole as soon as it can be seen, and never
/// changes afterwards. What an attempt made becomes visible to people only through the job's committed outcome, which names the attempt.
/// </summary>
public interface IClipStore
{
    /// <summary>Stores a local file.</summary>
    /// <param name="name">Name to be, see <see cref="ClipName"/>.</param>
    /// <param name="file">The local file; taken over, and gone from its place afterwards.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <remarks>Storing the same file again does nothing; another file under the same name is refused with an error.</remarks>
    Task SaveAsync(ClipName name, string file, CancellationToken cancellationToken = default);

    /// <summary>Opens a stored file.</summary>
    /// <returns>A stream that can seek; null where there is no such file.</returns>
    Task<StoredFile?> OpenAsync(ClipName name, CancellationToken cancellationToken = default);

    /// <summary>Brings a stored file to this machine.</summary>
    /// <param name="name">The file.</param>
    /// <param name="scratch">Folder for a copy, where one is needed; the caller deletes it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Path of a local file that must not be changed.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    Task<string> FetchAsync(ClipName name, string scratch, CancellationToken cancellationToken = default);

    /// <summary>Deletes all files of a job; nothing happens where there are none.</summary>
    Task DeleteJobAsync(string job, CancellationToken cancellationToken = default);

    /// <summary>Deletes all files of one attempt; nothing happens where there are none.</summary>
    Task DeleteAttemptAsync(string job, string attempt, CancellationToken cancellationToken = default);

    /// <summary>The jobs that have files.</summary>
    IAsyncEnumerable<string> ListJobsAsync(CancellationToken cancellationToken = default);

    /// <summary>The attempts of a job that have files.</summary>
    Task<IReadOnlyList<string>> ListAttemptsAsync(string job, CancellationToken cancellationToken = default);
}

/// <summary>A stored file, opened.</summary>
/// <param name="Content">Its content; can seek. The caller disposes it.</param>
/// <param name="LastModified">When it was stored.</param>
public sealed record StoredFile(Stream Content, DateTimeOffset LastModified);
