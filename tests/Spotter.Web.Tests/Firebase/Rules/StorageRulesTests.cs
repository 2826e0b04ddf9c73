using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Spotter.Web.Clips;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase.Rules;

/// <summary>
/// What firebase/storage.rules lets people do, asked of Google's storage server as a browser asks it. The rules are evaluated by tests/servers/storage-rules.js,
/// not by Firebase.
/// </summary>
public sealed class StorageRulesTests(NodeServers servers) : IDisposable
{
    private const string Ann = "ann";
    private const string Bob = "bob";

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new() { BaseAddress = servers.FirebaseStorageWithRules };
    private readonly string bucket = $"rules-{Guid.NewGuid():N}";
    private readonly string job = JobId.New();

    private string Clip => $"clips/{job}/clip";

    [Fact]
    public async Task HandIn_OwnClip_IsAllowedOnce()
    {
        Assert.Equal(HttpStatusCode.OK, await UploadAsync(Ann, Clip));

        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, Clip));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(Ann, Clip));
    }

    [Fact]
    public async Task HandIn_WhatIsNoClipOfOnesOwn_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(null, Clip));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, Clip, owner: Bob));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, Clip, owner: null));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, Clip, contentType: "text/html"));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, Clip, content: ""));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, "clips/short/clip"));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, $"{Clip}/more"));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, $"other/{job}/clip"));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, "clip"));
    }

    [Theory]
    [InlineData(500L << 20, true)]
    [InlineData((500L << 20) + 1, false)]
    public async Task HandIn_Size_IsLimited(long size, bool allowed) =>
        Assert.Equal(allowed, await AskAsync(new { size, contentType = "video/mp4", metadata = new { owner = Ann } }));

    [Fact]
    public async Task Results_WrittenByTheWorker_AreTheOwnersToReadAndNobodysToWrite()
    {
        var attempt = JobId.New();
        var result = $"clips/{job}/{attempt}/report.json";
        await UploadAsync(Ann, Clip);
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, result));

        using var store = FirebaseClipStore.Open(new FirebaseOptions { DatabaseUrl = new Uri("https://demo-spotter.firebaseio.com"), Bucket = bucket, StorageEmulator = http.BaseAddress!.Authority });
        await File.WriteAllTextAsync(folder.File("report"), "{}");
        await store.SaveAsync(new ClipName(job, attempt, "report.json"), folder.File("report"));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(Ann, result));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(Bob, result));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(null, result));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(Bob, Clip));
        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(Ann, result));
        foreach (var name in new[] { Clip, result })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(Ann, HttpMethod.Delete, PathOf(name)));
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(Bob, HttpMethod.Patch, PathOf(name), JsonContent.Create(new { metadata = new { owner = Bob } })));
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(Ann, HttpMethod.Patch, PathOf(name), JsonContent.Create(new { metadata = new { owner = Bob } })));
        }
    }

    [Fact]
    public async Task Results_OfAClipWithoutOwner_AreNobodys()
    {
        using var store = FirebaseClipStore.Open(new FirebaseOptions { DatabaseUrl = new Uri("https://demo-spotter.firebaseio.com"), Bucket = bucket, StorageEmulator = http.BaseAddress!.Authority });
        await File.WriteAllTextAsync(folder.File("clip"), "clip");
        await store.SaveAsync(ClipName.Original(job), folder.File("clip"));

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(Ann, Clip));
    }

    [Fact]
    public async Task List_Anything_IsRefused()
    {
        await UploadAsync(Ann, Clip);

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(Ann, HttpMethod.Get, $"/v0/b/{bucket}/o?prefix=clips/{job}/"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(Ann, HttpMethod.Get, $"/v0/b/{bucket}/o"));
    }

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    /// <summary>A token as the emulators take it: without signature.</summary>
    private static string TokenOf(string person) =>
        $"{Convert.ToBase64String("{\"alg\":\"none\"}"u8)}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { user_id = person })))}.".Replace("=", "", StringComparison.Ordinal);

    private string PathOf(string name) => $"/v0/b/{bucket}/o/{Uri.EscapeDataString(name)}";

    private Task<HttpStatusCode> GetAsync(string? person, string name) => SendAsync(person, HttpMethod.Get, PathOf(name) + "?alt=media");

    private async Task<HttpStatusCode> UploadAsync(string? person, string name, string? owner = Ann, string contentType = "video/mp4", string content = "a clip")
    {
        var metadata = owner is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["owner"] = owner };
        using var body = new MultipartContent("related", "parts")
        {
            JsonContent.Create(new { name, contentType, metadata }),
            new StringContent(content, Encoding.UTF8, contentType),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v0/b/{bucket}/o?name={Uri.EscapeDataString(name)}") { Content = body };
        request.Headers.Add("X-Goog-Upload-Protocol", "multipart");
        return await SendAsync(person, request);
    }

    private async Task<HttpStatusCode> SendAsync(string? person, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await SendAsync(person, request);
    }

    private async Task<HttpStatusCode> SendAsync(string? person, HttpRequestMessage request)
    {
        request.Headers.Authorization = person is null ? null : new AuthenticationHeaderValue("Firebase", TokenOf(person));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<bool> AskAsync(object after)
    {
        using var response = await http.PostAsJsonAsync("/ask", new { method = "create", path = $"b/{bucket}/o/{Clip}", file = new { after }, token = TokenOf(Ann) });
        return await response.Content.ReadFromJsonAsync<bool>();
    }
}
