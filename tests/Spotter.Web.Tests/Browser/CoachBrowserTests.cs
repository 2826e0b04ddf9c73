using Microsoft.Playwright;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>What a coach does, in a real Chromium: teaches an exercise from good clips, and labels a set.</summary>
public sealed class CoachBrowserTests(Chromium chromium) : BrowserSession(chromium)
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
        using var folder = new TemporaryFolder();
        string[] clips = [Samples.SmallGood, await CopyAsync(folder, "second"), await CopyAsync(folder, "third")];
        await page.SetInputFilesAsync("#files", clips);
        await page.Locator(".versions .pill.good").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 3 * (float)Judged.TotalMilliseconds });
        Assert.Equal(3, await page.Locator(".example").CountAsync());
        Assert.Contains("3 of 5", await page.Locator("#examples-heading").InnerTextAsync(), StringComparison.Ordinal);
        await UntilAsync(page, "document.getElementById('examples').dataset.busy === 'no' || [...document.querySelectorAll('.example')].every((example) => example.querySelector('video'))");
        // The same clip again teaches nothing.
        await page.SetInputFilesAsync("#files", Samples.SmallGood);
        await page.GetByText("among the examples already").WaitForAsync();

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
        Assert.DoesNotContain(Complaints, text => !text.Contains("409", StringComparison.Ordinal));

        // Trains again, goes back and forth, looks at two versions side by side, removes an example, deletes.
        await page.GotoAsync(Server.Url + address);
        var versions = await page.Locator(".versions tbody tr").CountAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Train again with all labels" }).ClickAsync();
        await page.Locator($".versions tbody tr:nth-child({versions + 1})").WaitForAsync(new LocatorWaitForOptions { Timeout = (float)Judged.TotalMilliseconds });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Use this one: version {versions}", Exact = true }).ClickAsync();
        await page.GetByText("New versions do not judge by themselves").WaitForAsync();
        Assert.Contains("in use", await page.Locator(".versions tbody tr").Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync($"{Server.Url}{address}/report?version={versions + 1}&with={versions}");
        Assert.Equal(2, await page.Locator(".report").CountAsync());
        await CheckAsync(page, "report-two");
        await page.GotoAsync(Server.Url + address);
        await page.Locator(".example summary").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove it" }).First.ClickAsync();
        await UntilAsync(page, "document.querySelectorAll('.example').length === 2");
        await page.GetByText("Delete the exercise").ClickAsync();
        await CheckAsync(page, "coach-delete");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete for good" }).ClickAsync();
        await page.WaitForURLAsync("**/coach");
        Assert.Equal(404, (await page.GotoAsync(Server.Url + address))!.Status);
    }

    [Fact]
    public async Task Exercise_ThatSpotterKnows_IsTaughtOnlyWhenAskedTo()
    {
        var page = await OpenAsync(390, ColorScheme.Light);
        await page.GotoAsync(Server.Url + "/coach");
        await page.FillAsync("#title", "shoulder press");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin" }).ClickAsync();
        await page.Locator("#known").WaitForAsync();
        await CheckAsync(page, "coach-known");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Teach it with my clips" }).ClickAsync();
        await page.WaitForURLAsync("**/coach/shoulder-press");
        Assert.Contains("in use", await page.Locator(".versions tbody tr").InnerTextAsync(), StringComparison.Ordinal);
        await CheckAsync(page, "coach-exercise-shipped");
    }

    // The same pictures in another file: what counts as the same clip is the file.
    private static async Task<string> CopyAsync(TemporaryFolder folder, string name)
    {
        var path = folder.File(name + ".mp4");
        using var process = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-i", Samples.SmallGood, "-c", "copy", "-metadata", $"comment={name}", path]);
        await process.WaitForExitAsync();
        return path;
    }

    [Fact]
    public async Task Set_LabelledByTwoRaters_CountsInTheirAgreement()
    {
        var id = (await Server.UploadAsync(Samples.SmallNoLockout)).GetProperty("id").GetString()!;
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
