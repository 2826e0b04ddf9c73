using System.Diagnostics;
using System.Text.Json.Nodes;
using Spotter.Tests;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>Google's own JavaScript client of the Realtime Database, without a network (tests/firebase/oracle.mjs). ./test installs what it needs.</summary>
internal sealed class GoogleOracle : IDisposable
{
    private readonly Process process;

    /// <summary>Starts it; skips the running test where Node.js or its packages are missing.</summary>
    public GoogleOracle()
    {
        var folder = Path.Combine(SharedData.Repository, "tests", "firebase");
        Assert.SkipUnless(
            File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")), "needs the packages of tests/firebase. Run ./test, or npm ci --ignore-scripts in that folder");
        process = Process.Start(new ProcessStartInfo("node", ["oracle.mjs"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { }; // it warns of paths that are not allowed, which is what it is asked about
        process.BeginErrorReadLine();
    }

    /// <summary>What the client makes of a sequence of steps, on an empty database.</summary>
    public async Task<JsonArray> RunAsync(JsonArray steps)
    {
        await process.StandardInput.WriteLineAsync(steps.ToJsonString());
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return JsonNode.Parse(line ?? throw new InvalidOperationException("The client has ended."))!.AsArray();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
