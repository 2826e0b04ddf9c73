namespace Spotter.Web.Tests.Browser;

/// <summary>Finds the browser that the system installed; ./test installs it where it may.</summary>
internal static class Chromium
{
    public static string Path()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        var found = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => folders.Select(folder => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "needs Chromium. Run: apt-get install chromium");
        return found!;
    }
}
