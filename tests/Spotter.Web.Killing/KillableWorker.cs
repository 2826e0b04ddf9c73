using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Spotter.Web.Killing;

/// <summary>A worker process whose work is quick and fake; everything around the work is the real thing.</summary>
internal sealed class KillableWorker : IDisposable
{
    private const string ReadyLine = "ready";
    private const string WorkLine = "work";
    private const string RestLine = "rest";
    private const string Real = "real";
    private const string Fake = "fake";

    private readonly Process process;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isAtWork;

    private KillableWorker(Process process)
    {
        this.process = process;
        _ = ListenAsync();
    }

    /// <summary>Ends when it claims jobs.</summary>
    public Task Ready => ready.Task;

    /// <summary>Whether it has said that it works on a job, and not yet that the work has ended.</summary>
    public bool IsAtWork => isAtWork;

    /// <summary>Number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Tells whoever started this process that work begins, and with its end that it ends.</summary>
    public static IDisposable AtWork() => new Announced();

    /// <summary>Starts a process.</summary>
    /// <param name="place">Where its back end is.</param>
    /// <param name="folder">Folder for what it works on.</param>
    /// <param name="leaseTime">How long it may be silent.</param>
    /// <param name="isReal">Whether it does the real work.</param>
    public static KillableWorker Start(KillPlace place, string folder, TimeSpan leaseTime, bool isReal = false)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Spotter.Web.Killing");
        // Its input ends with whoever started it, and so does the worker.
        return new KillableWorker(Process.Start(new ProcessStartInfo(
            program, [place.Kind, place.Address, place.Clips, folder, leaseTime.TotalSeconds.ToString(CultureInfo.InvariantCulture), isReal ? Real : Fake])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!);
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var kind, var address, var clips, var folder, var seconds, var work])
        {
            await Console.Error.WriteLineAsync("usage: Spotter.Web.Killing KIND ADDRESS CLIPS FOLDER LEASE-SECONDS real|fake");
            return 2;
        }

        var options = new WorkerOptions
        {
            BackEnd = new KillPlace(kind, address, clips).Open,
            Folder = folder,
            Jobs = KillPlan.Policy(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
        };
        var host = await WorkerHost.StartAsync(options, work == Real ? null : FakeWork.Replace);
        await using var closing = (IAsyncDisposable)host;
        Console.WriteLine(ReadyLine);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }

    /// <summary>Ends it at once, wherever it is.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Stops its time, so that others think it dead.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on where it was.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>Lets it end in order.</summary>
    public async Task EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            isAtWork = line == WorkLine;
            ready.TrySetResult();
        }

        isAtWork = false;
        ready.TrySetException(new InvalidOperationException("The worker ended before it was ready."));
    }

    private sealed class Announced : IDisposable
    {
        public Announced() => Console.WriteLine(WorkLine);

        public void Dispose() => Console.WriteLine(RestLine);
    }

    private void Signal(string name)
    {
        using var sent = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
    }
}
