using System.Globalization;

namespace Spotter.Video;

/// <summary>
/// Words before a child's command line that limit it. <c>setsid</c> and <c>prlimit</c> (util-linux) replace themselves with the program,
/// so the process id stays the child's and no shell is involved; where they are missing, only the limits inside ffmpeg hold.
/// </summary>
internal static class ResourceLimits
{
    private const string OwnLimits = "/proc/self/limits";

    /// <summary>The words, possibly none.</summary>
    public static IEnumerable<string> Prefix(long memoryBytes, long cpuSeconds)
    {
        // A session of its own keeps a Ctrl-C at the terminal from ending the child behind our back.
        if (Ffmpeg.OnPath("setsid") is { } setsid)
        {
            yield return setsid;
        }

        if (Ffmpeg.OnPath("prlimit") is { } prlimit)
        {
            yield return prlimit;
            yield return string.Create(CultureInfo.InvariantCulture, $"--as={Math.Min(memoryBytes, OwnHardLimit("Max address space"))}");
            yield return string.Create(CultureInfo.InvariantCulture, $"--cpu={Math.Min(cpuSeconds, OwnHardLimit("Max cpu time"))}");
            yield return "--core=0";
            yield return "--";
        }
    }

    // Asking for more than we have ourselves would fail.
    private static long OwnHardLimit(string name)
    {
        if (!File.Exists(OwnLimits))
        {
            return long.MaxValue;
        }

        const int HardColumn = 1;
        var line = File.ReadLines(OwnLimits).FirstOrDefault(candidate => candidate.StartsWith(name, StringComparison.Ordinal)) ?? name;
        var columns = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > HardColumn && long.TryParse(columns[HardColumn], CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
