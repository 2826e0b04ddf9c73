using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Spotter.Packs;
using Spotter.Video;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>What can be done with a result, in a real Chromium.</summary>
public sealed class ResultBrowserTests(Chromium chromium) : BrowserSession(chromium)
{
    [Fact]
    public async Task Results_PrintedSharedNamedAndCompared()
    {
        var first = (await Server.UploadAsync(Samples.SmallNoLockout, "?person=Ann")).GetProperty("id").GetString()!;
        var second = (await Server.UploadAsync(Samples.SmallGood, "?person=Anne")).GetProperty("id").GetString()!;
        await Server.WaitAsync(first, Judged);
        await Server.WaitAsync(second, Judged);
        var page = await OpenAsync(1280, ColorScheme.Light);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync($"{Server.Url}/r/{first}");

        await page.Locator("#share").ClickAsync();
        await page.GetByText("Link copied").WaitForAsync();
        Assert.Equal($"{Server.Url}/r/{first}", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await page.Locator(".top nav").IsVisibleAsync());
        Assert.False(await page.Locator("#print").IsVisibleAsync());
        Assert.True(await page.Locator(".finding").First.IsVisibleAsync());
        await CheckAsync(page, "result-print");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });

        // Two sets of one person, once the name of one is put right.
        await page.GotoAsync($"{Server.Url}/r/{second}");
        await page.GetByText("Lifted by Anne").ClickAsync();
        await page.FillAsync("#person", "Ann");
        await page.Locator("form[action='?handler=Person'] button").ClickAsync();
        await page.GetByText("Lifted by Ann", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        foreach (var (width, scheme, zone, hours) in new[] { (390, ColorScheme.Light, "UTC", 0), (1280, ColorScheme.Dark, "Pacific/Kiritimati", 14) })
        {
            var other = await OpenAsync(width, scheme, zone);
            await other.GotoAsync($"{Server.Url}/history?exercise=shoulder-press&person=Ann");
            Assert.True(await other.Locator(".trend").CountAsync() > 1);
            Assert.Equal(2, await other.Locator(".result").CountAsync());
            // Both axes say what stands at their ends: the share of good repetitions is drawn from none to all, with its unit.
            Assert.Equal(["100 %", "0 %"], await other.Locator(".trend").First.Locator(".trend-tick").AllTextContentsAsync());
            Assert.True(await other.EvaluateAsync<bool>(
                "[...document.querySelectorAll('.trend')].every((trend) => { const start = trend.getBoundingClientRect().left - 1; return [...trend.querySelectorAll('.trend-tick')].every((tick) => tick.getBoundingClientRect().left >= start && tick.getBoundingClientRect().right <= trend.querySelector('a').getBoundingClientRect().left); })"),
                "a value at the axis is cut off, or lies on the drawing");
            var day = DateTime.UtcNow.AddHours(hours).ToString("d", CultureInfo.GetCultureInfo("en-GB"));
            Assert.StartsWith(day + ":", await other.Locator(".trend a").First.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
            await CheckAsync(other, "history-two");
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Pages_InChinese_HaveNothingInEnglishAndPassAxe()
    {
        Server.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-TW");
        var id = (await Server.UploadAsync(Samples.SmallGood)).GetProperty("id").GetString()!;
        await Server.WaitAsync(id, Judged);
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url);
        await page.GetByText("繁體中文").ClickAsync();
        await UntilAsync(page, "document.documentElement.lang === 'zh-Hant'");
        foreach (var (name, path) in new[] { ("result", $"/r/{id}"), ("history", "/history"), ("coach", "/coach"), ("report", "/coach/shoulder-press/report"), ("missing", "/nothing") })
        {
            await page.GotoAsync(Server.Url + path);
            Assert.Equal("zh-Hant", await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Contains((await page.Locator("h1").InnerTextAsync()).ToCharArray(), letter => letter is >= '\u4e00' and <= '\u9fff');
            await AssertNoEnglishAsync(page);
            await CheckAsync(page, name + "-chinese");
        }
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException), "failed")]
    [InlineData(typeof(VideoFormatException), "unreadable")]
    [InlineData(typeof(PackFormatException), "pack-missing")]
    public async Task Pages_OfAFailedClipInChinese_HoldNoEnglishSentence(Type cause, string code)
    {
        await using var server = await TestServer.StartAsync(options => options with { Jobs = new JobPolicy { MaxAttempts = 1 } }, QuickWork.Replace);
        var work = server.Services.GetRequiredService<QuickWork>();
        work.Failure = (Exception)Activator.CreateInstance(cause, "Something of this kind cannot be done at all.")!;
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        work.Gate.Release();
        Assert.Equal(code, (await server.WaitAsync(id)).GetProperty("problem").GetProperty("code").GetString());

        var page = await OpenAsync(390, ColorScheme.Light, locale: "zh-TW");
        foreach (var path in new[] { $"/r/{id}", "/" })
        {
            await page.GotoAsync(server.Url + path);
            Assert.Equal("zh-Hant", await page.Locator("html").GetAttributeAsync("lang"));
            await AssertNoEnglishAsync(page);
        }
    }

    [Fact]
    public async Task Report_OfAShippedPack_IsThereOnAPhoneAndADesk()
    {
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var page = await OpenAsync(width, scheme);
            await page.GotoAsync(Server.Url + "/coach/shoulder-press/report");
            Assert.Contains("Good ones flagged", await page.Locator(".report").InnerTextAsync(), StringComparison.Ordinal);
            await CheckAsync(page, "report");
        }
    }

    // Names such as Firebase Storage may stand in a Chinese sentence; three English words in a row are one of ours.
    private static async Task AssertNoEnglishAsync(IPage page) => Assert.DoesNotMatch(@"[A-Za-z]{2,}[ ,]+[a-z]{2,}[ ,]+[a-z]{2,}", await page.Locator("body").InnerTextAsync());
}
