using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Firebase;

/// <summary>
/// The server's clock, as far as it can be known from here: each stamp that the server writes tells what time it was there, with half the time of the request as
/// uncertainty; from then on the time that has passed is counted by a clock that nobody sets. Leases are stamped by the server, so that no two machines need agree on
/// the time.
/// </summary>
internal sealed class ServerClock(RealtimeDatabase database, DatabasePath node, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    // More than two clocks drift apart in that time: this machine slept, or somebody set its clock.
    private static readonly TimeSpan LargestDrift = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private volatile Sample? best;

    private sealed record Sample(DateTimeOffset Server, TimeSpan Uncertainty, long HeardAt, DateTimeOffset Local);

    /// <summary>The server's time now; asks the server where nothing was heard from it for some minutes.</summary>
    /// <exception cref="FirebaseException">The server cannot be reached.</exception>
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        if (best is not { } known || IsOld(known))
        {
            var sent = time.GetTimestamp();
            var stamp = await database.PutAsync(node, ServerValue.Timestamp, cancellationToken);
            Learn((stamp as JsonValue)?.GetValue<long>() ?? throw new FirebaseException("The database did not fill in its time."), sent);
        }

        return Now(best!);
    }

    /// <summary>A moment of the server by the clock of this machine.</summary>
    public DateTimeOffset ToLocal(long serverMilliseconds)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(serverMilliseconds);
        return best is { } known ? time.GetUtcNow() + (moment - Now(known)) : moment;
    }

    /// <summary>Takes a stamp of the server in that was written since a request was sent.</summary>
    /// <param name="stamp">The server's time, milliseconds since 1970.</param>
    /// <param name="sent">When the request was sent, <see cref="TimeProvider.GetTimestamp"/>.</param>
    public void Learn(long stamp, long sent)
    {
        var heard = time.GetTimestamp();
        var half = time.GetElapsedTime(sent, heard) / 2;
        var sample = new Sample(DateTimeOffset.FromUnixTimeMilliseconds(stamp) + half, half, heard, time.GetUtcNow());
        lock (gate)
        {
            if (best is not { } known || sample.Uncertainty <= known.Uncertainty || IsOld(known))
            {
                best = sample;
            }
        }
    }

    private DateTimeOffset Now(Sample sample) => sample.Server + time.GetElapsedTime(sample.HeardAt);

    private bool IsOld(Sample sample)
    {
        var passed = time.GetElapsedTime(sample.HeardAt);
        return passed > GoodFor || (time.GetUtcNow() - sample.Local - passed).Duration() > LargestDrift;
    }
}
