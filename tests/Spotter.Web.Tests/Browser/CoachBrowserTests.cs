using Microsoft.Playwright;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>What a coach does, in a real Chromium: teaches an exercise from good clips, and labels a set.</summary>
[Collection(nameof(BrowserTests))]
public sealed class CoachBrowserTests : BrowserSession
{
    private const string Title = "壺鈴推舉";

    [Fact]
    public async Task Exercise_TaughtFromGoodClips_CanBeChosenByItsOwnName()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url + "/coach");
        await CheckAsync(page, "coach");
        await page.FillAsync("#title", Title);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin" }).ClickAsync();
        await page.WaitForURLAsync("**/coach/xn--*");
        Assert.Equal(Title, await page.Locator("h1").InnerTextAsync());
        await CheckAsync(page, "coach-exercise-new");

        // Four repetitions each; nine are needed before a version can call anything wrong, and judges.
        await page.SetInputFilesAsync("#files", [Samples.Good, Samples.Good, Samples.Good]);
        await page.Locator(".versions .pill.good").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 3 * (float)Judged.TotalMilliseconds });
        Assert.Equal(3, await page.Locator("main > .list li").CountAsync());

        var address = new Uri(page.Url).AbsolutePath;
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var other = await OpenAsync(width, scheme);
            await other.GotoAsync(Server.Url + "/coach");
            await CheckAsync(other, "coach");
            await other.GotoAsync(Server.Url + address);
            await CheckAsync(other, "coach-exercise");
        }

        await page.GotoAsync(Server.Url);
        Assert.True(await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = Title }).IsEnabledAsync());
        Assert.Empty(Elsewhere);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Set_LabelledByTwoRaters_CountsInTheirAgreement()
    {
        var id = (await Server.UploadAsync(Samples.NoLockout)).GetProperty("id").GetString()!;
        await Server.WaitAsync(id, Judged);
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync($"{Server.Url}/coach");
        Assert.Equal(1, await page.Locator(".results .result").CountAsync());

        foreach (var (rater, value) in new[] { ("Ann", "incorrect"), ("Bo", "incorrect") })
        {
            await page.GotoAsync($"{Server.Url}/r/{id}");
            if (!await page.Locator("#rater").IsVisibleAsync())
            {
                await page.Locator("#labels summary").ClickAsync();
            }

            await page.FillAsync("#rater", rater);
            await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = value, Exact = true }).CheckAsync();
            await page.FillAsync("#note", "elbows stay bent");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
            await page.GetByText(rater + ": ").WaitForAsync();
        }

        await CheckAsync(page, "labelled");
        await page.GotoAsync($"{Server.Url}/coach");
        Assert.Contains("Ann", await page.Locator("[aria-labelledby=agreement-heading]").InnerTextAsync(), StringComparison.Ordinal);
        await CheckAsync(page, "coach-agreement");
        Assert.Empty(Complaints);
    }
}
