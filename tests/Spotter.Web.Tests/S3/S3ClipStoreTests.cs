using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.S3;
using Spotter.Web.Tests.Clips;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.S3;

/// <summary>An S3 store keeps the contract: the npm package s3rver, or the bucket that SPOTTER_TEST_S3 names, with the usual variables.</summary>
public sealed class S3ClipStoreTests(NodeServers servers) : ClipStoreContract
{
    private readonly List<S3ClipStore> stores = [];
    private readonly S3Location place = S3Location.Parse($"{Environment.GetEnvironmentVariable("SPOTTER_TEST_S3") ?? "s3://clips"}/contract-{Guid.NewGuid():N}");
    private readonly ClipName name = ClipName.Original(JobId.New());

    [Fact]
    public async Task Save_StoreWithoutConditions_StoresAndRefusesATakenName()
    {
        var conditions = 0;
        var store = Open((request, send) =>
        {
            if (request.Method != HttpMethod.Put || !request.Headers.TryGetValues("If-None-Match", out _))
            {
                return send();
            }

            conditions++;
            return Answer(HttpStatusCode.NotImplemented, "NotImplemented");
        });
        await SaveAsync(store, [1, 2, 3]);

        await SaveAsync(store, [1, 2, 3]);
        var error = await Assert.ThrowsAsync<IOException>(() => SaveAsync(store, [4]));

        Assert.Contains("never change", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(await store.FetchAsync(name, Folder.Path)));
        Assert.Equal(1, conditions);
    }

    [Fact]
    public async Task Save_AnotherRequestForTheNameIsOnItsWay_IsRepeated()
    {
        var conflicts = 0;
        var store = Open((request, send) =>
            request.Method == HttpMethod.Put && conflicts++ < 2 ? Answer(HttpStatusCode.Conflict, "ConditionalRequestConflict") : send());

        await SaveAsync(store, [1, 2, 3]);

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(await store.FetchAsync(name, Folder.Path)));
        Assert.Equal(3, conflicts);
    }

    [Fact]
    public async Task Save_BytesTurnedOnTheWay_IsAnErrorAndNothingStays()
    {
        var store = Open(async (request, send) =>
        {
            if (request.Method == HttpMethod.Put)
            {
                var headers = request.Content!.Headers;
                request.Content = new ByteArrayContent([1, 2, 4]);
                foreach (var header in headers)
                {
                    request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }

            return await send();
        });

        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(store, [1, 2, 3]));

        Assert.Null(await store.OpenAsync(name));
    }

    [Fact]
    public async Task Open_DownloadsBreakOff_GoOnWhereTheyEnded()
    {
        var content = RandomNumberGenerator.GetBytes((1 << 20) + 4321);
        var cuts = 0;
        var store = Open(async (request, send) =>
        {
            var response = await send();
            if (request.Method == HttpMethod.Get && request.Headers.Range is not null && cuts++ % 2 == 0)
            {
                var whole = await response.Content.ReadAsByteArrayAsync();
                response.Content = new CutContent(whole, whole.Length / 3);
            }

            return response;
        });
        await SaveAsync(store, content);

        await using var file = (await store.OpenAsync(name))!.Content;
        using var read = new MemoryStream();
        await file.CopyToAsync(read);

        Assert.Equal(content, read.ToArray());
        Assert.True(cuts > 3, $"only {cuts} downloads");
    }

    [Theory]
    [InlineData("s3://bucket", "bucket", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    [InlineData("s3://bucket/a/b", "bucket", "a/b/")]
    [InlineData("s3://bucket/a/b/", "bucket", "a/b/")]
    public void Parse_Place_IsBucketAndBeginning(string text, string bucket, string beginning) => Assert.Equal(new S3Location(bucket, beginning), S3Location.Parse(text));

    [Theory]
    [InlineData("bucket")]
    [InlineData("s3://")]
    [InlineData("s3:///a")]
    [InlineData("s3://bucket//a")]
    [InlineData("https://bucket/a")]
    public void Parse_OtherForms_AreRefused(string text) => Assert.Throws<ArgumentException>(() => S3Location.Parse(text));

    [Fact]
    public void Settings_EndpointOverride_AsksThereWithTheBucketInThePath()
    {
        var settings = S3Location.Settings(name => name switch { "AWS_ENDPOINT_URL" => "http://127.0.0.1:1", "AWS_REGION" => "eu-west-1", _ => null });

        Assert.Equal("http://127.0.0.1:1/", settings.ServiceURL);
        Assert.True(settings.ForcePathStyle);
        Assert.Equal("eu-west-1", settings.AuthenticationRegion);
        Assert.False(S3Location.Settings(_ => null).ForcePathStyle);
    }

    public override void Dispose()
    {
        stores.ForEach(store => store.Dispose());
        base.Dispose();
    }

    protected override IClipStore Open() => Environment.GetEnvironmentVariable("SPOTTER_TEST_S3") is null
        ? Open(static (_, send) => send())
        : Kept(S3ClipStore.Open(place));

    private S3ClipStore Open(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> fault)
    {
        var settings = S3Location.Settings(name => name == "AWS_ENDPOINT_URL" ? servers.S3.AbsoluteUri : null);
        settings.HttpClientFactory = new FaultyClients(fault);
        return Kept(new S3ClipStore(new AmazonS3Client(new BasicAWSCredentials("S3RVER", "S3RVER"), settings), place, TimeProvider.System));
    }

    private S3ClipStore Kept(S3ClipStore store)
    {
        stores.Add(store);
        return store;
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string code) => Task.FromResult(new HttpResponseMessage(status)
    {
        Content = new StringContent($"<Error><Code>{code}</Code><Message>No.</Message></Error>", System.Text.Encoding.UTF8, "application/xml"),
    });

    private async Task SaveAsync(S3ClipStore store, byte[] content)
    {
        var local = Folder.File("local");
        await File.WriteAllBytesAsync(local, content);
        await store.SaveAsync(name, local);
    }

    private sealed class FaultyClients(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> fault) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new FaultyHandler(fault));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
