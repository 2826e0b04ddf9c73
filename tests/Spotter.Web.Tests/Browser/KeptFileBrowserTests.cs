using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Spotter.Web.Coaching;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>What could not be sent stays on the page until it is sent, saved or discarded: a recording exists nowhere else.</summary>
public sealed class KeptFileBrowserTests(Chromium chromium) : BrowserSession(chromium)
{
    private const string Clips = "**/api/clips?*";
    private const string Examples = "**/examples?*";

    protected override ServeOptions Configure(ServeOptions options) => options with { MaxClipSeconds = 12, Workers = 0 };

    [Fact]
    public async Task Recording_NotSent_StaysWhileOtherFilesAreChosenAndIsAskedForBeforeLeaving()
    {
        var page = await OpenAsync(1280, ColorScheme.Light);
        await HastenAsync(page);
        await page.GotoAsync(Server.Url);
        await page.RouteAsync(Clips, route => route.AbortAsync("connectionreset"));
        await RecordAsync(page);
        var save = Save(page);
        await save.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        await page.EvaluateAsync(
            """
            () => {
              const transfer = new DataTransfer();
              for (const name of ["one.mp4", "two.mp4"]) {
                transfer.items.add(new File(["x"], name));
              }
              document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """);
        await page.GetByText("One clip at a time").WaitForAsync();
        Assert.Equal(1, await save.CountAsync());
        await page.SetInputFilesAsync("#clip", Samples.Good);
        await page.GetByText("press-good.mp4").WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 });
        Assert.Equal(0, await page.GetByText("One clip at a time").CountAsync());
        Assert.Equal((1, 2), (await save.CountAsync(), await page.Locator(".failure").CountAsync()));
        await CheckAsync(page, "recording-and-file-kept");
        await page.Locator(".failure", new PageLocatorOptions { HasText = "press-good.mp4" }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Discard" }).ClickAsync();
        Assert.Equal((1, 1), (await save.CountAsync(), await page.Locator(".failure").CountAsync()));

        // Another clip gets through; the page is not left without a question.
        await page.UnrouteAsync(Clips);
        var asked = new TaskCompletionSource();
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.TrySetResult();
        };
        await page.SetInputFilesAsync("#clip", Samples.Good);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(await page.Locator(".drop").IsVisibleAsync());
        await page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        await page.SetInputFilesAsync("#clip", Samples.Good);
        await page.WaitForURLAsync("**/r/*");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/coach/thing")]
    public async Task Stop_WhileARecordingIsSent_OffersIt(string path)
    {
        Server.Services.GetRequiredService<CoachBook>().Add("thing", "Thing");
        var page = await OpenAsync(390, ColorScheme.Light);
        await HastenAsync(page);
        await page.GotoAsync(Server.Url + path);
        await page.RouteAsync(path == "/" ? Clips : Examples, _ => Task.CompletedTask);
        await RecordAsync(page);
        await page.Locator(path == "/" ? "#sending-stop" : "#examples-stop").ClickAsync(new LocatorClickOptions { Timeout = 60_000 });

        await Save(page).WaitForAsync();
        Assert.Contains("was not sent", await page.Locator(".failure").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try again" }).IsVisibleAsync());
    }

    [Fact]
    public async Task Examples_ThatFailed_StayWhenOneIsTriedAgainOrAnotherIsAdded()
    {
        Server.Services.GetRequiredService<CoachBook>().Add("thing", "Thing");
        var page = await OpenAsync(390, ColorScheme.Light);
        await HastenAsync(page);
        await page.GotoAsync(Server.Url + "/coach/thing");
        await page.RouteAsync(Examples, route => route.AbortAsync("connectionreset"));
        await page.SetInputFilesAsync("#files", [Samples.Good, Samples.NoLockout]);
        var lines = page.Locator(".failure");
        await lines.Nth(1).WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        await page.UnrouteAsync(Examples);
        await lines.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try again" }).ClickAsync();
        await UntilAsync(page, "document.getElementById('examples-sending').hidden");
        Assert.Contains("press-no-lockout.mp4", await lines.InnerTextAsync(), StringComparison.Ordinal);
        await page.SetInputFilesAsync("#files", Samples.Good); // which is known by now
        await page.GetByText("among the examples already").WaitForAsync();
        Assert.Equal(2, await lines.CountAsync());
        await lines.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try again" }).ClickAsync();
        await UntilAsync(page, "document.querySelectorAll('.failure').length === 0 && document.getElementById('examples-sending').hidden");
        Assert.Equal(2, (await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<System.Text.Json.JsonElement>(Server.Client, "/api/exercises/thing/examples")).GetArrayLength());
    }

    private static ILocator Save(IPage page) => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Save the recording" });

    private static async Task RecordAsync(IPage page)
    {
        await page.Locator("#record").ClickAsync();
        await UntilAsync(page, "document.getElementById('preview').readyState >= 2");
        await page.Locator("#recorder-go").ClickAsync();
        await UntilAsync(page, "document.getElementById('recorder-clock').textContent > '0:00'");
        await page.Locator("#recorder-go").ClickAsync();
    }
}
