using Spotter.Web.Clips;

namespace Spotter.Web.Work;

/// <summary>How a process works on jobs.</summary>
/// <param name="Workers">Jobs done at the same time; 0 for none.</param>
/// <param name="AttemptLimit">Longest time one attempt may take.</param>
internal sealed record WorkSetting(int Workers, TimeSpan AttemptLimit)
{
    /// <summary>Whether other machines work on the same jobs, so that what this one lacks another may have.</summary>
    public bool IsShared { get; init; }

    /// <summary>Largest clip judged, bytes; whoever hands in jobs past a server is held to it here.</summary>
    public long MaxClipBytes { get; init; } = ClipLimits.Bytes;

    /// <summary>Longest clip judged, seconds.</summary>
    public double MaxClipSeconds { get; init; } = ClipLimits.Seconds;
}
