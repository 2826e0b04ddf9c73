using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spotter.Web.Access;
using Spotter.Web.Tests.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Access;

/// <summary>Trying keys, and the cookie of whoever had the right one.</summary>
public sealed partial class EntryTests
{
    private const string Key = "a key nobody guesses";

    [Fact]
    public async Task Bearer_GuessedTooOften_IsRefusedEvenIfRight()
    {
        await using var server = await StartAsync();
        for (var tries = 0; tries < EntryLimits.TriesFromOneAddress; tries++)
        {
            using var wrong = await BearerAsync(server, $"guess number {tries}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var more = await BearerAsync(server, "one guess more");
        await AssertTooManyAsync(more);
        using var right = await BearerAsync(server, Key);
        await AssertTooManyAsync(right);
        // What a link shows without any key stays open.
        using var link = await server.Client.GetAsync("/enter");
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
    }

    [Fact]
    public async Task Bearer_Right_NeverUsesUpTries()
    {
        await using var server = await StartAsync();
        for (var tries = 0; tries < 3 * EntryLimits.TriesFromOneAddress; tries++)
        {
            using var right = await BearerAsync(server, Key);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        }
    }

    [Theory]
    [InlineData("/enter")]
    [InlineData("/enter/")]
    [InlineData("/Enter")]
    public async Task Page_GuessedTooOften_IsRefusedWhateverItsAddress(string path)
    {
        await using var server = await StartAsync();
        for (var tries = 0; tries < EntryLimits.TriesFromOneAddress; tries++)
        {
            using var wrong = await EnterAsync(server, path, $"guess number {tries}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await EnterAsync(server, path, Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.NotNull(right.Headers.RetryAfter);
        Assert.Contains("Too many tries", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tries_OfAll_AreLimitedButNotForWhoHadTheKey()
    {
        var time = new ManualTime();
        var limits = new EntryLimits(new AccessKey(Key), time);
        var friend = IPAddress.Parse("192.0.2.1");
        Assert.Equal(KeyTry.Right, limits.Try(friend, Key));
        for (var number = 0; number < EntryLimits.TriesFromAll; number++)
        {
            Assert.Equal(KeyTry.Wrong, limits.Try(IPAddress.Parse($"198.51.100.{number}"), "a guess"));
        }

        Assert.Equal(KeyTry.TooMany, limits.Try(IPAddress.Parse("203.0.113.9"), Key));
        Assert.Equal(KeyTry.Right, limits.Try(friend, Key));
        time.Pass(EntryLimits.Window);
        Assert.Equal(KeyTry.Right, limits.Try(IPAddress.Parse("203.0.113.9"), Key));
    }

    [Fact]
    public void Tries_FromOneNetwork_CountTogether()
    {
        var limits = new EntryLimits(new AccessKey(Key), new ManualTime());
        for (var number = 1; number <= EntryLimits.TriesFromOneAddress; number++)
        {
            Assert.Equal(KeyTry.Wrong, limits.Try(IPAddress.Parse($"2001:db8:1:2::{number}"), "a guess"));
        }

        Assert.Equal(KeyTry.TooMany, limits.Try(IPAddress.Parse("2001:db8:1:2:ffff::1"), Key));
        Assert.Equal(KeyTry.Right, limits.Try(IPAddress.Parse("2001:db8:1:3::1"), Key));
    }

    [Fact]
    public async Task Cookie_AfterTheKeyChanged_LetsNobodyIn()
    {
        using var folder = new TemporaryFolder();
        string cookie;
        await using (var server = await StartAsync(options => options with { DataFolder = folder.File("data") }))
        {
            using var entered = await EnterAsync(server, "/enter", Key);
            Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
            cookie = entered.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("spotter-entry", StringComparison.Ordinal)).Split(';')[0];
            Assert.Equal(HttpStatusCode.OK, (await CookieAsync(server, cookie)).StatusCode);
        }

        await using (var same = await StartAsync(options => options with { DataFolder = folder.File("data") }))
        {
            Assert.Equal(HttpStatusCode.OK, (await CookieAsync(same, cookie)).StatusCode);
        }

        await using var changed = await StartAsync(options => options with { DataFolder = folder.File("data"), AccessKey = "another key nobody guesses" });
        Assert.Equal(HttpStatusCode.Redirect, (await CookieAsync(changed, cookie)).StatusCode);
    }

    [Fact]
    public async Task Proxy_OnThisMachine_TellsForWhomAndHow()
    {
        await using var server = await StartAsync(options => options with { PublicHosts = ["spotter.example"] });
        for (var tries = 0; tries < EntryLimits.TriesFromOneAddress; tries++)
        {
            using var wrong = await ForwardedAsync(server, "192.0.2.7", "a wrong key");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var same = await ForwardedAsync(server, "192.0.2.7", Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, same.StatusCode);
        using var other = await ForwardedAsync(server, "192.0.2.8", Key);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        using var entered = await EnterAsync(server, "/enter", Key, request =>
        {
            request.Headers.Host = "spotter.example";
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("Origin", "https://spotter.example");
        });
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("spotter-entry", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task PublicHost_WithoutKey_IsRefused()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<ArgumentException>(() => WebServer.StartAsync(
            new ServeOptions { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"], PublicHosts = ["spotter.example"] }));
    }

    private static Task<TestServer> StartAsync(Func<ServeOptions, ServeOptions>? configure = null) =>
        TestServer.StartAsync(options => (configure ?? (same => same))(options with { AccessKey = Key }), QuickWork.Replace);

    private static async Task<HttpResponseMessage> BearerAsync(TestServer server, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/clips") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await server.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> ForwardedAsync(TestServer server, string client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/clips") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key), Host = "spotter.example" } };
        request.Headers.Add("X-Forwarded-For", client);
        return await server.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> CookieAsync(TestServer server, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", cookie);
        return await server.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> EnterAsync(TestServer server, string path, string key, Action<HttpRequestMessage>? configure = null)
    {
        using var page = await server.Client.GetAsync("/enter");
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["key"] = key, ["to"] = "/" }),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0]));
        configure?.Invoke(request);
        return await server.Client.SendAsync(request);
    }

    private static async Task AssertTooManyAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("too-many-tries", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
