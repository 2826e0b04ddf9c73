using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Google.Apis.Auth.OAuth2;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.S3;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Clips;

/// <summary>A store that clips cannot be kept in is noticed at the start.</summary>
public sealed class ClipPlaceTests(NodeServers servers) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task TryOut_StoresThatWork_PassesAndLeavesNothing()
    {
        using var s3 = OpenS3($"s3://clips/{Guid.NewGuid():N}");
        using var storage = OpenStorage((_, send) => send());
        foreach (var store in (IClipStore[])[s3, storage, new FileClipStore(folder.File("clips"))])
        {
            Assert.Same(store, await ClipPlace.TryOutAsync(store, folder.File("own"), CancellationToken.None));
            Assert.Empty(await store.ListJobsAsync().ToListAsync());
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.File("own")));
    }

    [Theory]
    [InlineData("s3://nothing-here", "S3RVER", "bucket")]
    [InlineData("s3://clips/trial", "wrong", "Key")]
    public async Task TryOut_S3MistypedOrForbidden_SaysWhatToCheck(string place, string user, string what)
    {
        var error = await Assert.ThrowsAsync<BackEndException>(() => ClipPlace.TryOutAsync(OpenS3(place, user), folder.Path, CancellationToken.None));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("--clips or SPOTTER_CLIPS", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "Check the name of the bucket")]
    [InlineData(HttpStatusCode.Forbidden, "Storage Object Admin")]
    public async Task TryOut_FirebaseStorageMistypedOrForbidden_SaysWhatToCheck(HttpStatusCode status, string what)
    {
        using var store = OpenStorage((request, send) =>
            request.Method == HttpMethod.Post ? Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("{}") }) : send());

        var error = await Assert.ThrowsAsync<BackEndException>(() => ClipPlace.TryOutAsync(store, folder.Path, CancellationToken.None));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAServerOrAWorkerWithAMistypedBucket_IsRefused()
    {
        await using var database = await TestDatabase.StartAsync();
        var backEnd = FirebaseBackEnd.With(database.Options, _ => OpenS3("s3://nothing-here"));

        await Assert.ThrowsAsync<BackEndException>(() => WebServer.StartAsync(
            new ServeOptions { DataFolder = folder.File("data"), Urls = ["http://127.0.0.1:0"], BackEnd = backEnd, Workers = 0 }));
        await Assert.ThrowsAsync<BackEndException>(() => WorkerHost.StartAsync(new WorkerOptions { BackEnd = backEnd, Folder = folder.File("work") }, QuickWork.Replace));
    }

    public void Dispose() => folder.Dispose();

    private S3ClipStore OpenS3(string place, string user = "S3RVER")
    {
        var endpoint = servers.S3.AbsoluteUri;
        return new S3ClipStore(
            new AmazonS3Client(new BasicAWSCredentials(user, "S3RVER"), S3Location.Settings(name => name == "AWS_ENDPOINT_URL" ? endpoint : null)), S3Location.Parse(place), TimeProvider.System);
    }

    private FirebaseClipStore OpenStorage(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> fault)
    {
        var address = servers.FirebaseStorage;
        return new FirebaseClipStore(
            new StorageBucket(address, $"trial-{Guid.NewGuid():N}", FirebaseAccess.With(new Token()), TimeProvider.System, new FaultyHandler(fault)), address);
    }

    private sealed class Token : ITokenAccess
    {
        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) => Task.FromResult("a token");
    }
}
