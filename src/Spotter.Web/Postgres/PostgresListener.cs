using Npgsql;

namespace Spotter.Web.Postgres;

/// <summary>
/// Hears that jobs were handed in, on a connection of its own that is opened with the first wait. What is told while the connection is down is lost: each new
/// connection counts as a hint, and whoever waits looks by itself from time to time.
/// </summary>
internal sealed class PostgresListener(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>Where hints are told.</summary>
    public const string Channel = "spotter_job";

    private const int MostHints = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim hints = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock starting = new();
    private Task? listening;

    /// <summary>Returns after a hint, or after a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (starting)
        {
            listening ??= Task.Run(ListenAsync, CancellationToken.None);
        }

        await hints.WaitAsync(atMost, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!stop.IsCancellationRequested)
        {
            await stop.CancelAsync();
            await (listening ?? Task.CompletedTask);
            stop.Dispose();
            hints.Dispose();
        }
    }

    private async Task ListenAsync()
    {
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop.Token);
                connection.Notification += (_, _) => Hint();
                await using (var command = PostgresSql.Command(connection, "LISTEN " + Channel))
                {
                    await command.ExecuteNonQueryAsync(stop.Token);
                }

                pause = FirstPause;
                Hint();
                while (true)
                {
                    await connection.WaitAsync(stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // Out of reach or cut: the waiting goes on by the clock.
                await Task.Delay(pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    // A worker that finds nothing waits again: one hint too many is harmless, thousands would be a busy loop.
    private void Hint()
    {
        if (hints.CurrentCount < MostHints)
        {
            hints.Release();
        }
    }
}
