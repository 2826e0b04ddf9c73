using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Spotter.Tests;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Browser;

/// <summary>A real Chromium beside a real server; pictures of every page that is checked are kept in the folder TestResults.</summary>
public abstract class BrowserSession(Chromium chromium) : IAsyncLifetime
{
    internal static readonly TimeSpan Judged = TimeSpan.FromMinutes(5);

    private readonly List<IBrowserContext> contexts = [];
    private IBrowser browser = null!;

    internal TestServer Server { get; private set; } = null!;

    /// <summary>What pages asked of other hosts.</summary>
    internal List<string> Elsewhere { get; } = [];

    /// <summary>What pages wrote to the console as errors.</summary>
    internal List<string> Complaints { get; } = [];

    public async ValueTask InitializeAsync()
    {
        browser = await chromium.BrowserAsync();
        Server = await TestServer.StartAsync(Configure);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts)
        {
            await context.CloseAsync();
        }

        await Server.DisposeAsync();
    }

    /// <summary>How the server is to be; by itself it judges what is handed in.</summary>
    protected virtual ServeOptions Configure(ServeOptions options) => options;

    internal async Task<IPage> OpenAsync(int width, ColorScheme scheme, string zone = "UTC", string locale = "en-GB")
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 844 : 860 },
            ColorScheme = scheme,
            Locale = locale,
            TimezoneId = zone,
        });
        contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https", IsLoopback: false })
            {
                Elsewhere.Add(request.Url);
            }
        };
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, message) => Note(true, message);
        return page;
    }

    /// <summary>From now on what pages put off for a second or more, such as the next try after a failed one, comes at once.</summary>
    internal static Task HastenAsync(IPage page) => page.AddInitScriptAsync(
        """
        {
          const start = setTimeout;
          window.setTimeout = (then, time, ...rest) => start(then, time >= 1000 ? 0 : time, ...rest);
        }
        """);

    // The pages forbid eval, which waiting for a function would need.
    internal static async Task UntilAsync(IPage page, string condition)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await ReadAsync<bool>(page, condition))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"never: {condition}");
    }

    /// <summary>Evaluates what may be evaluated again: the page may be loaded anew meanwhile.</summary>
    internal static async Task<T> ReadAsync<T>(IPage page, string what)
    {
        while (true)
        {
            try
            {
                return await page.EvaluateAsync<T>(what);
            }
            catch (PlaywrightException e) when (e.Message.Contains("navigation", StringComparison.Ordinal))
            {
                await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
            }
        }
    }

    private void Note(bool isError, string text)
    {
        if (isError)
        {
            Complaints.Add(text);
        }
    }

    /// <summary>Takes a picture, and lets axe look: it must find nothing, and nothing may stick out to the side.</summary>
    internal static async Task CheckAsync(IPage page, string name)
    {
        var width = page.ViewportSize!.Width;
        var scheme = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches") ? "dark" : "light";
        var folder = Directory.CreateDirectory(Path.Combine(SharedData.Repository, "TestResults", "pages")).FullName;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png"), FullPage = true });

        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.True(found.Violations.Length == 0, $"{name} {width} {scheme}:\n" + string.Join('\n', found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Select(node => node.Html)))));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} sticks out at {width} pixels");
    }
}
