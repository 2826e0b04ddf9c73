using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Spotter.Web.Clips;

namespace Spotter.Web.Firebase.Storage;

/// <summary>
/// A bucket over Cloud Storage's JSON API. Requests that fail in passing (no connection, 408, 429, 5xx) are repeated; a download that breaks off goes on where
/// it ended.
/// </summary>
internal sealed class StorageBucket : IDisposable
{
    /// <summary>Where Cloud Storage is.</summary>
    public static readonly Uri Service = new("https://storage.googleapis.com/");

    private readonly HttpClient http;
    private readonly FirebaseAccess access;
    private readonly Patience patience;
    private readonly string bucket;
    private readonly string objects;

    /// <summary>Speaks to a bucket.</summary>
    /// <param name="endpoint">Cloud Storage, or an emulator of it.</param>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="access">Who one is.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="handler">Carries the requests; null for the network.</param>
    /// <param name="chunkSize">Bytes of an upload sent in one request; null for the usual.</param>
    public StorageBucket(Uri endpoint, string bucket, FirebaseAccess access, TimeProvider time, HttpMessageHandler? handler = null, int? chunkSize = null)
    {
        (this.access, this.bucket) = (access, bucket);
        objects = $"{(endpoint == Service ? "storage/v1/" : "")}b/{bucket}/o";
        patience = new Patience(time);
        handler ??= new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        http = new HttpClient(handler) { BaseAddress = endpoint };
        Uploads = new StorageUploads(this, handler, patience, chunkSize ?? StorageUploads.UsualChunk);
    }

    /// <summary>Brings files to the bucket.</summary>
    public StorageUploads Uploads { get; }

    /// <summary>Address of an object's description below the endpoint.</summary>
    public string PathOf(string name) => $"{objects}/{Uri.EscapeDataString(name)}";

    /// <summary>Address for new objects below the endpoint.</summary>
    public string UploadPath => $"upload/storage/v1/b/{bucket}/o";

    /// <summary>An object's description; null where there is none.</summary>
    public async Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, PathOf(name)), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await RequireAsync(response, $"read about {name}", cancellationToken);
        return StoredObject.Parse(await JsonAsync(response, cancellationToken));
    }

    /// <summary>Reads a part of an object.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="FirebaseException">It cannot be read.</exception>
    /// <exception cref="IOException">It breaks off again and again.</exception>
    public Task ReadAsync(StoredObject stored, long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        patience.FillAsync((first, last) => OpenPartAsync(stored, first, last, cancellationToken), offset, buffer, cancellationToken);

    /// <summary>Deletes an object; nothing happens where there is none.</summary>
    /// <param name="name">The object.</param>
    /// <param name="generation">Only while it has this content; null for any.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task DeleteAsync(string name, string? generation, CancellationToken cancellationToken)
    {
        var condition = generation is null ? "" : $"?ifGenerationMatch={generation}";
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, PathOf(name) + condition), cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed))
        {
            await RequireAsync(response, $"delete {name}", cancellationToken);
        }
    }

    /// <summary>Names of the objects that begin so; with folders, what stands between the beginning and the next slash instead.</summary>
    public async IAsyncEnumerable<string> ListAsync(string beginning, bool folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = $"{objects}?prefix={Uri.EscapeDataString(beginning)}{(folders ? "&delimiter=%2F" : "")}&fields=nextPageToken,prefixes,items(name)";
        string? page = null, last = null;
        do
        {
            var address = page is null ? query : $"{query}&pageToken={Uri.EscapeDataString(page)}";
            using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
            await RequireAsync(response, "list what it holds", cancellationToken);
            var found = await JsonAsync(response, cancellationToken);
            foreach (var name in folders ? Texts(found, "prefixes", static prefix => prefix) : Texts(found, "items", static item => item.GetProperty("name")))
            {
                // Names come in order; the emulator tells folders again with every page.
                if (string.CompareOrdinal(name, last) > 0)
                {
                    yield return last = name;
                }
            }

            page = found.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
        while (page is not null);
    }

    /// <summary>Sends a request as the service account, again and again where it fails in passing.</summary>
    /// <param name="make">Makes the request anew for each try.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The answer, its content not read yet; never one that a repetition may change.</returns>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var failures = 0; ;)
        {
            HttpStatusCode? status = null;
            Exception? trouble = null;
            try
            {
                using var request = make();
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await access.TokenAsync(cancellationToken));
                var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.StatusCode == HttpStatusCode.Unauthorized && !renewed)
                {
                    renewed = true;
                    response.Dispose();
                    await access.RenewAsync(cancellationToken);
                    continue;
                }

                if (!IsPassing(response.StatusCode))
                {
                    return response;
                }

                status = response.StatusCode;
                response.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException or FirebaseException { IsTransient: true })
            {
                trouble = e; // on the way there, or on the way to a token
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                trouble = e; // the limit of HttpClient
            }

            if (++failures == Patience.MostTries)
            {
                throw new FirebaseException($"Cloud Storage cannot be reached: {(status is null ? trouble!.Message : $"it answers {(int)status}")}.", status, isTransient: true, trouble);
            }

            await patience.PauseAsync(failures, cancellationToken);
        }
    }

    /// <summary>Whether an answer may be another one later.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>Content of a request.</summary>
    public static HttpContent JsonContent(byte[] body) => new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    /// <summary>Passes only a success.</summary>
    /// <exception cref="FirebaseException">It was none.</exception>
    public async Task RequireAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(response.StatusCode, what, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Uploads.Dispose();
        http.Dispose();
    }

    private FirebaseException Refused(HttpStatusCode status, string what, string answer)
    {
        var advice = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " Give the service account the role Storage Object Admin on the bucket.",
            HttpStatusCode.NotFound => " Check the name of the bucket, and that Storage is set up in the Firebase console.",
            _ => "",
        };
        var detail = answer.Length > 300 ? answer[..300] : answer;
        return new FirebaseException($"The bucket {bucket} refused to {what}: {(int)status} {detail}{advice}", status);
    }

    private async Task<Stream> OpenPartAsync(StoredObject stored, long first, long last, CancellationToken cancellationToken)
    {
        var response = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, $"{PathOf(stored.Name)}?alt=media&generation={stored.Generation}");
                request.Headers.Range = new RangeHeaderValue(first, last);
                return request;
            },
            cancellationToken);
        if (response.IsSuccessStatusCode && (response.Content.Headers.ContentRange?.From ?? 0) == first)
        {
            return await response.Content.ReadAsStreamAsync(cancellationToken); // its end is the end of the response
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                throw new FileNotFoundException($"The stored file {stored.Name} is gone.", stored.Name);
            }

            await RequireAsync(response, $"read {stored.Name}", cancellationToken);
            throw new FirebaseException($"The bucket {bucket} answered with another part of {stored.Name} than was asked for.");
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<JsonElement>(content, cancellationToken: cancellationToken);
    }

    private static IEnumerable<string> Texts(JsonElement found, string name, Func<JsonElement, JsonElement> select) =>
        found.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(entry => select(entry).GetString()!) : [];
}
