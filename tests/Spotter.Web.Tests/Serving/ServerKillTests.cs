using Spotter.Web.Killing;

namespace Spotter.Web.Tests.Serving;

/// <summary>The server of one machine is killed while it takes and judges real clips; the long form is a bench.</summary>
public sealed class ServerKillTests
{
    [Fact]
    public async Task Server_KilledAtRandom_JudgesEachClipOnce()
    {
        using var folder = new TemporaryFolder();
        var trial = new ServerKillTrial(await File.ReadAllBytesAsync(Samples.SmallGood), clips: 4, TimeSpan.FromSeconds(2), folder.File("data"), seed: 1);

        var result = await trial.RunAsync(blows: 8);

        Assert.Empty(result.Violations);
        Assert.Equal((8, 4), (result.Kills, result.Judged));
        Assert.True(result.Hits > 0, "no blow hit the server at its work");
        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
    }
}
