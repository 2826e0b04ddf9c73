using Npgsql;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Jobs;

namespace Spotter.Web.Tests.Postgres;

/// <summary>The store in PostgreSQL keeps the contract.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresJobStoreTests(PostgresServer server) : JobStoreContract, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> opened = [];
    private string address = "";

    public async ValueTask InitializeAsync() => address = await server.NewSchemaAsync();

    [Fact]
    public async Task Clock_OfTheDatabase_DecidesAboutLeases()
    {
        var store = OpenWith(Policy with { LeaseTime = TimeSpan.FromSeconds(0.3) }, TimeProvider.System);
        var job = await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });
        await store.ClaimAsync("first");

        Assert.Null(await store.ClaimAsync("second"));
        await Task.Delay(400);

        Assert.Equal((job.Id, 2), ((await store.ClaimAsync("second"))!.Job.Id, (await store.FindAsync(job.Id))!.Attempts));
    }

    [Fact]
    public async Task WaitForWork_ConnectionCut_HearsAgain()
    {
        var store = OpenWith(Policy, TimeProvider.System);
        await store.WaitForWorkAsync(TimeSpan.FromSeconds(10)); // the first connection
        await using var other = new NpgsqlConnection(address);
        await other.OpenAsync();
        await using var cut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()", other);
        Assert.True((long)(await cut.ExecuteScalarAsync())! > 0);

        await store.WaitForWorkAsync(TimeSpan.FromSeconds(10)); // the next connection
        var wait = store.WaitForWorkAsync(TimeSpan.FromSeconds(30));
        await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });

        await wait.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Upgrade_ManyProcessesAtOnce_MakeTheTablesOnce()
    {
        await using var source = NpgsqlDataSource.Create(address);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresSchema.UpgradeAsync(source, CancellationToken.None))));

        Assert.Empty(await new PostgresJobStore(source, Policy, TimeProvider.System).ListAsync(new JobQuery()));
    }

    [Fact]
    public async Task Upgrade_OfNewerVersion_IsRefused()
    {
        await using var source = NpgsqlDataSource.Create(address);
        await PostgresSchema.UpgradeAsync(source, CancellationToken.None);
        await using (var command = source.CreateCommand("UPDATE spotter_version SET number = 9999"))
        {
            await command.ExecuteNonQueryAsync();
        }

        var error = await Assert.ThrowsAsync<BackEndException>(() => PostgresSchema.UpgradeAsync(source, CancellationToken.None));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_ManyOver_ReadsOnlyWhatIsOpen()
    {
        var store = OpenWith(Policy, TimeProvider.System);
        await using var source = NpgsqlDataSource.Create(address);
        await using (var fill = source.CreateCommand(
            "INSERT INTO spotter_job (id, kind, details, state, created_at, not_before) SELECT 'over-' || i, 'judge', '{}', 2, now(), now() FROM generate_series(1, 20000) i; ANALYZE spotter_job"))
        {
            await fill.ExecuteNonQueryAsync();
        }

        await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });

        await using var explain = source.CreateCommand("EXPLAIN SELECT number FROM spotter_job WHERE state IN (0, 1) AND state = 0 ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED");
        Assert.Contains("spotter_job_open", string.Join('\n', await LinesAsync(explain)), StringComparison.Ordinal);
        Assert.NotNull(await store.ClaimAsync("worker"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(opened))
        {
            await thing.DisposeAsync();
        }
    }

    protected override IJobStore Open(JobPolicy policy, TimeProvider time) => OpenWith(policy, time);

    protected override IJobStore OpenAgain(JobPolicy policy, TimeProvider time) => OpenWith(policy, time);

    private PostgresJobStore OpenWith(JobPolicy policy, TimeProvider time)
    {
        var source = NpgsqlDataSource.Create(address);
        opened.Add(source);
        PostgresSchema.UpgradeAsync(source, CancellationToken.None).GetAwaiter().GetResult();
        var store = new PostgresJobStore(source, policy, time);
        opened.Add(store);
        return store;
    }

    private static async Task<List<string>> LinesAsync(NpgsqlCommand command)
    {
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
