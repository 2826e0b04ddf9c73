using System.Runtime.CompilerServices;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase.Storage;

/// <summary>
/// Clips in Firebase Storage, below <c>clips/</c>. What an attempt makes belongs to whom the clip belongs: the owner noted with the clip is noted with every file
/// derived from it, and the security rules let that person alone read them.
/// </summary>
public sealed class FirebaseClipStore : IClipStore, IDisposable
{
    /// <summary>What the owner of a clip is noted as: the user's id in Firebase.</summary>
    public const string OwnerKey = "owner";

    private const string Root = "clips/";
    private const int KeptInMemory = 1 << 20;
    private const int OneChunk = 1 << 30;

    private readonly StorageBucket bucket;

    internal FirebaseClipStore(StorageBucket bucket) => this.bucket = bucket;

    /// <summary>The clips of a project, or of the emulator that the options name. Nothing is asked of the server yet.</summary>
    public static FirebaseClipStore Open(FirebaseOptions options, TimeProvider? time = null)
    {
        var emulator = options.StorageEmulatorEndpoint;
        // The emulator knows no second chunk.
        var opened = new StorageBucket(
            emulator ?? StorageBucket.Service, options.Bucket, FirebaseAccess.ForStorage(options), time ?? TimeProvider.System, chunkSize: emulator is null ? null : OneChunk);
        return new FirebaseClipStore(opened);
    }

    /// <inheritdoc/>
    /// <exception cref="FirebaseException">It was not stored.</exception>
    public async Task SaveAsync(ClipName name, string file, CancellationToken cancellationToken = default)
    {
        await bucket.Uploads.SaveAsync(PathOf(name), file, ContentType(name.File), await InheritedAsync(name, cancellationToken), cancellationToken);
        File.Delete(file);
    }

    /// <inheritdoc/>
    public async Task<StoredFile?> OpenAsync(ClipName name, CancellationToken cancellationToken = default)
    {
        if (await bucket.FindAsync(PathOf(name), cancellationToken) is not { } stored)
        {
            return null;
        }

        if (stored.Size > KeptInMemory)
        {
            return new StoredFile(new RemoteStream(stored.Size, (offset, buffer, stop) => bucket.ReadAsync(stored, offset, buffer, stop)), stored.Created);
        }

        var content = new byte[stored.Size];
        try
        {
            await bucket.ReadAsync(stored, 0, content, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null; // deleted since it was found
        }

        var checksum = default(Crc32C);
        checksum.Append(content);
        Require(checksum, stored);
        return new StoredFile(new MemoryStream(content, writable: false), stored.Created);
    }

    /// <inheritdoc/>
    public async Task<string> FetchAsync(ClipName name, string scratch, CancellationToken cancellationToken = default)
    {
        var stored = await bucket.FindAsync(PathOf(name), cancellationToken) ?? throw new FileNotFoundException("The clip is gone.", name.ToString());
        var checksum = default(Crc32C);
        var target = await LocalCopy.MakeAsync(
            name,
            scratch,
            stored.Size,
            (offset, buffer, stop) => bucket.ReadAsync(stored, offset, buffer, stop),
            part => checksum.Append(part.Span),
            cancellationToken);
        Require(checksum, stored);
        return target;
    }

    /// <inheritdoc/>
    public Task DeleteJobAsync(string job, CancellationToken cancellationToken = default) => DeleteAllAsync($"{Root}{Checked(job)}/", cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAttemptAsync(string job, string attempt, CancellationToken cancellationToken = default) =>
        DeleteAllAsync($"{Root}{Checked(job)}/{Checked(attempt)}/", cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListJobsAsync(CancellationToken cancellationToken = default) => FoldersAsync(Root, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAttemptsAsync(string job, CancellationToken cancellationToken = default) =>
        await FoldersAsync($"{Root}{Checked(job)}/", cancellationToken).ToListAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => bucket.Dispose();

    private static string PathOf(ClipName name) => Root + name;

    private static string Checked(string id) => JobId.IsValid(id) ? id : throw new ArgumentException("Not the id of a job.", nameof(id));

    private static void Require(Crc32C checksum, StoredObject stored)
    {
        if (checksum.Text != stored.Checksum)
        {
            throw new FirebaseException($"What was read of {stored.Name} is not what was stored: its checksum is {checksum.Text} instead of {stored.Checksum}.", isTransient: true);
        }
    }

    // A handed-in clip is what strangers sent: no browser may take it for a page.
    private static string ContentType(string file) => Path.GetExtension(file) switch
    {
        ".mp4" => "video/mp4",
        ".jpg" => "image/jpeg",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };

    private async Task<Dictionary<string, string>> InheritedAsync(ClipName name, CancellationToken cancellationToken)
    {
        var noted = new Dictionary<string, string>(StringComparer.Ordinal);
        if (name.Attempt is not null
            && await bucket.FindAsync(PathOf(ClipName.Original(name.Job)), cancellationToken) is { } clip && clip.Metadata.TryGetValue(OwnerKey, out var owner))
        {
            noted[OwnerKey] = owner;
        }

        return noted;
    }

    private async Task DeleteAllAsync(string beginning, CancellationToken cancellationToken)
    {
        await foreach (var name in bucket.ListAsync(beginning, folders: false, cancellationToken))
        {
            await bucket.DeleteAsync(name, generation: null, cancellationToken);
        }
    }

    private async IAsyncEnumerable<string> FoldersAsync(string beginning, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var folder in bucket.ListAsync(beginning, folders: true, cancellationToken))
        {
            if (folder[beginning.Length..^1] is var name && JobId.IsValid(name))
            {
                yield return name;
            }
        }
    }
}
