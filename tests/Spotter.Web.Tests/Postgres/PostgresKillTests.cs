using Npgsql;
using Spotter.Web.Jobs;
using Spotter.Web.Killing;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Postgres;

/// <summary>Worker processes are killed while they work; the long form is a bench.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresKillTests(PostgresServer server)
{
    [Fact]
    public async Task Workers_KilledAndFrozenAtRandom_CommitEachJobOnce()
    {
        var address = await server.NewSchemaAsync();
        await using (var source = NpgsqlDataSource.Create(address))
        {
            await PostgresSchema.UpgradeAsync(source, CancellationToken.None);
        }

        await PostgresWitness.WatchAsync(address);
        using var folder = new TemporaryFolder();
        var plan = new KillPlan(Workers: 4, Jobs: 200, Blows: 12, LongestPause: TimeSpan.FromSeconds(0.5), LeaseTime: TimeSpan.FromSeconds(1), Seed: 1);

        var result = await new KillTrial(new KillPlace(KillPlace.Postgres, address, folder.File("clips")), plan, folder.Path)
            .RunAsync(() => PostgresWitness.CountAsync(address));

        Assert.Empty(result.Violations);
        Assert.Equal(200, result.Committed);
        Assert.InRange(result.Hits, plan.Blows / 2, plan.Blows);
        Assert.True(result.Lost > 0, "no blow cost an attempt");
        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
    }
}
