using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web;

/// <summary>Where jobs and clips are kept. A server or a worker opens one at its start and disposes it at its end.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="clips">The clips and results.</param>
/// <param name="owned">What ends with the back end, last opened first.</param>
public sealed class BackEnd(IJobStore jobs, IClipStore clips, params object[] owned) : IAsyncDisposable
{
    /// <summary>The jobs, and who works on which.</summary>
    public IJobStore Jobs { get; } = jobs;

    /// <summary>The clips and results.</summary>
    public IClipStore Clips { get; } = clips;

    /// <summary>Whether other servers and workers may use it at the same time; if so, nothing of theirs may be taken for what a crash left.</summary>
    public bool IsShared { get; init; }

    /// <summary>Closes what was opened.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var thing in owned)
        {
            if (thing is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (thing as IDisposable)?.Dispose();
            }
        }
    }
}

/// <summary>What a back end is told by the process that opens it.</summary>
/// <param name="Folder">Folder of this process alone, for what the back end keeps or caches on this machine.</param>
/// <param name="Jobs">How patient the job store is.</param>
/// <param name="Time">The clock.</param>
public sealed record BackEndSetting(string Folder, JobPolicy Jobs, TimeProvider Time);

/// <summary>Opens a back end: reaches it and brings what it keeps to the newest form.</summary>
/// <param name="setting">What the process tells.</param>
/// <param name="cancellationToken">Stops.</param>
/// <exception cref="BackEndException">It cannot be used.</exception>
public delegate Task<BackEnd> OpenBackEnd(BackEndSetting setting, CancellationToken cancellationToken);

/// <summary>A back end that cannot be reached or used as it is; the message says what to do.</summary>
public sealed class BackEndException : Exception
{
    /// <summary>With a message for a person.</summary>
    public BackEndException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
