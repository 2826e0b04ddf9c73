using System.Globalization;

namespace Spotter.Bench.Web;

/// <summary>Processor time as Linux counts it.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on all Linux systems that .NET runs on

    /// <summary>Of a process and its children that have ended.</summary>
    public static TimeSpan Of(int process)
    {
        // The name in parentheses may hold spaces; behind it, fields 14 to 17 of the whole line are utime, stime, cutime, cstime.
        var line = File.ReadAllText($"/proc/{process}/stat");
        return Sum(line[(line.LastIndexOf(')') + 2)..].Split(' ')[11..15]);
    }

    /// <summary>Of everything on this machine, all cores together.</summary>
    public static TimeSpan OfMachine()
    {
        // cpu user nice system idle iowait irq softirq steal …
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Sum([.. fields[1..4], .. fields[6..8]]);
    }

    private static TimeSpan Sum(string[] ticks) => TimeSpan.FromSeconds(ticks.Sum(count => double.Parse(count, CultureInfo.InvariantCulture)) / TicksPerSecond);
}
