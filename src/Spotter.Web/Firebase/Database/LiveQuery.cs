using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>
/// Keeps a copy of what a query finds, by its event stream. A stream that ends, is cut or falls silent is opened again, with pauses that grow, and begins with
/// a full read; a slow poll reads everything again in any case. The copy may always be a little behind.
/// </summary>
internal sealed class LiveQuery : IAsyncDisposable
{
    private static readonly TimeSpan LivedLong = TimeSpan.FromSeconds(10);

    private readonly RealtimeDatabase database;
    private readonly DatabasePath path;
    private readonly DatabaseQuery query;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly MirrorTree mirror = new();
    private readonly CancellationTokenSource stop = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? following;
    private long heardAt;
    private bool isLive;

    /// <summary>Prepares to follow; nothing is sent before <see cref="Start"/>.</summary>
    public LiveQuery(RealtimeDatabase database, DatabasePath path, DatabaseQuery query, TimeProvider time) =>
        (this.database, this.path, this.query, this.time) = (database, path, query, time);

    /// <summary>Whether the copy was whole a moment ago: a stream is open and has not fallen silent.</summary>
    public bool IsLive
    {
        get
        {
            lock (gate)
            {
                return isLive && time.GetElapsedTime(heardAt) < database.Patience.Silence;
            }
        }
    }

    /// <summary>How often the stream was opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Why the stream was last lost; null when it never was.</summary>
    public string? LastTrouble { get; private set; }

    /// <summary>Completes at the next change of the copy.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    /// <summary>Begins to follow; does nothing the second time.</summary>
    public void Start()
    {
        lock (gate)
        {
            following ??= Task.Run(FollowAsync, CancellationToken.None);
        }
    }

    /// <summary>Looks at the copy.</summary>
    public T Look<T>(Func<IEnumerable<KeyValuePair<string, JsonNode?>>, T> look)
    {
        lock (gate)
        {
            return look(mirror.Children);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        if (following is not null)
        {
            await following;
        }

        stop.Dispose();
    }

    private async Task FollowAsync()
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            try
            {
                await StreamAsync();
                LastTrouble = "The server ended the stream.";
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LastTrouble = e.Message;
            }

            lock (gate)
            {
                isLive = false;
            }

            // A token's end is no failure; a stream that opens and ends at once is one.
            failures = time.GetElapsedTime(begun) < LivedLong ? failures + 1 : 1;
            await Task.Delay(database.Patience.Pause(failures), time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (failures > 1)
            {
                // Where streams cannot be had at all, the poll is what is left.
                await PollAsync();
            }
        }
    }

    private async Task StreamAsync()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await using var events = database.StreamAsync(path, query, end.Token).GetAsyncEnumerator(end.Token);
        var (heard, polled) = (time.GetTimestamp(), time.GetTimestamp());
        var next = events.MoveNextAsync().AsTask();
        var glance = Glance(end.Token);
        try
        {
            while (true)
            {
                if (await Task.WhenAny(next, glance) == next)
                {
                    if (!await next || !Hear(events.Current))
                    {
                        return;
                    }

                    heard = time.GetTimestamp();
                    next = events.MoveNextAsync().AsTask();
                    continue;
                }

                if (time.GetElapsedTime(heard) >= database.Patience.Silence)
                {
                    throw new FirebaseException($"The event stream was silent for {database.Patience.Silence.TotalSeconds:0} seconds.", isTransient: true);
                }

                if (time.GetElapsedTime(polled) >= database.Patience.Poll)
                {
                    await PollAsync();
                    polled = time.GetTimestamp();
                }

                glance = Glance(end.Token);
            }
        }
        finally
        {
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>From time to time one looks whether the stream still speaks and whether it is time to poll.</summary>
    private Task Glance(CancellationToken cancellationToken)
    {
        var shortest = database.Patience.Silence < database.Patience.Poll ? database.Patience.Silence : database.Patience.Poll;
        return Task.Delay(shortest / 4, time, cancellationToken);
    }

    /// <summary>Takes an event in; false when the stream is over.</summary>
    private bool Hear(DatabaseEvent told)
    {
        if (told.Kind is DatabaseEventKind.Cancelled or DatabaseEventKind.AuthRevoked)
        {
            return false;
        }

        lock (gate)
        {
            if (told is { Kind: DatabaseEventKind.Put, Path: "/" })
            {
                (isLive, Connections) = (true, isLive ? Connections : Connections + 1);
            }

            heardAt = time.GetTimestamp();
            if (mirror.Apply(told))
            {
                TellChange();
            }
        }

        return true;
    }

    /// <summary>Reads everything again. Events that are older than what was read may still follow; the newest of them tells what was read.</summary>
    private async Task PollAsync()
    {
        try
        {
            var all = await database.GetAsync(path, query, stop.Token);
            lock (gate)
            {
                mirror.Reset(all);
                TellChange();
            }
        }
        catch (Exception e) when (e is FirebaseException or OperationCanceledException)
        {
            LastTrouble = e.Message;
        }
    }

    private void TellChange()
    {
        changed.SetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
