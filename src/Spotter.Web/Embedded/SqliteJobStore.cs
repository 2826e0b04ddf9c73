using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spotter.Web.Jobs;

namespace Spotter.Web.Embedded;

/// <summary>Jobs in SQLite. The lease token is a nonce of the claim; every write of a worker names it in its condition.</summary>
/// <param name="database">The file.</param>
/// <param name="policy">How patient to be.</param>
/// <param name="time">The clock.</param>
public sealed class SqliteJobStore(EmbeddedDatabase database, JobPolicy policy, TimeProvider time) : IJobStore, IDisposable
{
    private const string Columns = "id, kind, details, state, attempts, created_at, not_before, finished_at, progress, outcome, problem";
    private const string Held = "id = $id AND state = $running AND lease_token = $token";

    private readonly SemaphoreSlim work = new(0);

    /// <inheritdoc/>
    public Task<Job> EnqueueAsync(NewJob job, CancellationToken cancellationToken = default)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var known = (job.ClientKey is null ? null : First(connection, "client_key = $key", ("$key", job.ClientKey))) ?? First(connection, "id = $id", ("$id", job.Id));
        if (known is null)
        {
            Write(
                connection,
                """
                INSERT INTO job (id, kind, details, client_key, state, created_at, not_before)
                VALUES ($id, $kind, $details, $key, $waiting, $now, $now)
                """,
                ("$id", job.Id), ("$kind", job.Kind), ("$details", job.Details), ("$key", job.ClientKey), ("$waiting", (int)JobState.Waiting), ("$now", Now));
            known = First(connection, "id = $id", ("$id", job.Id))!;
        }

        transaction.Commit();
        Signal();
        return Task.FromResult(known);
    }

    /// <inheritdoc/>
    public Task<ClaimedJob?> ClaimAsync(string worker, CancellationToken cancellationToken = default)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        SetAsideCrashed(connection);
        var id = Scalar(
            connection,
            """
            SELECT id FROM job
            WHERE (state = $waiting AND not_before <= $now) OR (state = $running AND lease_until <= $now)
            ORDER BY number LIMIT 1
            """,
            ("$waiting", (int)JobState.Waiting), ("$running", (int)JobState.Running), ("$now", Now)) as string;
        ClaimedJob? claimed = null;
        if (id is not null)
        {
            var (token, until) = (JobId.New(), time.GetUtcNow() + policy.LeaseTime);
            Write(
                connection,
                """
                UPDATE job SET state = $running, attempts = attempts + 1, lease_token = $token, lease_until = $until, worker = $worker, progress = NULL
                WHERE id = $id
                """,
                ("$id", id), ("$running", (int)JobState.Running), ("$token", token), ("$until", until.ToUnixTimeMilliseconds()), ("$worker", worker));
            var job = First(connection, "id = $id", ("$id", id))!;
            claimed = new ClaimedJob(job, new Lease(id, token, job.Attempts, until));
        }

        transaction.Commit();
        return Task.FromResult(claimed);
    }

    /// <inheritdoc/>
    public Task<Lease?> HeartbeatAsync(Lease lease, JobProgress? progress, CancellationToken cancellationToken = default)
    {
        var until = time.GetUtcNow() + policy.LeaseTime;
        var held = WriteHeld(
            lease,
            "lease_until = $until, progress = coalesce($progress, progress)",
            ("$until", until.ToUnixTimeMilliseconds()), ("$progress", progress is null ? null : JsonSerializer.Serialize(progress)));
        return Task.FromResult(held ? lease with { Until = until } : null);
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(Lease lease, string outcome, CancellationToken cancellationToken = default) => Task.FromResult(
        WriteHeld(
            lease,
            "state = $done, outcome = $outcome, finished_at = $now, lease_until = NULL, progress = NULL, problem = NULL",
            ("$done", (int)JobState.Done), ("$outcome", outcome), ("$now", Now))
        || IsCommitted(lease, JobState.Done));

    /// <inheritdoc/>
    public Task<bool> FailAsync(Lease lease, JobProblem problem, bool retry, CancellationToken cancellationToken = default)
    {
        var again = retry && lease.Attempt < policy.MaxAttempts;
        var held = WriteHeld(
            lease,
            "state = $next, problem = $problem, not_before = $later, finished_at = $finished, lease_until = NULL, progress = NULL",
            ("$next", (int)(again ? JobState.Waiting : JobState.SetAside)),
            ("$problem", JsonSerializer.Serialize(problem)),
            ("$later", (time.GetUtcNow() + (again ? policy.BackOff(lease.Attempt) : TimeSpan.Zero)).ToUnixTimeMilliseconds()),
            ("$finished", again ? null : Now));
        return Task.FromResult(held || IsCommitted(lease, again ? JobState.Waiting : JobState.SetAside));
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        var held = WriteHeld(lease, "state = $waiting, attempts = attempts - 1, lease_until = NULL, progress = NULL", ("$waiting", (int)JobState.Waiting));
        Signal();
        return Task.FromResult(held || IsCommitted(lease, JobState.Waiting));
    }

    /// <inheritdoc/>
    public Task<bool> PostponeAsync(Lease lease, JobProblem problem, TimeSpan pause, CancellationToken cancellationToken = default) => Task.FromResult(
        WriteHeld(
            lease,
            "state = $waiting, attempts = attempts - 1, problem = $problem, not_before = $later, lease_until = NULL, progress = NULL",
            ("$waiting", (int)JobState.Waiting), ("$problem", JsonSerializer.Serialize(problem)), ("$later", (time.GetUtcNow() + pause).ToUnixTimeMilliseconds()))
        || IsCommitted(lease, JobState.Waiting));

    /// <inheritdoc/>
    public Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(WriteAlone(
        "UPDATE job SET state = $cancelled, finished_at = $now, lease_token = NULL, lease_until = NULL, progress = NULL WHERE id = $id AND state IN ($waiting, $running)",
        ("$id", id), ("$cancelled", (int)JobState.Cancelled), ("$now", Now), ("$waiting", (int)JobState.Waiting), ("$running", (int)JobState.Running)));

    /// <inheritdoc/>
    public Task<bool> RetryAsync(string id, CancellationToken cancellationToken = default)
    {
        var done = WriteAlone(
            """
            UPDATE job SET state = $waiting, attempts = 0, not_before = $now, finished_at = NULL, problem = NULL, lease_token = NULL
            WHERE id = $id AND state IN ($aside, $cancelled)
            """,
            ("$id", id), ("$waiting", (int)JobState.Waiting), ("$now", Now), ("$aside", (int)JobState.SetAside), ("$cancelled", (int)JobState.Cancelled));
        Signal();
        return Task.FromResult(done);
    }

    /// <inheritdoc/>
    public Task<Job?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        using var connection = database.Open();
        return Task.FromResult(First(connection, "id = $id", ("$id", id)));
    }

    /// <inheritdoc/>
    public Task<Job?> FindByClientKeyAsync(string clientKey, CancellationToken cancellationToken = default)
    {
        using var connection = database.Open();
        return Task.FromResult(First(connection, "client_key = $key", ("$key", clientKey)));
    }

    /// <inheritdoc/>
    public Task<int> CountAheadAsync(string id, CancellationToken cancellationToken = default)
    {
        using var connection = database.Open();
        return Task.FromResult((int)(long)Scalar(
            connection,
            "SELECT count(*) FROM job WHERE state = $waiting AND number < (SELECT number FROM job WHERE id = $id)",
            ("$id", id), ("$waiting", (int)JobState.Waiting))!);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        // Written out only as far as asked, so that each form finds its index; few jobs wait or run, so that their state finds them before the kind does.
        var kind = query.Kind is null ? "" : query.State is JobState.Waiting or JobState.Running ? " AND +kind = $kind" : " AND kind = $kind";
        var where = kind + (query.State is null ? "" : " AND state = $state") + (query.After is null ? "" : " AND number < (SELECT number FROM job WHERE id = $after)");
        using var connection = database.Open();
        return Task.FromResult<IReadOnlyList<Job>>(Read(
            connection,
            $"1{where} ORDER BY number DESC LIMIT $limit",
            ("$kind", query.Kind), ("$state", query.State is { } state ? (int)state : null), ("$after", query.After), ("$limit", query.Limit)));
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(WriteAlone("DELETE FROM job WHERE id = $id", ("$id", id)));

    /// <inheritdoc/>
    public async Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        await work.WaitAsync(atMost, cancellationToken);
    }

    /// <summary>Lets go of all leases: for the start of the only process that uses the file, when whoever held them is dead. The attempts count.</summary>
    public void ExpireLeases() => WriteAlone("UPDATE job SET lease_until = $now WHERE state = $running", ("$now", Now), ("$running", (int)JobState.Running));

    /// <summary>Frees what waiting workers need.</summary>
    public void Dispose() => work.Dispose();

    // A worker that finds nothing waits again: one signal too many is harmless, thousands would be a busy loop.
    private void Signal()
    {
        if (work.CurrentCount < 8)
        {
            work.Release();
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void SetAsideCrashed(SqliteConnection connection) => Write(
        connection,
        """
        UPDATE job SET state = $aside, finished_at = $now, problem = $problem, lease_token = NULL, lease_until = NULL, progress = NULL
        WHERE state = $running AND lease_until <= $now AND attempts >= $most
        """,
        ("$aside", (int)JobState.SetAside), ("$running", (int)JobState.Running), ("$now", Now), ("$most", policy.MaxAttempts),
        ("$problem", JsonSerializer.Serialize(new JobProblem(JobProblem.Crashed, ""))));

    private bool WriteHeld(Lease lease, string set, params (string Name, object? Value)[] parameters) => WriteAlone(
        $"UPDATE job SET {set} WHERE {Held}",
        [("$id", lease.JobId), ("$running", (int)JobState.Running), ("$token", lease.Token), .. parameters]);

    // A reply may have been lost on the way: the token stays with the job until the next claim, so the holder can see that it had committed.
    private bool IsCommitted(Lease lease, JobState state)
    {
        using var connection = database.Open();
        return First(connection, "id = $id AND lease_token = $token AND state = $state", ("$id", lease.JobId), ("$token", lease.Token), ("$state", (int)state)) is not null;
    }

    private bool WriteAlone(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = database.Open();
        return Write(connection, sql, parameters) > 0;
    }

    private static int Write(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = EmbeddedDatabase.Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = EmbeddedDatabase.Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    private static Job? First(SqliteConnection connection, string where, params (string Name, object? Value)[] parameters) =>
        Read(connection, where, parameters).FirstOrDefault();

    private static List<Job> Read(SqliteConnection connection, string where, params (string Name, object? Value)[] parameters)
    {
        using var command = EmbeddedDatabase.Command(connection, $"SELECT {Columns} FROM job WHERE {where}", parameters);
        using var reader = command.ExecuteReader();
        var jobs = new List<Job>();
        while (reader.Read())
        {
            jobs.Add(new Job
            {
                Id = reader.GetString(0),
                Kind = reader.GetString(1),
                Details = reader.GetString(2),
                State = (JobState)reader.GetInt32(3),
                Attempts = reader.GetInt32(4),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
                NotBefore = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)),
                FinishedAt = reader.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)),
                Progress = reader.IsDBNull(8) ? null : JsonSerializer.Deserialize<JobProgress>(reader.GetString(8)),
                Outcome = reader.IsDBNull(9) ? null : reader.GetString(9),
                Problem = reader.IsDBNull(10) ? null : JsonSerializer.Deserialize<JobProblem>(reader.GetString(10)),
            });
        }

        return jobs;
    }
}
