using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>Handing in a clip in a real Chromium when not all goes well.</summary>
public sealed class UploadBrowserTests(Chromium chromium) : BrowserSession(chromium)
{
    private const string Uploads = "**/api/clips?*";
    private const long Unlimited = -1;

    protected override ServeOptions Configure(ServeOptions options) => options with { Workers = 0 };

    [Fact]
    public async Task Drop_OneClip_IsSentAndSeveralAreNot()
    {
        var page = await OpenAsync(1280, ColorScheme.Light);
        await page.GotoAsync(Server.Url);

        await DropAsync(page, 2);
        Assert.Equal("One clip at a time, please.", await page.Locator("#upload-error .error").InnerTextAsync());
        await DropAsync(page, 1);
        await page.WaitForURLAsync("**/r/*");
        Assert.Empty(Elsewhere);
    }

    [Fact]
    public async Task Progress_OnASlowLine_IsToldUntilTheClipIsLookedInto()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url);
        await WatchAsync(page, "sending-text", "sending-share");
        var line = await page.Context.NewCDPSessionAsync(page);
        await SlowDownAsync(line, new FileInfo(Samples.Good).Length / 100); // longer than any look at the page takes

        await page.SetInputFilesAsync("#clip", Samples.Good);
        await page.Locator("#sending-stop").WaitForAsync();
        await CheckAsync(page, "sending");
        // What the test asks for is awaited, however busy the machine is, and the rest may be quick.
        await SlowDownAsync(line, new FileInfo(Samples.Good).Length / 20);
        await UntilAsync(page, "JSON.parse(sessionStorage.getItem('shown') ?? '[]').filter((step) => step.Share > 0 && step.Share < 1).length > 1");
        await SlowDownAsync(line, Unlimited);
        await page.WaitForURLAsync("**/r/*", new PageWaitForURLOptions { Timeout = 120_000 });

        var shown = await ShownAsync(page);
        var between = shown.Where(step => step.Share is > 0 and < 1).ToList();
        Assert.True(between.Count > 1, string.Join('\n', shown));
        Assert.Equal(shown.Select(step => step.Share).Order(), shown.Select(step => step.Share));
        Assert.All(between, step => Assert.Equal($"Sending… {Math.Round(100 * step.Share, MidpointRounding.AwayFromZero)} %", step.Text));
        Assert.Equal((1, "Looking into the clip…"), shown[^1]);
    }

    [Fact]
    public async Task Progress_OfSeveralExamples_GoesOnFromOneToTheNext()
    {
        Server.Services.GetRequiredService<Web.Coaching.CoachBook>().Add("thing", "Thing");
        var page = await OpenAsync(1280, ColorScheme.Light);
        await page.GotoAsync($"{Server.Url}/coach/thing");
        await WatchAsync(page, "examples-text", "examples-share");
        var line = await page.Context.NewCDPSessionAsync(page);
        await page.RouteAsync("**/examples?*", async route =>
        {
            await SlowDownAsync(line, new FileInfo(Samples.Good).Length / 30);
            await route.ContinueAsync();
        });

        await page.SetInputFilesAsync("#files", [Samples.Good, Samples.NoLockout]);
        foreach (var part in (string[])["step.Share > 0 && step.Share < 0.5", "step.Share > 0.5 && step.Share < 1"])
        {
            await UntilAsync(page, $"JSON.parse(sessionStorage.getItem('shown') ?? '[]').some((step) => {part})");
            await SlowDownAsync(line, Unlimited); // until the next is about to be sent
        }

        await page.Locator("#examples-sending").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden, Timeout = 60_000 });

        var shown = await ShownAsync(page);
        Assert.Equal(shown.Select(step => step.Share).Order(), shown.Select(step => step.Share));
        Assert.Contains(shown, step => step is { Share: > 0 and < 0.5, Text: "Sending clip 1 of 2…" });
        Assert.Contains(shown, step => step is { Share: > 0.5 and < 1, Text: "Sending clip 2 of 2…" });
    }

    [Fact]
    public async Task Connection_BrokenForLong_CanBeTriedAgainWithoutChoosingAgain()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await HastenAsync(page);
        await page.GotoAsync(Server.Url);
        var keys = new List<string?>();
        await page.RouteAsync(Uploads, async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key"));
            await route.AbortAsync("connectionreset");
        });
        await page.SetInputFilesAsync("#clip", Samples.Good);
        await page.Locator("#upload-error .button").WaitForAsync();
        await CheckAsync(page, "upload-failed");

        await page.UnrouteAsync(Uploads);
        await page.RouteAsync(Uploads, async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key"));
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try again" }).ClickAsync();
        await page.WaitForURLAsync("**/r/*");

        Assert.Equal(4, keys.Count);
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stop_InThePauseBeforeTheNextTry_Stops()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        // A pause lasts until the test is over, and is known until it is cleared.
        await page.AddInitScriptAsync(
            """
            window.pauses = new Set();
            const [start, end] = [setTimeout, clearTimeout];
            window.setTimeout = (then, time, ...rest) => {
              const id = start(then, time >= 1000 ? 2 ** 30 : time, ...rest);
              if (time >= 1000) {
                pauses.add(id);
              }
              return id;
            };
            window.clearTimeout = (id) => {
              pauses.delete(id);
              end(id);
            };
            """);
        await page.GotoAsync(Server.Url);
        var tries = 0;
        await page.RouteAsync(Uploads, route =>
        {
            tries++;
            return route.AbortAsync("connectionreset");
        });
        await page.SetInputFilesAsync("#clip", Samples.Good);
        await UntilAsync(page, "pauses.size === 1");

        await page.Locator("#sending-stop").ClickAsync();

        await UntilAsync(page, "pauses.size === 0");
        Assert.Equal(1, tries);
        Assert.True(await page.Locator(".drop").IsVisibleAsync());
        Assert.Equal("", await page.Locator("#upload-error").InnerTextAsync());
    }

    [Fact]
    public async Task Clip_TooLarge_IsNotEvenSent()
    {
        await using var small = await TestServer.StartAsync(options => options with { MaxClipBytes = 1 << 20 }, QuickWork.Replace);
        var page = await OpenAsync(390, ColorScheme.Light);
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await page.GotoAsync(small.Url);

        await page.SetInputFilesAsync("#clip", new FilePayload { Name = "long.mp4", MimeType = "video/mp4", Buffer = new byte[(1 << 20) + 1] });

        Assert.Contains("at most 1 MB", await page.Locator("#upload-error .error").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task Recording_ThatCannotBeSent_IsKeptAndStopsAtTheLimit()
    {
        await using var brief = await TestServer.StartAsync(options => options with { MaxClipSeconds = 5 }, QuickWork.Replace);
        var page = await OpenAsync(1280, ColorScheme.Light);
        await HastenAsync(page);
        await page.GotoAsync(brief.Url);
        await page.RouteAsync(Uploads, route => route.AbortAsync("connectionreset"));
        await page.Locator("#record").ClickAsync();
        await UntilAsync(page, "document.getElementById('preview').readyState >= 2");
        await page.Locator("#recorder-go").ClickAsync();

        // Nobody stops it: it ends by itself.
        var save = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Save the recording" });
        await save.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await CheckAsync(page, "recording-kept");
        var download = await page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        Assert.True(new FileInfo(await download.PathAsync()).Length > 1000);
        Assert.True(await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try again" }).IsVisibleAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('preview').srcObject === null"), "the camera is still on");
    }

    /// <summary>Chromium sends so many bytes a second.</summary>
    private static async Task SlowDownAsync(ICDPSession line, long bytesPerSecond)
    {
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond,
        });
    }

    /// <summary>Notes what a page shows of its progress where it outlives the page.</summary>
    private static async Task WatchAsync(IPage page, string text, string bar) => await page.EvaluateAsync(
        """
        ([text, bar]) => {
          const [words, share] = [document.getElementById(text), document.getElementById(bar)];
          const shown = [];
          const note = () => {
            if (!share.checkVisibility()) {
              return;
            }
            shown.push({ Share: share.value, Text: words.textContent });
            sessionStorage.setItem("shown", JSON.stringify(shown));
          };
          new MutationObserver(note).observe(words, { childList: true, characterData: true, subtree: true });
          new MutationObserver(note).observe(share, { attributes: true });
        }
        """,
        new[] { text, bar });

    private static async Task<List<(double Share, string Text)>> ShownAsync(IPage page) =>
        [.. JsonDocument.Parse(await ReadAsync<string>(page, "sessionStorage.getItem('shown')")).RootElement.EnumerateArray()
            .Select(step => (step.GetProperty("Share").GetDouble(), step.GetProperty("Text").GetString()!))];

    private static async Task DropAsync(IPage page, int count) => await page.EvaluateAsync(
        """
        async ([content, count]) => {
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          for (let number = 0; number < count; number += 1) {
            transfer.items.add(new File([bytes], `set-${number}.mp4`, { type: "video/mp4" }));
          }
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
        """,
        new object[] { Convert.ToBase64String(File.ReadAllBytes(Samples.Good)), count });
}
