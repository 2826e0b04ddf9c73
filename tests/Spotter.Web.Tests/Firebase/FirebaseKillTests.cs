using System.Collections.Concurrent;
using Spotter.Web.Killing;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase;

/// <summary>Worker processes are killed while they work; the long form is a bench.</summary>
public sealed class FirebaseKillTests
{
    [Fact]
    public async Task Workers_KilledAndFrozenAtRandom_CommitEachJobOnce()
    {
        await using var server = await DatabaseServer.StartAsync();
        var commits = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        server.Engine.Written = (before, now) => CommitCount.Add(commits, before, now);
        using var folder = new TemporaryFolder();
        var plan = new KillPlan(Workers: 3, Jobs: 60, Blows: 5, LongestPause: TimeSpan.FromSeconds(0.5), LeaseTime: TimeSpan.FromSeconds(1), Seed: 1);

        var result = await new KillTrial(new KillPlace(KillPlace.Firebase, server.Url.Authority, folder.File("clips")), plan, folder.Path)
            .RunAsync(() => Task.FromResult<IReadOnlyDictionary<string, int>>(commits));

        Assert.Empty(result.Violations);
        Assert.Equal(60, result.Committed);
        Assert.True(result.Lost > 0, "no blow hit a worker at its work");
        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
    }
}
