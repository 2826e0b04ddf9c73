namespace Spotter.Tests;

/// <summary>The development data beside the checkout; tests that need it skip with a clear message where it is absent.</summary>
internal static class SharedData
{
    /// <summary>Root of this checkout.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Full path of a file or folder of the development data; skips the running test when it is not there.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Repository, "..", "shared", relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"needs the development data: shared/{relativePath} is not beside this checkout");
        }

        return Path.GetFullPath(path);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Spotter.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Spotter.slnx was not found above the tests.");
    }
}
