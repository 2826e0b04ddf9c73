using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Spotter.Web.Tests.Browser.Chromium))]

namespace Spotter.Web.Tests.Browser;

/// <summary>The browser that the system installed, started once for all tests, each of which opens pages of its own; ./test installs it where it may.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>Starts it if need be; skips the running test where it is not installed.</summary>
    internal async Task<IBrowser> BrowserAsync() => (await started.Value).Browser;

    public async ValueTask DisposeAsync()
    {
        if (started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (playwright, browser) = await started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var path = Find();
        Assert.SkipWhen(path is null, "needs Chromium. Run: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        }));
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
