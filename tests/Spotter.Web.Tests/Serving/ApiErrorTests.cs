using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Spotter.Web.Firebase;
using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Serving;

/// <summary>What is told when something goes wrong.</summary>
public sealed class ApiErrorTests
{
    [Theory]
    [InlineData("GET", "/api/clips/AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("PUT", "/api/clips", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("POST", "/api/exercises", HttpStatusCode.BadRequest, "bad-request")]
    public async Task Problem_OfAnyStatus_HasACodeAndASentence(string method, string path, HttpStatusCode status, string code)
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);

        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await AssertProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Problem_OfEntry_HasACode()
    {
        await using var server = await TestServer.StartAsync(options => options with { AccessKey = "a key nobody guesses" }, QuickWork.Replace);
        using var without = await server.Client.GetAsync("/api/clips");
        await AssertProblemAsync(without, HttpStatusCode.Unauthorized, "key-needed");
        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Headers = { { "Origin", "http://evil.example" } } };
        using var refused = await server.Client.SendAsync(elsewhere);
        await AssertProblemAsync(refused, HttpStatusCode.Forbidden, "elsewhere");
        using var named = new HttpRequestMessage(HttpMethod.Get, "/api/clips") { Headers = { Host = "rebound.example" } };
        using var wrong = await server.Client.SendAsync(named);
        await AssertProblemAsync(wrong, HttpStatusCode.MisdirectedRequest, "wrong-host");
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"clip\"; filename=\"a.mp4\"\r\n\r\nhalf of a")]
    [InlineData("--x\r\nContent-Disposition: form-data; na")]
    [InlineData("no boundary at all")]
    public async Task Upload_BrokenForm_IsTheClientsFault(string body)
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        server.Services.GetRequiredService<Web.Coaching.CoachBook>().Add("thing", "Thing");
        foreach (var path in (string[])["/api/clips", "/api/exercises/thing/examples"])
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
            using var response = await server.Client.PostAsync(path, content);
            await AssertProblemAsync(response, HttpStatusCode.BadRequest, "broken-off");
        }
    }

    [Fact]
    public async Task Upload_FormWithoutScript_ShowsAPage()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips")
        {
            Content = new MultipartFormDataContent { { new StringContent("Ann"), "person" }, { new StringContent("not a video"), "clip", "clip.mp4" } },
            Headers = { { "Accept", "text/html,application/xhtml+xml" }, { "Accept-Language", "en" } },
        };

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("not a video", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfSomethingElse_IsExplainedInTheReadersLanguage()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = new StringContent("not a video"), Headers = { { "Accept-Language", "zh-TW" } } };

        using var response = await server.Client.SendAsync(request);

        Assert.Contains("這不是可讀取的影片", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_OutOfReach_IsSaidToComeBackLater()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 }, services =>
        {
            services.RemoveAll<IJobStore>();
            services.AddSingleton(DispatchProxy.Create<IJobStore, OutOfReach>());
        });

        using var program = await server.Client.GetAsync("/api/clips");
        await AssertProblemAsync(program, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.NotNull(program.Headers.RetryAfter);
        using var page = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("Not reachable right now", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_MissingWhileServing_IsNotBlamedOnTheStore()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 }, services =>
        {
            services.RemoveAll<IJobStore>();
            services.AddSingleton(DispatchProxy.Create<IJobStore, WithoutTool>());
        });

        using var program = await server.Client.GetAsync("/api/clips");
        await AssertProblemAsync(program, HttpStatusCode.ServiceUnavailable, "missing-tool");
        using var page = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("spotter doctor", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_ThatCannotBeTold_KeepsNoClipFromBeingTaken()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 }, services =>
        {
            var inner = (IJobStore)services.Single(service => service.ServiceType == typeof(IJobStore)).ImplementationInstance!;
            var store = DispatchProxy.Create<IJobStore, WithoutPlaces>();
            ((WithoutPlaces)store).Inner = inner;
            services.RemoveAll<IJobStore>();
            services.AddSingleton(store);
        });

        foreach (var key in (string[])["fails", "never answers"])
        {
            var taken = await server.UploadAsync(Samples.Good, key: key.Replace(' ', '-'));
            Assert.Equal("waiting", taken.GetProperty("state").GetString());
            Assert.False(taken.TryGetProperty("ahead", out _));
        }

        Assert.Equal(2, (await server.Client.GetFromJsonAsync<JsonElement>("/api/clips")).GetArrayLength());
    }

    [Fact]
    public async Task Failure_OfEachCause_IsTold()
    {
        Assert.Equal(new Failure(503, "unavailable"), Failure.Of(new FirebaseException("Firebase does not answer.", isTransient: true)));
        Assert.Equal(new Failure(503, "unavailable"), Failure.Of(new Amazon.S3.AmazonS3Exception("The store does not answer.")));
        Assert.Equal(new Failure(503, "unavailable"), Failure.Of(await Assert.ThrowsAnyAsync<NpgsqlException>(ConnectToNothingAsync)));
        Assert.Equal(new Failure(500, "internal"), Failure.Of(new IOException("Something with a file.")));
        Assert.Equal(new Failure(500, "internal"), Failure.Of(new InvalidOperationException("A mistake of ours.")));
    }

    [Fact]
    public void Failure_DiskOrDatabaseFull_IsNoSpace()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        var disk = Assert.ThrowsAny<IOException>(() =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
            full.Write(new byte[1 << 16]);
        });
        Assert.Equal(new Failure(507, "no-space"), Failure.Of(disk));

        using var folder = new TemporaryFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File("small.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (x BLOB); PRAGMA max_page_count = 4";
        command.ExecuteScalar();
        command.CommandText = "INSERT INTO t VALUES (zeroblob(1000000))";
        Assert.Equal(new Failure(507, "no-space"), Failure.Of(Assert.Throws<SqliteException>(() => command.ExecuteNonQuery())));
    }

    internal static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private static async Task ConnectToNothingAsync()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        await using var connection = await source.OpenConnectionAsync();
    }

    /// <summary>A store that is asked on a machine whose ffprobe somebody removed.</summary>
    public class WithoutTool : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new MissingToolException("ffprobe is not installed.", "ffprobe");
    }

    /// <summary>A store that counts nobody: by turns it fails and never answers.</summary>
    public class WithoutPlaces : DispatchProxy
    {
        private int asked;

        public IJobStore Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IJobStore.CountAheadAsync) when asked++ % 2 == 0 => throw new FirebaseException("The database does not answer.", isTransient: true),
            nameof(IJobStore.CountAheadAsync) => NeverAsync((CancellationToken)args![1]!),
            _ => targetMethod.Invoke(Inner, args),
        };

        private static async Task<int> NeverAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>A store that nothing reaches.</summary>
    public class OutOfReach : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new FirebaseException("The database does not answer.", isTransient: true);
    }
}
