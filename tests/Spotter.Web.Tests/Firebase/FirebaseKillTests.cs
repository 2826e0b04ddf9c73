using System.Collections.Concurrent;
using Spotter.Web.Killing;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase;

/// <summary>Worker processes are killed while they work; the long form is a bench.</summary>
public sealed class FirebaseKillTests(NodeServers servers)
{
    [Fact]
    public async Task Workers_KilledAndFrozenAtRandom_CommitEachJobOnce()
    {
        using var folder = new TemporaryFolder();

        await TryAsync(folder, folder.File("clips"), new KillPlan(Workers: 4, Jobs: 200, Blows: 12, LongestPause: TimeSpan.FromSeconds(0.5), LeaseTime: TimeSpan.FromSeconds(1), Seed: 1));
    }

    [Fact]
    public async Task Workers_KilledWhileClipsAreInStorage_CommitEachJobOnceWithItsFiles()
    {
        using var folder = new TemporaryFolder();
        var bucket = $"gs://kill-{Guid.NewGuid():N}@{servers.FirebaseStorage.Authority}";

        await TryAsync(folder, bucket, new KillPlan(Workers: 3, Jobs: 40, Blows: 8, LongestPause: TimeSpan.FromSeconds(0.5), LeaseTime: TimeSpan.FromSeconds(2), Seed: 2));
    }

    private static async Task TryAsync(TemporaryFolder folder, string clips, KillPlan plan)
    {
        await using var server = await DatabaseServer.StartAsync();
        var commits = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        server.Engine.Written = (before, now) => CommitCount.Add(commits, before, now);

        var result = await new KillTrial(new KillPlace(KillPlace.Firebase, server.Url.Authority, clips), plan, folder.Path)
            .RunAsync(() => Task.FromResult<IReadOnlyDictionary<string, int>>(commits));

        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        Assert.Empty(result.Violations);
        Assert.Equal(plan.Jobs, result.Committed);
        Assert.InRange(result.Hits, plan.Blows / 2, plan.Blows);
        Assert.True(result.Lost > 0, "no blow cost an attempt");
    }
}
