using Spotter.Web.Killing;

namespace Spotter.Bench.Web;

/// <summary>Kills the server with SIGKILL at random moments while it takes and judges clips; afterwards every clip must have been judged, and none a second time.</summary>
internal static class WebKill
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int kills, int clips, int seed, string sample)
    {
        var data = Directory.CreateTempSubdirectory("spotter-kill-").FullName;
        var result = await new ServerKillTrial(await File.ReadAllBytesAsync(sample), clips, LongestLife, Path.Combine(data, "data"), seed).RunAsync(kills);
        Console.WriteLine(
            $"{result.Kills} kills in {result.Seconds:0} s, {result.Hits} jobs running at them (also those that an earlier one hit, until their lease ends); {clips} clips of {Path.GetFileName(sample)}: {result.Judged} judged, "
            + $"{result.SetAside} set aside after three crashes and started anew, {result.Violations.Count} violations (seed {seed})");
        foreach (var violation in result.Violations)
        {
            Console.WriteLine("  " + violation);
        }

        Directory.Delete(data, recursive: true);
        return result.Violations.Count == 0 ? 0 : 1;
    }
}
