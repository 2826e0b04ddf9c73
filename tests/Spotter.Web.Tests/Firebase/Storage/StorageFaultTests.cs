using System.Net;
using System.Security.Cryptography;
using Google.Apis.Auth.OAuth2;
using Spotter.Web.Clips;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase.Storage;

/// <summary>What the network and the server may do to a file on its way, against Google's storage server.</summary>
public sealed class StorageFaultTests(NodeServers servers) : IDisposable
{
    private const int Chunk = 256 << 10;

    private readonly TemporaryFolder folder = new();
    private readonly List<string> seen = [];
    private readonly byte[] content = RandomNumberGenerator.GetBytes((3 * Chunk) + 1234);
    private readonly ClipName name = ClipName.Original(JobId.New());
    private readonly string bucketName = $"faults-{Guid.NewGuid():N}";

    [Fact]
    public async Task Save_ManyChunks_IsWhole()
    {
        using var store = Open();

        await SaveAsync(store, content);

        Assert.Equal(content, await FetchAsync(store));
        Assert.Equal(["bytes 0-262143/787666", "bytes 262144-524287/787666", "bytes 524288-786431/787666", "bytes 786432-787665/787666"], seen.Where(part => part.StartsWith("bytes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Save_ServerBusyInTheMiddle_GoesOnThere()
    {
        var failed = 0;
        using var store = Open((request, send) => IsChunk(request, "bytes 262144") && failed++ == 0 ? Answer(HttpStatusCode.ServiceUnavailable) : send());

        await SaveAsync(store, content);

        Assert.Equal(content, await FetchAsync(store));
        Assert.Contains("bytes */787666", seen);
        Assert.Single(seen, "bytes 0-262143/787666");
    }

    [Fact]
    public async Task Save_ReplyOfLastChunkLost_IsStoredOnce()
    {
        var failed = 0;
        using var store = Open(async (request, send) =>
        {
            var response = await send();
            return IsChunk(request, "bytes 786432") && failed++ == 0 ? throw new HttpRequestException("The connection broke.") : response;
        });

        await SaveAsync(store, content);

        Assert.Equal(content, await FetchAsync(store));
        Assert.Equal(1, failed);
    }

    [Fact]
    public async Task Save_ServerStaysBusy_IsGivenUp()
    {
        using var store = Open((request, send) => IsChunk(request, "bytes 262144") ? Answer(HttpStatusCode.ServiceUnavailable) : send());

        var error = await Assert.ThrowsAsync<FirebaseException>(() => SaveAsync(store, content));

        Assert.True(error.IsTransient);
        Assert.InRange(seen.Count(part => part.StartsWith("bytes 262144", StringComparison.Ordinal)), 2, 10);
        Assert.Null(await store.OpenAsync(name));
    }

    [Fact]
    public async Task Save_SessionLost_BeginsAnew()
    {
        var failed = 0;
        using var store = Open((request, send) => IsChunk(request, "bytes 262144") && failed++ == 0 ? Answer(HttpStatusCode.Gone) : send());

        await SaveAsync(store, content);

        Assert.Equal(content, await FetchAsync(store));
    }

    [Fact]
    public async Task Save_ServerKeepsAPartAndReportsSuccess_IsAnErrorAndNothingStays()
    {
        using var store = Open(bucket: "truncating");

        var error = await Assert.ThrowsAsync<FirebaseException>(() => SaveAsync(store, content));

        Assert.Contains("kept 262144 bytes", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.Null(await store.OpenAsync(name));
        Assert.True(File.Exists(folder.File("local")), "what could not be stored must stay");
    }

    [Fact]
    public async Task Open_DownloadsBreakOff_GoOnWhereTheyEnded()
    {
        var cuts = 0;
        var large = RandomNumberGenerator.GetBytes((1 << 20) + 5678);
        using var store = Open(async (request, send) =>
        {
            var response = await send();
            if (request.RequestUri!.Query.Contains("alt=media", StringComparison.Ordinal) && cuts++ % 2 == 0)
            {
                var whole = await response.Content.ReadAsByteArrayAsync();
                var cut = new CutContent(whole, whole.Length / 3);
                cut.Headers.ContentRange = response.Content.Headers.ContentRange;
                response.Content = cut;
            }

            return response;
        });
        await SaveAsync(store, large);

        await using var file = (await store.OpenAsync(name))!.Content;
        using var read = new MemoryStream();
        await file.CopyToAsync(read);
        file.Seek(-10, SeekOrigin.End);
        var end = new byte[10];
        await file.ReadExactlyAsync(end);

        Assert.Equal(large, read.ToArray());
        Assert.Equal(large[^10..], end);
        Assert.True(cuts > 3, $"only {cuts} downloads");
    }

    [Fact]
    public async Task Fetch_BytesTurnedOnTheWay_IsAnError()
    {
        using var store = Open(async (request, send) =>
        {
            var response = await send();
            if (request.RequestUri!.Query.Contains("alt=media", StringComparison.Ordinal))
            {
                var whole = await response.Content.ReadAsByteArrayAsync();
                whole[whole.Length / 2] ^= 1;
                var turned = new ByteArrayContent(whole);
                turned.Headers.ContentRange = response.Content.Headers.ContentRange;
                response.Content = turned;
            }

            return response;
        });
        await SaveAsync(store, content);

        await Assert.ThrowsAsync<FirebaseException>(() => FetchAsync(store));
        await Assert.ThrowsAsync<FirebaseException>(() => store.OpenAsync(name));
    }

    [Fact]
    public async Task List_ManyPages_TellsEachOnce()
    {
        using var store = Open((request, send) =>
        {
            request.RequestUri = request.RequestUri!.Query.Contains("prefix=", StringComparison.Ordinal) ? new Uri(request.RequestUri + "&maxResults=2") : request.RequestUri;
            return send();
        });
        string[] attempts = [.. Enumerable.Range(0, 5).Select(_ => JobId.New()).Order(StringComparer.Ordinal)];
        foreach (var attempt in attempts)
        {
            await SaveAsync(store, [1, 2, 3], new ClipName(name.Job, attempt, "report.json"));
        }

        Assert.Equal(attempts, await store.ListAttemptsAsync(name.Job));
        await store.DeleteJobAsync(name.Job);
        Assert.Empty(await store.ListAttemptsAsync(name.Job));
    }

    [Fact]
    public async Task Request_TokenRefused_IsRepeatedWithANewOne()
    {
        var refused = 0;
        using var store = Open((request, send) =>
        {
            Assert.True(request.Headers.Authorization?.Parameter == "a token" || request.RequestUri!.Query.Contains("upload_id", StringComparison.Ordinal));
            return refused++ == 0 ? Answer(HttpStatusCode.Unauthorized) : send();
        });

        await SaveAsync(store, content);

        Assert.Equal(content, await FetchAsync(store));
    }

    [Fact]
    public async Task Request_TokenServiceOutOfReachForAMoment_IsRepeated()
    {
        var tokens = new Token { Failures = 3 };
        using var store = Open(tokens: tokens);

        await SaveAsync(store, content);
        tokens.Failures = 2;

        Assert.Equal(content, await FetchAsync(store));
    }

    [Fact]
    public async Task Request_TokenServiceStaysOutOfReach_IsGivenUpAsPassing()
    {
        using var store = Open(tokens: new Token { Failures = int.MaxValue });

        var error = await Assert.ThrowsAsync<FirebaseException>(() => SaveAsync(store, content));

        Assert.True(error.IsTransient);
        Assert.Contains("token service", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("local")));
    }

    [Fact]
    public void Checksum_KnownBytes_IsCastagnolis()
    {
        var checksum = default(Crc32C);
        checksum.Append("12345678"u8);
        checksum.Append("9"u8);

        Assert.Equal("4waSgw==", checksum.Text); // 0xE3069283, the check value of CRC-32C
    }

    public void Dispose() => folder.Dispose();

    private static bool IsChunk(HttpRequestMessage request, string beginning) =>
        request.Method == HttpMethod.Put && request.Content?.Headers.ContentRange?.ToString().StartsWith(beginning, StringComparison.Ordinal) == true;

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("") });

    private FirebaseClipStore Open(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? fault = null, string? bucket = null, Token? tokens = null)
    {
        var address = servers.FirebaseStorage;
        var handler = new FaultyHandler((request, send) =>
        {
            seen.Add(request.Content?.Headers.ContentRange?.ToString() ?? request.RequestUri!.PathAndQuery);
            return fault is null ? send() : fault(request, send);
        });
        return new FirebaseClipStore(
            new StorageBucket(address, bucket ?? bucketName, FirebaseAccess.With(tokens ?? new Token()), TimeProvider.System, handler, Chunk));
    }

    private async Task SaveAsync(FirebaseClipStore store, byte[] bytes, ClipName? other = null)
    {
        var local = folder.File("local");
        await File.WriteAllBytesAsync(local, bytes);
        await store.SaveAsync(other ?? name, local);
    }

    private async Task<byte[]> FetchAsync(FirebaseClipStore store) => await File.ReadAllBytesAsync(await store.FetchAsync(name, folder.Path));

    private sealed class Token : ITokenAccess
    {
        public int Failures { get; set; }

        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) =>
            Failures-- > 0 ? throw new HttpRequestException("No way there.") : Task.FromResult("a token");
    }
}
