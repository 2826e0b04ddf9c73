using System.Text.Json;
using Npgsql;
using Spotter.Web.Jobs;

namespace Spotter.Web.Postgres;

/// <summary>
/// Jobs in PostgreSQL. A claim locks the oldest open row that nobody else has locked (<c>FOR UPDATE SKIP LOCKED</c>) and writes a nonce into it; every later
/// write of the worker names that nonce in its condition. Each method is one statement, so no transaction stays open while anybody works.
/// </summary>
/// <remarks>The database's clock decides about leases and back-offs, so that the machines' clocks need not agree.</remarks>
/// <param name="source">The database, its tables in the newest form.</param>
/// <param name="policy">How patient to be; the same for all that use the database.</param>
/// <param name="time">The clock of this machine, for <see cref="Lease.Until"/>; any other than the system's stands in for the database's clock too.</param>
public sealed class PostgresJobStore(NpgsqlDataSource source, JobPolicy policy, TimeProvider time) : IJobStore, IAsyncDisposable
{
    private const string Now = "coalesce(@now, now())";
    private const string Tell = "pg_notify('" + PostgresListener.Channel + "', '')";
    private const string Claimable = $"((state = 0 AND not_before <= {Now}) OR (state = 1 AND lease_until <= {Now} AND attempts < @most))";

    private const string Claim =
        $"""
        WITH given_up AS (
          UPDATE spotter_job SET state = 3, finished_at = {Now}, problem = @problem, lease_token = NULL, lease_until = NULL, progress = NULL
          WHERE number IN (
            SELECT number FROM spotter_job WHERE state = 1 AND lease_until <= {Now} AND attempts >= @most FOR UPDATE SKIP LOCKED)
        ), oldest AS (
          SELECT number AS chosen FROM spotter_job WHERE state IN (0, 1) AND {Claimable} ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        UPDATE spotter_job
        SET state = 1, attempts = attempts + 1, lease_token = @token, lease_until = {Now} + @lease_time, worker = @worker, progress = NULL
        FROM oldest WHERE number = chosen
        RETURNING {PostgresSql.Columns}
        """;

    private readonly PostgresListener listener = new(source);

    /// <inheritdoc/>
    public async Task<Job> EnqueueAsync(NewJob job, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var made = await FirstAsync(
                $"""
                INSERT INTO spotter_job (id, kind, details, client_key, state, created_at, not_before)
                VALUES (@id, @kind, @details, @key, 0, {Now}, {Now})
                ON CONFLICT DO NOTHING
                RETURNING {PostgresSql.Columns}, {Tell}
                """,
                [("id", job.Id), ("kind", job.Kind), ("details", job.Details), ("key", job.ClientKey), At],
                cancellationToken);
            // What stood in the way may be deleted meanwhile; then there is room for the new one.
            made ??= await FirstAsync(
                $"SELECT {PostgresSql.Columns} FROM spotter_job WHERE client_key = @key OR id = @id ORDER BY (client_key = @key) DESC NULLS LAST LIMIT 1",
                [("id", job.Id), ("key", job.ClientKey)],
                cancellationToken);
            if (made is not null)
            {
                return made;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ClaimedJob?> ClaimAsync(string worker, CancellationToken cancellationToken = default)
    {
        var (token, until) = (JobId.New(), time.GetUtcNow() + policy.LeaseTime);
        var job = await FirstAsync(Claim, Claiming(worker, token), cancellationToken);
        return job is null ? null : new ClaimedJob(job, new Lease(job.Id, token, job.Attempts, until));
    }

    /// <summary>How the database goes about a claim, in JSON; the claim is made.</summary>
    internal async Task<string> ExplainClaimAsync(CancellationToken cancellationToken = default)
    {
        await using var command = PostgresSql.Command(source, "EXPLAIN (ANALYZE, FORMAT JSON) " + Claim, Claiming("explain", JobId.New()));
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async Task<Lease?> HeartbeatAsync(Lease lease, JobProgress? progress, CancellationToken cancellationToken = default)
    {
        var until = time.GetUtcNow() + policy.LeaseTime;
        var held = await WriteHeldAsync(
            lease,
            $"lease_until = {Now} + @lease_time, progress = coalesce(@progress, progress)",
            [("lease_time", policy.LeaseTime), ("progress", progress is null ? null : JsonSerializer.Serialize(progress)), At],
            cancellationToken);
        return held ? lease with { Until = until } : null;
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(Lease lease, string outcome, CancellationToken cancellationToken = default) => EndAsync(
        lease,
        JobState.Done,
        $"outcome = @outcome, finished_at = {Now}, problem = NULL",
        [("outcome", outcome), At],
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FailAsync(Lease lease, JobProblem problem, bool retry, CancellationToken cancellationToken = default)
    {
        var again = retry && lease.Attempt < policy.MaxAttempts;
        return EndAsync(
            lease,
            again ? JobState.Waiting : JobState.SetAside,
            $"problem = @problem, not_before = {Now} + @pause, finished_at = {(again ? "NULL" : Now)}",
            [("problem", JsonSerializer.Serialize(problem)), ("pause", again ? policy.BackOff(lease.Attempt) : TimeSpan.Zero), At],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        var released = await EndAsync(lease, JobState.Waiting, "attempts = attempts - 1", [], cancellationToken);
        await WriteAsync("NOTIFY " + PostgresListener.Channel, [], cancellationToken);
        return released;
    }

    /// <inheritdoc/>
    public Task<bool> PostponeAsync(Lease lease, JobProblem problem, TimeSpan pause, CancellationToken cancellationToken = default) => EndAsync(
        lease,
        JobState.Waiting,
        $"attempts = attempts - 1, problem = @problem, not_before = {Now} + @pause",
        [("problem", JsonSerializer.Serialize(problem)), ("pause", pause), At],
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default) => WriteAsync(
        $"UPDATE spotter_job SET state = 4, finished_at = {Now}, lease_token = NULL, lease_until = NULL, progress = NULL WHERE id = @id AND state IN (0, 1)",
        [("id", id), At],
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RetryAsync(string id, CancellationToken cancellationToken = default) => WriteAsync(
        $"""
        UPDATE spotter_job SET state = 0, attempts = 0, not_before = {Now}, finished_at = NULL, problem = NULL, lease_token = NULL
        WHERE id = @id AND state IN (3, 4) RETURNING {Tell}
        """,
        [("id", id), At],
        cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        FirstAsync($"SELECT {PostgresSql.Columns} FROM spotter_job WHERE id = @id", [("id", id)], cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindByClientKeyAsync(string clientKey, CancellationToken cancellationToken = default) =>
        FirstAsync($"SELECT {PostgresSql.Columns} FROM spotter_job WHERE client_key = @key", [("key", clientKey)], cancellationToken);

    /// <inheritdoc/>
    public async Task<int> CountAheadAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var command = PostgresSql.Command(
            source, "SELECT count(*)::int FROM spotter_job WHERE state IN (0, 1) AND state = 0 AND number < (SELECT number FROM spotter_job WHERE id = @id)", [("id", id)]);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        // Written out only as far as asked, so that each form finds its index.
        var where = (query.Kind is null ? "" : " AND kind = @kind") + (query.State is null ? "" : " AND state = @state")
            + (query.After is null ? "" : " AND number < (SELECT number FROM spotter_job WHERE id = @after)");
        await using var command = PostgresSql.Command(
            source,
            $"SELECT {PostgresSql.Columns} FROM spotter_job WHERE true{where} ORDER BY number DESC LIMIT @limit",
            [("kind", query.Kind), ("state", (short?)query.State), ("after", query.After), ("limit", query.Limit)]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<Job>();
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(PostgresSql.ReadJob(reader));
        }

        return jobs;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        WriteAsync("DELETE FROM spotter_job WHERE id = @id", [("id", id)], cancellationToken);

    /// <inheritdoc/>
    public Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => listener.WaitAsync(atMost, cancellationToken);

    /// <summary>Stops listening; the database stays open.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private (string Name, object? Value)[] Claiming(string worker, string token) =>
    [
        ("problem", JsonSerializer.Serialize(new JobProblem(JobProblem.Crashed, ""))),
        ("most", policy.MaxAttempts), ("token", token), ("lease_time", policy.LeaseTime), ("worker", worker), At,
    ];

    private (string Name, object? Value) At => ("now", time == TimeProvider.System ? null : time.GetUtcNow());

    /// <summary>Ends an attempt. The token stays with the job until the next claim, so the holder can see that it had committed when a reply was lost.</summary>
    private async Task<bool> EndAsync(Lease lease, JobState next, string set, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        await WriteHeldAsync(lease, $"state = @state, lease_until = NULL, progress = NULL, {set}", [("state", (short)next), .. parameters], cancellationToken)
        || await FirstAsync(
            $"SELECT {PostgresSql.Columns} FROM spotter_job WHERE id = @id AND lease_token = @token AND state = @state",
            [("id", lease.JobId), ("token", lease.Token), ("state", (short)next)],
            cancellationToken) is not null;

    private Task<bool> WriteHeldAsync(Lease lease, string set, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) => WriteAsync(
        $"UPDATE spotter_job SET {set} WHERE id = @id AND state = 1 AND lease_token = @token",
        [("id", lease.JobId), ("token", lease.Token), .. parameters],
        cancellationToken);

    private async Task<bool> WriteAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = PostgresSql.Command(source, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task<Job?> FirstAsync(string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = PostgresSql.Command(source, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? PostgresSql.ReadJob(reader) : null;
    }
}
