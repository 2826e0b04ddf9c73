using System.Net;
using System.Net.Http.Headers;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Access;

/// <summary>Who may enter, over HTTP.</summary>
public sealed class AccessTests
{
    private const string Key = "a key nobody guesses";

    [Fact]
    public async Task Start_ReachableByOthersWithoutKey_IsRefused()
    {
        using var folder = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => WebServer.StartAsync(new ServeOptions { DataFolder = folder.Path, Urls = ["http://0.0.0.0:0"] }));

        Assert.Contains("access-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_WithKey_NeedsIt()
    {
        await using var server = await StartAsync();

        using var without = await server.Client.GetAsync("/api/clips");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        using var page = await server.Client.GetAsync("/");
        Assert.Equal((HttpStatusCode.Redirect, "/enter?to=%2F"), (page.StatusCode, page.Headers.Location!.ToString()));
        using var wrong = await GetAsync(server, "another key nobody guesses");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await GetAsync(server, Key);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Result_ByItsLink_CanBeSeenButNotChangedWithoutTheKey()
    {
        await using var server = await StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString();
        using var stranger = server.NewClient();

        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync($"/api/clips/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.DeleteAsync($"/api/clips/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync($"/api/clips/{id}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/openapi.json")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Change_FromAnotherSite_IsRefused(string header, string value)
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = new StreamContent(File.OpenRead(Samples.Good)) };
        request.Headers.Add(header, value);

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Request_ToAnotherName_IsRefusedOnLoopback()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/clips") { Headers = { Host = "rebound.example" } };

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task Responses_Always_CarryThePolicy()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        foreach (var path in (string[])["/", "/api/clips", "/nothing", "/api/nothing"])
        {
            using var response = await server.Client.GetAsync(path);
            Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(options => options with { AccessKey = Key }, QuickWork.Replace);

    private static async Task<HttpResponseMessage> GetAsync(TestServer server, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/clips") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await server.Client.SendAsync(request);
    }
}
