using System.Diagnostics;
using System.Globalization;

namespace Spotter.Video;

/// <summary>
/// Words before a child's command line that limit it. <c>setsid</c>, <c>unshare</c> and <c>prlimit</c> (util-linux) replace themselves with the program,
/// so the process id stays the child's and no shell is involved; where they are missing, only the limits inside ffmpeg hold.
/// </summary>
internal static class ResourceLimits
{
    private const string OwnLimits = "/proc/self/limits";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<string[]> Apart = new(FindApart);

    /// <summary>Whether children run in a network namespace of their own, in which there is no network. Asked of the system once.</summary>
    public static bool HaveNoNetwork => Apart.Value.Length > 0;

    /// <summary>The words, possibly none.</summary>
    public static IEnumerable<string> Prefix(long memoryBytes, long cpuSeconds)
    {
        // A session of its own keeps a Ctrl-C at the terminal from ending the child behind our back.
        if (Ffmpeg.OnPath("setsid") is { } setsid)
        {
            yield return setsid;
        }

        foreach (var word in Apart.Value)
        {
            yield return word;
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

    // Whether the system allows it is known by trying only: containers and distributions forbid it in many ways.
    private static string[] FindApart()
    {
        if (Ffmpeg.OnPath("unshare") is not { } unshare || Ffmpeg.OnPath("true") is not { } nothing)
        {
            return [];
        }

        // In a user namespace root would lose its rights over other people's files; it needs none to be cut off.
        string[] words = Environment.IsPrivilegedProcess ? [unshare, "--net", "--"] : [unshare, "--user", "--map-current-user", "--net", "--"];
        using var trial = Process.Start(new ProcessStartInfo(unshare, [.. words.Skip(1), nothing]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false });
        if (trial?.WaitForExit(Patience) == false)
        {
            trial.Kill();
        }

        return trial is { HasExited: true, ExitCode: 0 } ? words : [];
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
