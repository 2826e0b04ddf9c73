using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Firebase;

/// <summary>The nodes <c>jobs/ID</c>, which never change, and <c>keys/HASH</c>, which name the first job of a client key.</summary>
internal sealed class JobTable(RealtimeDatabase database, DatabasePath root)
{
    private const int MostTurns = 5;
    private const string BehindAllKeys = "~";

    /// <summary>Reads a job; null where none stands.</summary>
    public async Task<JobNode?> FindAsync(string id, CancellationToken cancellationToken) =>
        JobNode.Read(id, await database.GetAsync(At(id), cancellationToken: cancellationToken));

    /// <summary>Reads the job that a client key named first; null where none did. The job itself may be gone or not there yet.</summary>
    public async Task<JobNode?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        JobNode.Read(null, await database.GetAsync(AtKey(key), cancellationToken: cancellationToken));

    /// <summary>Reserves a client key for a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="tag">The tag of what stands there and is to be replaced; <see cref="RealtimeDatabase.NoValueTag"/> for nothing.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The job that has it, this one or the one that came first, and the tag under which that stands.</returns>
    public async Task<(JobNode Holder, string Tag)> ReserveAsync(JobNode job, string tag, CancellationToken cancellationToken)
    {
        var write = await database.TryPutAsync(AtKey(job.Key!), job.ToKeyJson(), tag, cancellationToken);
        return ((write.IsWritten ? null : JobNode.Read(null, write.Now.Value)) ?? job, write.Now.Tag);
    }

    /// <summary>Puts a job where none stood.</summary>
    /// <returns>What stands there now: this one, or the one that stood there.</returns>
    public async Task<JobNode> AddAsync(JobNode job, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var write = await database.TryPutAsync(At(job.Id), job.ToJson(), RealtimeDatabase.NoValueTag, cancellationToken);
            if (write.IsWritten || JobNode.Read(job.Id, write.Now.Value) is not null)
            {
                return write.IsWritten ? job : JobNode.Read(job.Id, write.Now.Value)!;
            }
        }

        throw new FirebaseException($"Something that Spotter did not write stands at {At(job.Id)}.");
    }

    /// <summary>Deletes a job with its run and its key, all at once.</summary>
    public async Task DeleteAsync(string id, string? key, CancellationToken cancellationToken)
    {
        var gone = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { [$"jobs/{id}"] = null, [$"runs/{id}"] = null };
        if (key is not null)
        {
            gone[$"keys/{key}"] = null;
        }

        await database.PatchAsync(root, gone, cancellationToken);
    }

    /// <summary>A page of the list, newest first.</summary>
    /// <param name="kind">Only of this kind; null for all.</param>
    /// <param name="below">Only those before this place; null to start with the newest.</param>
    /// <param name="length">Most jobs.</param>
    /// <param name="runs">Where they stand.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Jobs with their runs; a run that is missing belongs to a job that is just being handed in or deleted.</returns>
    public async Task<List<(JobNode Node, RunNode? Run)>> PageAsync(string? kind, string? below, int length, RunTable runs, CancellationToken cancellationToken)
    {
        var (index, prefix) = kind is null ? ("order", "") : ("listing", kind + " ");
        var query = new DatabaseQuery
        {
            OrderBy = index,
            StartAt = JsonValue.Create(prefix),
            EndAt = JsonValue.Create(prefix + (below ?? BehindAllKeys)),
            LimitToLast = length + 1,
        };
        var found = await database.GetAsync(root.Child("jobs"), query, cancellationToken);
        List<JobNode> page =
        [
            .. (found as JsonObject ?? []).Select(child => JobNode.Read(child.Key, child.Value)).OfType<JobNode>()
                .Where(job => below is null || string.CompareOrdinal(job.Order, below) < 0)
                .OrderByDescending(job => job.Order, StringComparer.Ordinal).Take(length),
        ];
        if (page.Count == 0)
        {
            return [];
        }

        var stand = await runs.QueryAsync(
            new DatabaseQuery { OrderBy = index, StartAt = JsonValue.Create(prefix + page[^1].Order), EndAt = JsonValue.Create(prefix + page[0].Order) }, cancellationToken);
        return [.. page.Select(job => (job, stand.GetValueOrDefault(job.Id)))];
    }

    private DatabasePath At(string id) => root.Child("jobs").Child(id);

    private DatabasePath AtKey(string key) => root.Child("keys").Child(key);
}
