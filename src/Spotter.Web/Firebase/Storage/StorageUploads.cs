using System.Net;
using System.Text.Json;
using Google;
using Google.Apis.Http;
using Google.Apis.Json;
using Google.Apis.Upload;
using Spotter.Web.Clips;

namespace Spotter.Web.Firebase.Storage;

/// <summary>
/// Brings files to a bucket by Google's resumable uploads. No object is ever replaced, and none is taken for stored whose size or checksum is not the file's:
/// the emulator takes the first chunk of an upload for all of it and reports success.
/// </summary>
internal sealed class StorageUploads(StorageBucket bucket, HttpMessageHandler handler, Patience patience, int chunkSize) : IDisposable
{
    /// <summary>Bytes sent in one request; a multiple of 256 KiB. An upload that breaks off goes on behind the last whole one.</summary>
    public const int UsualChunk = 8 << 20;

    private const int MostSessions = 3;

    // One try in there: the pauses are ours, and so is the end of patience.
    private readonly ConfigurableHttpClient http = new(new ConfigurableMessageHandler(handler) { NumTries = 1, ApplicationName = "Spotter" }, disposeHandler: false)
    {
        Timeout = TimeSpan.FromMinutes(5), // for one chunk on a slow line
    };

    /// <summary>Stores a local file.</summary>
    /// <param name="name">Name to be.</param>
    /// <param name="file">The local file.</param>
    /// <param name="contentType">What a browser is told that it is.</param>
    /// <param name="metadata">Noted with it.</param>
    /// <param name="cancellationToken">Stops; nothing of the object can be seen then.</param>
    /// <exception cref="FirebaseException">It was not stored, or another file has the name.</exception>
    public async Task SaveAsync(string name, string file, string contentType, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        var checksum = (await Crc32C.OfAsync(content, cancellationToken)).Text;
        var description = JsonSerializer.SerializeToUtf8Bytes(new { contentType, crc32c = checksum, metadata });
        for (var session = 1; ; session++)
        {
            var sent = await BeginAsync(name, contentType, content.Length, description, cancellationToken) is { } address
                ? await SendAsync(address, content, cancellationToken)
                : Sent.NameTaken;
            if (sent != Sent.SessionLost)
            {
                await CheckAsync(name, content.Length, checksum, isOurs: sent == Sent.Done, cancellationToken);
                return;
            }

            if (session == MostSessions)
            {
                throw new FirebaseException($"Cloud Storage lost the upload of {name} {MostSessions} times.", isTransient: true);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private enum Sent
    {
        Done,
        NameTaken,
        SessionLost,
    }

    /// <returns>Where to send the content; null where the name is taken.</returns>
    private async Task<Uri?> BeginAsync(string name, string contentType, long length, byte[] description, CancellationToken cancellationToken)
    {
        using var response = await bucket.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, $"{bucket.UploadPath}?uploadType=resumable&ifGenerationMatch=0&name={Uri.EscapeDataString(name)}")
                {
                    Content = StorageBucket.JsonContent(description),
                };
                request.Headers.Add("X-Upload-Content-Type", contentType);
                request.Headers.Add("X-Upload-Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return request;
            },
            cancellationToken);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return null;
        }

        await bucket.RequireAsync(response, $"take {name}", cancellationToken);
        return response.Headers.Location ?? throw new FirebaseException($"The bucket told no address for the upload of {name}.");
    }

    private async Task<Sent> SendAsync(Uri address, FileStream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var upload = ResumableUpload.CreateFromUploadUri(
            address, content, new ResumableUploadOptions { HttpClient = http, Serializer = NewtonsoftJsonSerializer.Instance, ServiceName = "storage" });
        upload.ChunkSize = chunkSize;
        var taken = 0L;
        upload.ProgressChanged += state => taken = state.Status == UploadStatus.Uploading ? Math.Max(taken, state.BytesSent) : taken;
        var progress = await upload.UploadAsync(cancellationToken);
        for (var failures = 1; progress.Status != UploadStatus.Completed; failures++)
        {
            var status = (progress.Exception as GoogleApiException)?.HttpStatusCode;
            switch (status)
            {
                case HttpStatusCode.PreconditionFailed:
                    return Sent.NameTaken;
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    return Sent.SessionLost;
            }

            var passing = status is { } known ? StorageBucket.IsPassing(known) : progress.Exception is HttpRequestException or IOException or OperationCanceledException;
            if (!passing || failures == Patience.MostTries)
            {
                throw new FirebaseException($"Cloud Storage did not take the file: {progress.Exception?.Message}", status, passing, progress.Exception);
            }

            var before = taken;
            await patience.PauseAsync(failures, cancellationToken);
            progress = await upload.ResumeAsync(cancellationToken);
            failures = taken > before ? 0 : failures;
        }

        return Sent.Done;
    }

    private async Task CheckAsync(string name, long size, string checksum, bool isOurs, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(name, cancellationToken) is not { } stored)
        {
            throw new FirebaseException($"Cloud Storage reported that it stored {name}, but does not have it.", isTransient: true);
        }

        if (stored.Size == size && stored.Checksum == checksum)
        {
            return; // where the name was taken, by an earlier try whose answer was lost
        }

        if (!isOurs)
        {
            throw new FirebaseException($"Another file is stored as {name} already. Stored files never change.");
        }

        await bucket.DeleteAsync(name, stored.Generation, cancellationToken);
        throw new FirebaseException(
            $"Cloud Storage reported success, but kept {stored.Size} bytes with checksum {stored.Checksum} of {name} instead of {size} with {checksum}. They were deleted.", isTransient: true);
    }
}
