using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Browser;

/// <summary>
/// A clip sent straight to Storage by Firebase's own library in a real Chromium, under our rules. Only the sign-in is ours: its answers are made up on the way to Google.
/// </summary>
public sealed class DirectUploadTests(NodeServers servers, Chromium chromium) : IAsyncDisposable
{
    private const string Person = "person-1";

    private readonly string bucket = $"direct-{Guid.NewGuid():N}";
    private readonly TemporaryFolder folder = new();
    private FirebaseClipStore? clips;
    private TestServer? server;

    private FirebaseClipStore Clips => clips ??= FirebaseClipStore.Open(new FirebaseOptions
    {
        DatabaseUrl = new Uri("https://demo-spotter.firebaseio.com"),
        Bucket = bucket,
        StorageEmulator = servers.FirebaseStorageWithRules.Authority,
    });

    [Fact]
    public async Task Clip_FromTheBrowser_LiesInStorageAndWaits()
    {
        await using var context = await (await chromium.BrowserAsync()).NewContextAsync();
        await StartAsync();
        var page = await context.NewPageAsync();
        var sent = new List<string>();
        page.Console += (_, message) => sent.Add($"console: {message.Text}");
        page.Request += (_, request) => sent.Add($"{request.Method} {request.Url}");
        await page.RouteAsync("https://identitytoolkit.googleapis.com/**", SignInAsync);

        await page.GotoAsync(server!.Url);
        await page.SetInputFilesAsync("#clip", Samples.NoLockout);
        try
        {
            await page.WaitForURLAsync("**/r/*", new PageWaitForURLOptions { Timeout = 30_000 });
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException(string.Join('\n', sent), e);
        }

        var id = new Uri(page.Url).Segments[^1];
        var status = await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}");
        Assert.Equal("waiting", status.GetProperty("state").GetString());
        await using (var stored = (await Clips.OpenAsync(ClipName.Original(id)))!.Content)
        {
            Assert.Equal(new FileInfo(Samples.NoLockout).Length, stored.Length);
        }

        Assert.DoesNotContain(sent, line => line.StartsWith($"POST {server.Url}/api/clips?", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, line => line.StartsWith("console", StringComparison.Ordinal));

        // What a worker stores belongs to the same person.
        var attempt = JobId.New();
        await File.WriteAllTextAsync(folder.File("report"), "{}");
        await Clips.SaveAsync(new ClipName(id, attempt, "report.json"), folder.File("report"));
        using var asked = new HttpRequestMessage(
            HttpMethod.Get, new Uri(servers.FirebaseStorageWithRules, $"/v0/b/{bucket}/o/{Uri.EscapeDataString($"clips/{id}/{attempt}/report.json")}?alt=media"));
        asked.Headers.TryAddWithoutValidation("Authorization", $"Firebase {Token()}");
        using var answer = await server.Client.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Clip_SignInSwitchedOff_GoesThroughTheServer()
    {
        await using var context = await (await chromium.BrowserAsync()).NewContextAsync();
        await StartAsync();
        var page = await context.NewPageAsync();
        await page.RouteAsync("https://identitytoolkit.googleapis.com/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 400,
            ContentType = "application/json",
            Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
            Body = """{"error":{"code":400,"message":"ADMIN_ONLY_OPERATION"}}""",
        }));

        await page.GotoAsync(server!.Url);
        await page.SetInputFilesAsync("#clip", Samples.NoLockout);
        await page.WaitForURLAsync("**/r/*", new PageWaitForURLOptions { Timeout = 30_000 });

        Assert.NotNull(await Clips.OpenAsync(ClipName.Original(new Uri(page.Url).Segments[^1])));
    }

    [Fact]
    public async Task Stored_WhatIsNoClipOrNotThere_IsRefusedAndDeleted()
    {
        await StartAsync();
        var id = JobId.New();
        await File.WriteAllTextAsync(folder.File("text"), "not a clip");
        await Clips.SaveAsync(ClipName.Original(id), folder.File("text"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await HandInAsync(id));
        Assert.Null(await Clips.OpenAsync(ClipName.Original(id)));
        Assert.Equal(HttpStatusCode.BadRequest, await HandInAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, await HandInAsync("short"));
    }

    [Fact]
    public async Task Stored_Twice_IsOneJob()
    {
        await StartAsync();
        var id = await StoreAsync();

        Assert.Equal(HttpStatusCode.Created, await HandInAsync(id));
        Assert.Equal(HttpStatusCode.OK, await HandInAsync(id));
    }

    [Fact]
    public async Task Stored_AsWhatIsSomethingElseAlready_IsRefused()
    {
        await StartAsync();
        var jobs = server!.Services.GetRequiredService<IJobStore>();
        var example = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ExampleRequest.Kind, Details = new ExampleRequest("squat", "", "mov").ToJson() });

        Assert.Equal(HttpStatusCode.BadRequest, await HandInAsync(example.Id));
    }

    [Fact]
    public async Task Stored_MistakenRequest_LosesNoClip()
    {
        await StartAsync();
        var id = await StoreAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await HandInAsync(id, exercise: "no-such"));
        Assert.Equal(HttpStatusCode.Created, await HandInAsync(id));
    }

    [Fact]
    public async Task Server_NotToldSo_TakesNothingFromStorageAndAllowsNoOtherHosts()
    {
        await using var plain = await TestServer.StartAsync(options => options with { Workers = 0 });

        using var page = await plain.Client.GetAsync("/");
        using var response = await plain.Client.PostAsync($"/api/clips/{JobId.New()}/stored", null);

        Assert.DoesNotContain("googleapis", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"apiKey":"k","projectId":"p","storageBucket":"bucket","appId":"1:2:web:3","authDomain":"p.firebaseapp.com"}""", null)]
    [InlineData("""{"apiKey":"k","projectId":"p","storageBucket":"another"}""", "Both must be the same")]
    [InlineData("""{"projectId":"p"}""", "must hold the settings")]
    [InlineData("no json", "must hold the settings")]
    public void Read_Settings_AreTheBackEndsOrRefused(string text, string? problem)
    {
        DirectUpload? Read() => DirectUpload.Read("bucket", null, _ => text);

        if (problem is null)
        {
            Assert.Equal("k", Read()!.ApiKey);
        }
        else
        {
            Assert.Contains(problem, Assert.Throws<ArgumentException>(Read).Message, StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        clips?.Dispose();
        folder.Dispose();
    }

    private static string Token()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { user_id = Person, sub = Person, iat = now, exp = now + 3600 });
        return $"{System.Buffers.Text.Base64Url.EncodeToString("{\"alg\":\"none\"}"u8)}.{System.Buffers.Text.Base64Url.EncodeToString(claims)}.";
    }

    private static Task SignInAsync(IRoute route) => route.FulfillAsync(new RouteFulfillOptions
    {
        ContentType = "application/json",
        Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*", ["Access-Control-Allow-Headers"] = "*" },
        Body = route.Request.Url.Contains("accounts:lookup", StringComparison.Ordinal)
            ? $$"""{"users":[{"localId":"{{Person}}"}]}"""
            : $$"""{"idToken":"{{Token()}}","refreshToken":"none","expiresIn":"3600","localId":"{{Person}}"}""",
    });

    private async Task StartAsync() => server = await TestServer.StartAsync(options => options with
    {
        Workers = 0,
        BackEnd = async (setting, cancellationToken) =>
        {
            var embedded = await EmbeddedBackEnd.OpenAsync(setting, cancellationToken);
            return new BackEnd(embedded.Jobs, Clips, embedded) { IsShared = true };
        },
        DirectUpload = new DirectUpload { ApiKey = "key", ProjectId = "demo-spotter", StorageBucket = bucket, StorageEmulator = servers.FirebaseStorageWithRules.Authority },
    });

    private async Task<string> StoreAsync()
    {
        var id = JobId.New();
        File.Copy(Samples.NoLockout, folder.File("clip"));
        await Clips.SaveAsync(ClipName.Original(id), folder.File("clip"));
        return id;
    }

    private async Task<HttpStatusCode> HandInAsync(string id, string exercise = "")
    {
        using var response = await server!.Client.PostAsync($"/api/clips/{id}/stored?name=press.mp4&exercise={exercise}", null);
        return response.StatusCode;
    }
}
