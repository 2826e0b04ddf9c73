using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData(2, 20_000)] // over
    [InlineData(0, 20_000)] // waiting
    public async Task Claim_ManyOverOrWaiting_ReadsAFewRows(int state, int jobs)
    {
        var store = OpenWith(Policy, TimeProvider.System);
        await using var source = NpgsqlDataSource.Create(address);
        await ExecuteAsync(
            source,
            $"INSERT INTO spotter_job (id, kind, details, state, created_at, not_before) SELECT 'old-' || i, 'judge', '{{}}', {state}, now(), now() FROM generate_series(1, {jobs}) i; ANALYZE spotter_job");
        await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });

        var plan = JsonNode.Parse(await store.ExplainClaimAsync())!;

        Assert.InRange(Nodes(plan[0]!["Plan"]!).Sum(RowsRead), 1, 20);
    }

    [Fact]
    public async Task Upgrade_OfTheFirstForm_AddsTheIndexOfLeases()
    {
        await using var source = NpgsqlDataSource.Create(address);
        await PostgresSchema.UpgradeAsync(source, CancellationToken.None);
        var job = await OpenWith(Policy, TimeProvider.System).EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });
        await ExecuteAsync(source, "DROP INDEX spotter_job_lease; UPDATE spotter_version SET number = 1");

        await PostgresSchema.UpgradeAsync(source, CancellationToken.None);

        await using var found = source.CreateCommand("SELECT to_regclass('spotter_job_lease') IS NOT NULL");
        Assert.True(await found.ExecuteScalarAsync() is true);
        Assert.NotNull(await OpenWith(Policy, TimeProvider.System).FindAsync(job.Id));
    }

    [Fact]
    public async Task Finish_ConnectionCutBehindTheCommit_IsRecognised()
    {
        await using var proxy = CuttingProxy.Start(address);
        var (cut, store) = (OpenWith(Policy, TimeProvider.System, proxy.Address), OpenWith(Policy, TimeProvider.System));
        var job = await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });
        var lease = (await cut.ClaimAsync("worker"))!.Lease;

        proxy.CutNextReply();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => cut.FinishAsync(lease, "outcome"));

        Assert.Equal((JobState.Done, "outcome"), ((await store.FindAsync(job.Id))!.State, (await store.FindAsync(job.Id))!.Outcome));
        Assert.True(await cut.FinishAsync(lease, "outcome"));
        Assert.Equal(1, (await store.FindAsync(job.Id))!.Attempts);
        Assert.Equal(1, proxy.Cuts);
    }

    [Fact]
    public async Task Claim_ConnectionCutBehindTheCommit_CostsAnAttemptAndNothingElse()
    {
        await using var proxy = CuttingProxy.Start(address);
        var policy = Policy with { LeaseTime = TimeSpan.FromSeconds(0.3) };
        var (cut, store) = (OpenWith(policy, TimeProvider.System, proxy.Address), OpenWith(policy, TimeProvider.System));
        Assert.Null(await cut.ClaimAsync("worker")); // connected
        var job = await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });

        proxy.CutNextReply();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => cut.ClaimAsync("worker"));
        await Task.Delay(400);

        var claim = (await cut.ClaimAsync("worker"))!;
        Assert.Equal((job.Id, 2), (claim.Job.Id, claim.Lease.Attempt));
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

    private PostgresJobStore OpenWith(JobPolicy policy, TimeProvider time, string? at = null)
    {
        var source = NpgsqlDataSource.Create(at ?? address);
        opened.Add(source);
        PostgresSchema.UpgradeAsync(source, CancellationToken.None).GetAwaiter().GetResult();
        var store = new PostgresJobStore(source, policy, time);
        opened.Add(store);
        return store;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode plan) => (plan["Plans"]?.AsArray() ?? []).SelectMany(inner => Nodes(inner!)).Prepend(plan);

    /// <summary>Rows that a step of a plan took from the table or threw away again.</summary>
    private static double RowsRead(JsonNode step) => step["Relation Name"] is null
        ? 0
        : step["Actual Loops"]!.GetValue<double>() * (step["Actual Rows"]!.GetValue<double>() + (step["Rows Removed by Filter"]?.GetValue<double>() ?? 0));
}
