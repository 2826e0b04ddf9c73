using System.Diagnostics;

namespace Spotter.Video;

/// <summary>
/// One ffmpeg or ffprobe at work: limited in memory and processor time, without a terminal, with its last words kept.
/// Disposing kills and reaps it, so that none outlives its owner.
/// </summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private static readonly string[] KeptVariables = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];

    private readonly Process process;
    private readonly StderrReader messages;

    private FfmpegProcess(Process process, StderrReader messages)
    {
        this.process = process;
        this.messages = messages;
    }

    /// <summary>What the child reads; only where it was started with an input pipe.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>What the child writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>The last lines that the child wrote to stderr, in one line; empty if it had nothing to say.</summary>
    public string LastWords => messages.LastWords;

    /// <summary>Ends when the child has closed its stderr.</summary>
    public Task Silence => messages.Completion;

    /// <summary>Exit code; only after <see cref="WaitAsync"/>.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts a program with limits.</summary>
    /// <param name="program">Full path of ffmpeg or ffprobe.</param>
    /// <param name="arguments">Its arguments; no shell sees them.</param>
    /// <param name="memoryLimitBytes">Address space that it may have.</param>
    /// <param name="cpuSeconds">Processor time that it may use.</param>
    /// <param name="pipeInput">Whether it reads from <see cref="Input"/>.</param>
    /// <param name="onLine">Sees each line of stderr first and answers whether it was meant for it; such lines are no messages.</param>
    public static FfmpegProcess Start(
        string program, IEnumerable<string> arguments, long memoryLimitBytes, int cpuSeconds, bool pipeInput = false, Func<string, bool>? onLine = null)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        string[] words = [.. ResourceLimits.Prefix(memoryLimitBytes, cpuSeconds), program, .. arguments];
        start.FileName = words[0];
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        // Variables such as FFREPORT make ffmpeg write files.
        foreach (var name in start.Environment.Keys.Except(KeptVariables, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        start.Environment["LC_ALL"] = "C";
        // Each glibc arena reserves 64 MiB of address space, which the limit counts. With few arenas glibc would give the memory of every frame
        // back and ask for it anew, which costs as much as decoding; so what was asked for once is kept.
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "33554432";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "1073741824";
        start.Environment["MALLOC_TOP_PAD_"] = "16777216";

        var started = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        if (!pipeInput)
        {
            started.StandardInput.Close();
        }

        return new FfmpegProcess(started, new StderrReader(started.StandardError.BaseStream, onLine));
    }

    /// <summary>Waits until the child has ended and all it said is read.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        await messages.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the child now; harmless when it has ended.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was faster.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await messages.Completion;
        process.Dispose();
    }
}
