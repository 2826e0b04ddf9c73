using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Firebase;

/// <summary>
/// The server's clock, as far as it can be known from here: each stamp that the server writes tells how far the two clocks differ, with half the time of the
/// request as uncertainty. Leases are stamped by the server, so that no two machines need agree on the time.
/// </summary>
internal sealed class ServerClock(RealtimeDatabase database, DatabasePath node, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private Sample? best;

    private sealed record Sample(TimeSpan Offset, TimeSpan Uncertainty, DateTimeOffset At);

    /// <summary>The server's time now; asks the server where nothing was heard from it yet.</summary>
    /// <exception cref="FirebaseException">The server cannot be reached.</exception>
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        if (best is null)
        {
            var sent = time.GetUtcNow();
            var stamp = await database.PutAsync(node, ServerValue.Timestamp, cancellationToken);
            Learn((stamp as JsonValue)?.GetValue<long>() ?? throw new FirebaseException("The database did not fill in its time."), sent);
        }

        return time.GetUtcNow() + best!.Offset;
    }

    /// <summary>A moment of the server by the clock of this machine.</summary>
    public DateTimeOffset ToLocal(long serverMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(serverMilliseconds) - (best?.Offset ?? TimeSpan.Zero);

    /// <summary>Takes a stamp of the server in that was written since a request was sent.</summary>
    public void Learn(long stamp, DateTimeOffset sent)
    {
        var now = time.GetUtcNow();
        var half = (now - sent) / 2;
        var sample = new Sample(DateTimeOffset.FromUnixTimeMilliseconds(stamp) - (sent + half), half.Duration(), now);
        lock (gate)
        {
            if (best is null || sample.Uncertainty <= best.Uncertainty || now - best.At > GoodFor)
            {
                best = sample;
            }
        }
    }
}
