using System.Net;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Jobs;
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
        using var s3 = servers.OpenS3($"s3://clips/{Guid.NewGuid():N}");
        using var storage = servers.OpenFirebaseStorage((_, send) => send());
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
        var error = await Assert.ThrowsAsync<BackEndException>(() => ClipPlace.TryOutAsync(servers.OpenS3(place, user), folder.Path, CancellationToken.None));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("--clips or SPOTTER_CLIPS", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "Check the name of the bucket")]
    [InlineData(HttpStatusCode.Forbidden, "Storage Object Admin")]
    public async Task TryOut_FirebaseStorageMistypedOrForbidden_SaysWhatToCheck(HttpStatusCode status, string what)
    {
        using var store = servers.OpenFirebaseStorage((request, send) =>
            request.Method == HttpMethod.Post ? Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("{}") }) : send());

        var error = await Assert.ThrowsAsync<BackEndException>(() => ClipPlace.TryOutAsync(store, folder.Path, CancellationToken.None));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAServerOrAWorkerWithAMistypedBucket_IsRefused()
    {
        await using var database = await TestDatabase.StartAsync();
        var backEnd = FirebaseBackEnd.With(database.Options, _ => servers.OpenS3("s3://nothing-here"));

        await Assert.ThrowsAsync<BackEndException>(() => WebServer.StartAsync(
            new ServeOptions { DataFolder = folder.File("data"), Urls = ["http://127.0.0.1:0"], BackEnd = backEnd, Workers = 0 }));
        await Assert.ThrowsAsync<BackEndException>(() => WorkerHost.StartAsync(new WorkerOptions { BackEnd = backEnd, Folder = folder.File("work") }, QuickWork.Replace));
    }

    [Fact]
    public async Task Open_AnotherPlaceThanTheDatabaseKnows_IsRefused()
    {
        await using var database = await TestDatabase.StartAsync();
        var (place, other) = ($"s3://clips/{Guid.NewGuid():N}", $"s3://clips/{Guid.NewGuid():N}");

        // Several for the first time at once, one of them gives the name.
        var first = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => OpenAsync(place, $"first-{number}")));
        foreach (var opened in first)
        {
            Assert.Empty(await opened.Clips.ListJobsAsync().ToListAsync());
            await opened.DisposeAsync();
        }

        var error = await Assert.ThrowsAsync<BackEndException>(() => OpenAsync(other, "other"));
        await (await OpenAsync(place, "again")).DisposeAsync();

        Assert.Contains("not the one of these jobs", error.Message, StringComparison.Ordinal);

        Task<BackEnd> OpenAsync(string at, string own) =>
            FirebaseBackEnd.With(database.Options, _ => servers.OpenS3(at))(new BackEndSetting(folder.File(own), new JobPolicy(), TimeProvider.System), CancellationToken.None);
    }

    public void Dispose() => folder.Dispose();
}
