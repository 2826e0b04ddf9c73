using System.Diagnostics;

namespace Spotter.Tests;

/// <summary>Runs the built program as a user does.</summary>
internal static class SpotterProcess
{
    public static Task<Outcome> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    public static async Task<Outcome> RunWithAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Spotter.Cli"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["SPOTTER_PACKS"] = Path.Combine(SharedData.Repository, "models");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"spotter {string.Join(' ', arguments)} did not end in three minutes.", e);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public sealed record Outcome(int ExitCode, string Output, string Error);
}

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("spotter-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
