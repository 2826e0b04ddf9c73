namespace Spotter.Web.Jobs;

/// <summary>How patient a job store is.</summary>
public sealed record JobPolicy
{
    /// <summary>How long a worker may be silent before others may take over.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after which a job is set aside.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Pause after the first failed attempt; it doubles with each further one.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between attempts.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a job waits for a machine that has what it takes, or for the end of an outage, counted from the first try, before it is set aside.</summary>
    public TimeSpan LongestLacking { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longest time a worker without work waits before it looks again, however quiet the store is: leases that ran out and back-offs that end are told by nobody.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two heartbeats that tell how far the work is; each is a write.</summary>
    public TimeSpan ProgressPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a worker tries to commit what it did while the store cannot be reached.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause after a failed attempt.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    public TimeSpan BackOff(int attempt)
    {
        var pause = FirstBackOff * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return pause < LongestBackOff ? pause : LongestBackOff;
    }
}
