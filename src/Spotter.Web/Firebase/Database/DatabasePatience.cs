namespace Spotter.Web.Firebase.Database;

/// <summary>How long the client waits and how often it tries again.</summary>
public sealed record DatabasePatience
{
    /// <summary>Longest time for one request and its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is sent before its failure is told.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause after the first failure; it doubles with each further one, and half of it is left to chance.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A stream that was silent for so long is dead; a live one says every 30 seconds that it lives.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>How often what a stream tells is read again in full, in case that it does not tell everything.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause after a failure.</summary>
    /// <param name="failure">Number of the failure in a row, from 1.</param>
    internal TimeSpan Pause(int failure)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(failure - 1, 0, 20));
#pragma warning disable CA5394 // spreads requests, guards nothing
        return (pause < LongestPause ? pause : LongestPause) * (0.5 + (0.5 * Random.Shared.NextDouble()));
#pragma warning restore CA5394
    }
}
