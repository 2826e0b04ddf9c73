using System.Collections.Concurrent;
using Npgsql;
using Spotter.Tests;
using Spotter.Web.Killing;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Firebase.Database;

namespace Spotter.Bench.Web;

/// <summary>Kills and freezes worker processes at random while they do quick fake work on a shared back end; afterwards each job must have been committed once.</summary>
internal static class WorkerKill
{
    public static async Task<int> RunAsync(string kind, int workers, int jobs, int blows, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("spotter-kill-").FullName;
        var plan = new KillPlan(workers, jobs, blows, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5), seed);
        var result = kind switch
        {
            KillPlace.Postgres => await PostgresAsync(plan, folder),
            KillPlace.Firebase => await FirebaseAsync(plan, folder),
            _ => throw new ArgumentException($"'{kind}' is no back end that several machines share.", nameof(kind)),
        };
        Console.WriteLine(
            $"{kind}: {workers} workers, {jobs} jobs, {result.Kills} killed and {result.Freezes} frozen beyond their lease in {result.Seconds:0} s: {result.Committed} committed, "
            + $"{result.Hits} of the blows fell on a worker at its work, {result.Lost} attempts lost, {result.SetAside} set aside after three and started anew, {result.Violations.Count} violations (seed {seed})");
        foreach (var violation in result.Violations)
        {
            Console.WriteLine("  " + violation);
        }

        Directory.Delete(folder, recursive: true);
        return result.Violations.Count == 0 ? 0 : 1;
    }

    private static async Task<KillResult> PostgresAsync(KillPlan plan, string folder)
    {
        await using var server = await TemporaryPostgres.StartAsync() ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        await using (var source = NpgsqlDataSource.Create(server.Address))
        {
            await PostgresSchema.UpgradeAsync(source, CancellationToken.None);
        }

        await PostgresWitness.WatchAsync(server.Address);
        return await new KillTrial(new KillPlace(KillPlace.Postgres, server.Address, Path.Combine(folder, "clips")), plan, folder)
            .RunAsync(() => PostgresWitness.CountAsync(server.Address));
    }

    private static async Task<KillResult> FirebaseAsync(KillPlan plan, string folder)
    {
        await using var server = await DatabaseServer.StartAsync();
        var commits = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        server.Engine.Written = (before, now) => CommitCount.Add(commits, before, now);
        return await new KillTrial(new KillPlace(KillPlace.Firebase, server.Url.Authority, Path.Combine(folder, "clips")), plan, folder)
            .RunAsync(() => Task.FromResult<IReadOnlyDictionary<string, int>>(commits));
    }
}
