using Microsoft.Playwright;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>The whole way of a clip in a real Chromium, with the real server and the real judging.</summary>
public sealed class BrowserTests(Chromium chromium) : BrowserSession(chromium)
{
    [Fact]
    public async Task Clip_FromUploadToDeletion_OnAPhoneAndADesk()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url);
        await CheckAsync(page, "home-empty");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Standing shoulder press" }).CheckAsync();

        await page.SetInputFilesAsync("#clip", Samples.SmallNoLockout);
        await page.WaitForURLAsync("**/r/*");
        await page.Locator("#live-share").WaitForAsync();
        await CheckAsync(page, "progress");
        await page.Locator("#clip").WaitForAsync(new LocatorWaitForOptions { Timeout = (float)Judged.TotalMilliseconds });

        Assert.Contains("0 of 4 repetitions good", await page.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("straighten your arms", await page.Locator(".finding .advice").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.still img').complete && document.querySelector('.still img').naturalWidth > 100"));
        await CheckAsync(page, "result");

        // A click on a repetition, and one into the timeline, moves the clip.
        await UntilAsync(page, "document.getElementById('clip').readyState > 0");
        await page.Locator(".rep").Nth(2).ClickAsync();
        var third = double.Parse((await page.Locator(".rep").Nth(2).GetAttributeAsync("data-seek"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(third, await TimeAsync(page), 0.05);
        await page.EvaluateAsync("document.getElementById('timeline').scrollIntoView({ block: 'center', behavior: 'instant' })");
        var box = (await page.Locator("#timeline").BoundingBoxAsync())!;
        // Near the start, where no mark of a finding takes the click.
        await page.Mouse.ClickAsync(box.X + (0.04f * box.Width), box.Y + 20);
        var seconds = double.Parse((await page.Locator("#timeline").GetAttributeAsync("data-seconds"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(0.04 * seconds, await TimeAsync(page), 0.1);
        // By keyboard, too.
        await page.Locator(".chip").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.NotEqual(0.04 * seconds, await TimeAsync(page), 0.1);

        var address = page.Url;
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var other = await OpenAsync(width, scheme);
            foreach (var (name, path) in new[] { ("home", "/"), ("result", new Uri(address).AbsolutePath), ("history", "/history"), ("api", "/api-reference"), ("missing", "/nothing") })
            {
                await other.GotoAsync(Server.Url + path);
                await CheckAsync(other, name);
            }
        }

        await page.GetByText("Delete", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete for good" }).ClickAsync();
        await page.WaitForURLAsync(Server.Url + "/");
        Assert.Equal(0, await page.Locator(".result").CountAsync());
        Assert.Equal(404, (await page.GotoAsync(address))!.Status);
        Assert.Empty(Elsewhere);
        Assert.DoesNotContain(Complaints, text => !text.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_Transfer_StaysInItsBudgetInBothLanguages()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        double bytes = 0;
        session.Event("Network.loadingFinished").OnEvent += (_, data) => bytes += data!.Value.GetProperty("encodedDataLength").GetDouble();
        await page.GotoAsync(Server.Url, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.InRange(bytes, 1_000, 150_000);

        await page.GetByText("繁體中文").ClickAsync();
        await UntilAsync(page, "document.documentElement.lang === 'zh-Hant'");
        Assert.Contains("下一次動作", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await CheckAsync(page, "home-chinese");
        Assert.Empty(Elsewhere);
    }

    [Fact]
    public async Task Camera_Recording_IsHandedIn()
    {
        var page = await OpenAsync(1280, ColorScheme.Light);
        await page.GotoAsync(Server.Url);
        await page.Locator("#record").ClickAsync();
        await UntilAsync(page, "document.getElementById('preview').readyState >= 2");
        await CheckAsync(page, "camera");
        await page.Locator("#recorder-go").ClickAsync();
        await UntilAsync(page, "document.getElementById('recorder').classList.contains('recording')");
        await Task.Delay(2500);
        await page.Locator("#recorder-go").ClickAsync();
        await page.WaitForURLAsync("**/r/*", new PageWaitForURLOptions { Timeout = 30_000 });
        await page.Locator(".verdict, .waiting .sign").WaitForAsync(new LocatorWaitForOptions { Timeout = (float)Judged.TotalMilliseconds });
        // The test picture of the fake camera shows nobody.
        Assert.Contains("Nobody was found", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await CheckAsync(page, "result-unclear");
    }

    [Fact]
    public async Task Upload_OfSomethingElse_SaysSoOnThePage()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url);

        await page.SetInputFilesAsync("#clip", new FilePayload { Name = "clip.mp4", MimeType = "video/mp4", Buffer = "not a video"u8.ToArray() });
        await page.Locator("#upload-error:not(:empty)").WaitForAsync();

        await CheckAsync(page, "upload-error");
        Assert.True(await page.Locator(".drop").IsVisibleAsync());
    }

    [Fact]
    public async Task Key_AskedFor_LetsIn()
    {
        await using var locked = await TestServer.StartAsync(options => options with { AccessKey = "a key nobody guesses" }, QuickWork.Replace);
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(locked.Url);
        await CheckAsync(page, "enter");
        await page.FillAsync("#key", "a wrong key");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Enter" }).ClickAsync();
        Assert.Equal("That is not the key.", await page.Locator("#wrong").InnerTextAsync());
        await page.FillAsync("#key", "a key nobody guesses");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Enter" }).ClickAsync();
        await page.Locator("#upload").WaitForAsync();

        var cookie = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "spotter-entry");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await page.Locator("#key").WaitForAsync();
        await page.GotoAsync(locked.Url + "/history");
        Assert.True(await page.Locator("#key").IsVisibleAsync());
    }

    private static Task<double> TimeAsync(IPage page) => page.EvaluateAsync<double>("document.getElementById('clip').currentTime");
}
