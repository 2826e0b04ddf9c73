using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase;

/// <summary>A run and the tag it has in the database.</summary>
internal sealed record TaggedRun(RunNode Run, TaggedValue Value)
{
    /// <summary>Reads it; null where none stands.</summary>
    public static TaggedRun? Read(TaggedValue value) => RunNode.Read(value.Value) is { } run ? new TaggedRun(run, value) : null;

    /// <summary>What a lease carries: the tag that fences its holder's next write, and the node that the write builds on.</summary>
    public string ToToken() => new JsonObject { ["tag"] = Value.Tag, ["run"] = Value.Value?.DeepClone() }.ToJsonString();

    /// <summary>Reads what a lease carries.</summary>
    /// <exception cref="ArgumentException">It is no token of this store.</exception>
    public static TaggedRun OfToken(string token) =>
        JsonNode.Parse(token) is JsonObject parts && parts["tag"]?.ToString() is { } tag && Read(new TaggedValue(parts["run"]?.DeepClone(), tag)) is { } run
            ? run
            : throw new ArgumentException("The lease is not one of the Firebase job store.", nameof(token));
}

/// <summary>The nodes <c>runs/ID</c>, each of which is only ever changed by a conditional write.</summary>
internal sealed class RunTable(RealtimeDatabase database, DatabasePath path, ServerClock clock)
{
    private const int MostTurns = 20;

    /// <summary>The place of the table.</summary>
    public DatabasePath Path { get; } = path;

    /// <summary>Reads a run; null where none stands.</summary>
    public async Task<TaggedRun?> FindAsync(string id, CancellationToken cancellationToken) =>
        TaggedRun.Read(await database.GetTaggedAsync(Path.Child(id), cancellationToken));

    /// <summary>Reads the runs that a query finds.</summary>
    public async Task<IReadOnlyDictionary<string, RunNode>> QueryAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, RunNode>(StringComparer.Ordinal);
        foreach (var (id, node) in await database.GetAsync(Path, query, cancellationToken) as JsonObject ?? [])
        {
            if (RunNode.Read(node) is { } run)
            {
                found[id] = run;
            }
        }

        return found;
    }

    /// <summary>Puts a run where none stood.</summary>
    /// <returns>What stands there now: the new run, or the one that stood there.</returns>
    public async Task<TaggedRun?> AddAsync(string id, RunNode run, CancellationToken cancellationToken) =>
        TaggedRun.Read((await WriteAsync(id, run, RealtimeDatabase.NoValueTag, cancellationToken)).Now);

    /// <summary>Takes a run over, if it still stands as it was read.</summary>
    /// <returns>The run as it was written; null when somebody else was faster.</returns>
    public async Task<TaggedRun?> TryTakeAsync(string id, TaggedRun seen, RunNode next, CancellationToken cancellationToken)
    {
        var write = await WriteAsync(id, next, seen.Value.Tag, cancellationToken);
        // A refusal that carries our own nonce: it had been written, and only the reply was lost. And what was written may have been taken away again.
        return TaggedRun.Read(write.Now) is { } now && now.Run.Nonce == next.Nonce ? now : null;
    }

    /// <summary>Deletes a run, if it still stands as it was read.</summary>
    public Task TryDeleteAsync(string id, TaggedRun seen, CancellationToken cancellationToken) =>
        database.TryPutAsync(Path.Child(id), null, seen.Value.Tag, cancellationToken);

    /// <summary>Writes for the holder of a lease.</summary>
    /// <returns>The run as it stands; null when the lease was lost. A run that the holder itself had ended before comes back as it was ended.</returns>
    public async Task<TaggedRun?> WriteHeldAsync(Lease lease, Func<RunNode, RunNode> change, CancellationToken cancellationToken)
    {
        var held = TaggedRun.OfToken(lease.Token);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var write = await WriteAsync(lease.JobId, change(held.Run), held.Value.Tag, cancellationToken);
            var now = TaggedRun.Read(write.Now);
            if (now is null || now.Run.Nonce != held.Run.Nonce)
            {
                return null;
            }

            if (write.IsWritten || now.Run.State != JobState.Running)
            {
                return now;
            }

            // A heartbeat of ours whose reply was lost stands there: build on that.
            held = now;
        }

        throw new FirebaseException($"Job {lease.JobId} could not be written for {MostTurns} turns.", isTransient: true);
    }

    /// <summary>Changes a run as somebody who does not hold it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="change">The run to be; null where it is not to be changed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether it was changed.</returns>
    public async Task<bool> ChangeAsync(string id, Func<RunNode, RunNode?> change, CancellationToken cancellationToken)
    {
        var nonce = JobId.New();
        var seen = await FindAsync(id, cancellationToken);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (seen is null || change(seen.Run) is not { } next)
            {
                return false;
            }

            var write = await WriteAsync(id, next with { Nonce = nonce }, seen.Value.Tag, cancellationToken);
            seen = TaggedRun.Read(write.Now);
            if (write.IsWritten || seen?.Run.Nonce == nonce)
            {
                return true;
            }
        }

        throw new FirebaseException($"Job {id} could not be changed for {MostTurns} turns: too many others write it.", isTransient: true);
    }

    private async Task<ConditionalWrite> WriteAsync(string id, RunNode run, string tag, CancellationToken cancellationToken)
    {
        var write = await database.TryPutAsync(Path.Child(id), (run with { At = RunNode.ServerTime }).ToJson(), tag, cancellationToken);
        if (write.IsWritten && RunNode.Read(write.Now.Value) is { } now && now.Nonce == run.Nonce)
        {
            clock.Learn(now.At, write.SentAt);
        }

        return write;
    }
}
