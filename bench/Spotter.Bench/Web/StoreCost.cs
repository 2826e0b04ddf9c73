using System.Diagnostics;
using Npgsql;
using Spotter.Tests;
using Spotter.Web;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Killing;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Firebase.Database;

namespace Spotter.Bench.Web;

/// <summary>What a job costs in each job store: milliseconds and statements or requests of the four calls that every job needs, and how many claims a second several workers get.</summary>
internal static class StoreCost
{
    private const int Claimers = 4;

    public static async Task<int> RunAsync(int jobs, int over, int waiting)
    {
        var folder = Directory.CreateTempSubdirectory("spotter-cost-").FullName;
        Console.WriteLine($"{jobs} jobs each; milliseconds in the median (95 %) of one call, one after another; then {Claimers} workers at once");
        await using (var server = await DatabaseServer.StartAsync())
        {
            var place = new KillPlace(KillPlace.Firebase, server.Url.Authority, Path.Combine(folder, "clips"));
            var opened = new List<BackEnd>(); // each claimer has a store of its own, as processes have
            for (var claimer = 0; claimer < Claimers; claimer++)
            {
                opened.Add(await place.Open(new BackEndSetting(folder, new JobPolicy(), TimeProvider.System), CancellationToken.None));
            }

            await MeasureAsync("Firebase (a stand-in on this machine)", [.. opened.Select(backEnd => backEnd.Jobs)], jobs, () => Task.FromResult((long)server.Requests));
            foreach (var backEnd in opened)
            {
                await backEnd.DisposeAsync();
            }
        }

        await using (var server = await TemporaryPostgres.StartAsync(isDurable: true))
        {
            if (server is null)
            {
                Console.WriteLine("PostgreSQL is not installed.");
            }
            else
            {
                await using var postgres = await PostgresBackEnd.WithFolder(server.Address, Path.Combine(folder, "clips"))(
                    new BackEndSetting(folder, new JobPolicy(), TimeProvider.System), CancellationToken.None);
                await using var source = NpgsqlDataSource.Create(server.Address);
                await MeasureAsync("PostgreSQL", [postgres.Jobs], jobs, () => CountStatementsAsync(source));
                await FillAsync(source, "over", 2, over);
                await MeasureAsync($"PostgreSQL with {over} jobs that are over", [postgres.Jobs], jobs, () => CountStatementsAsync(source));
                await FillAsync(source, "waiting", 0, waiting);
                await MeasureAsync($"PostgreSQL with {over} jobs that are over and {waiting} that wait", [postgres.Jobs], jobs, () => CountStatementsAsync(source));
            }
        }

        await using (var embedded = await EmbeddedBackEnd.OpenAsync(new BackEndSetting(folder, new JobPolicy(), TimeProvider.System)))
        {
            await MeasureAsync("embedded", [embedded.Jobs], jobs, null);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(string name, IReadOnlyList<IJobStore> stores, int jobs, Func<Task<long>>? count)
    {
        var store = stores[0];
        await PassAsync(store, jobs / 10); // compiled and connected
        var before = count is null ? 0 : await count();
        var (enqueue, claim, heartbeat, finish) = await PassAsync(store, jobs);
        var requests = count is null ? "" : $"; {(await count() - before) / (double)jobs:0.00} statements or requests a job";
        for (var job = 0; job < jobs; job++)
        {
            await EnqueueAsync(store);
        }

        before = count is null ? 0 : await count();
        var (clock, left) = (Stopwatch.StartNew(), new Left(jobs));
        await Task.WhenAll(Enumerable.Range(0, Claimers).Select(worker => Task.Run(() => ClaimAsync(stores[worker % stores.Count], $"worker {worker}", left))));
        var seconds = clock.Elapsed.TotalSeconds;
        var crowded = count is null ? "" : $", {(await count() - before) / (double)jobs:0.00} statements or requests a job";
        Console.WriteLine(
            $"{name}: enqueue {Text(enqueue)}, claim {Text(claim)}, heartbeat {Text(heartbeat)}, finish {Text(finish)}{requests}; "
            + $"{jobs / seconds:0} jobs claimed and finished a second by {Claimers}{crowded}");
    }

    private static async Task<(double[] Enqueue, double[] Claim, double[] Heartbeat, double[] Finish)> PassAsync(IJobStore store, int jobs)
    {
        var (enqueue, claim, heartbeat, finish) = (new double[jobs], new double[jobs], new double[jobs], new double[jobs]);
        for (var job = 0; job < jobs; job++)
        {
            (enqueue[job], _) = await TimeAsync(() => EnqueueAsync(store));
            (claim[job], var claimed) = await TimeAsync(() => ClaimAsync(store));
            (heartbeat[job], var lease) = await TimeAsync(() => store.HeartbeatAsync(claimed!.Lease, new JobProgress("pose", 1, 2)));
            (finish[job], _) = await TimeAsync(() => store.FinishAsync(lease!, "{}"));
        }

        return (enqueue, claim, heartbeat, finish);
    }

    // What was handed in this very moment may not be due yet by a clock that is estimated from afar.
    private static async Task<ClaimedJob?> ClaimAsync(IJobStore store)
    {
        ClaimedJob? claimed;
        do
        {
            claimed = await store.ClaimAsync("worker");
        }
        while (claimed is null);
        return claimed;
    }

    private static async Task ClaimAsync(IJobStore store, string worker, Left left)
    {
        while (left.Take() && await store.ClaimAsync(worker) is { } job)
        {
            await store.FinishAsync(job.Lease, "{}");
        }
    }

    /// <summary>Jobs that are still to be claimed.</summary>
    private sealed class Left(int jobs)
    {
        private int jobs = jobs;

        public bool Take() => Interlocked.Decrement(ref jobs) >= 0;
    }

    private static Task<Job> EnqueueAsync(IJobStore store) => store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}", ClientKey = JobId.New() });

    private static async Task<(double Milliseconds, T Result)> TimeAsync<T>(Func<Task<T>> call)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await call();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, result);
    }

    private static async Task FillAsync(NpgsqlDataSource source, string name, int state, int jobs)
    {
        var clock = Stopwatch.StartNew();
        await using var command = source.CreateCommand(
            $"""
            INSERT INTO spotter_job (id, kind, details, client_key, state, attempts, created_at, not_before, finished_at, outcome)
            SELECT '{name}-' || i, 'judge', repeat('d', 300), '{name}-key-' || i, {state}, 0, now(), now(), NULL, repeat('o', 600) FROM generate_series(1, {jobs}) i;
            ANALYZE spotter_job
            """);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
        await using var size = source.CreateCommand("SELECT pg_total_relation_size('spotter_job')");
        Console.WriteLine($"{jobs} jobs made that are {name} in {clock.Elapsed.TotalSeconds:0} s; table and indexes {(long)(await size.ExecuteScalarAsync())! >> 20} MiB in all");
    }

    // Each statement of the store is a transaction of its own. A connection without work tells its counts after ten seconds at the latest.
    private static async Task<long> CountStatementsAsync(NpgsqlDataSource source)
    {
        await Task.Delay(TimeSpan.FromSeconds(11));
        await using var command = source.CreateCommand("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Text(double[] milliseconds)
    {
        var ordered = milliseconds.Order().ToArray();
        return $"{ordered[ordered.Length / 2]:0.00} ({ordered[(int)(0.95 * (ordered.Length - 1))]:0.00})";
    }
}
