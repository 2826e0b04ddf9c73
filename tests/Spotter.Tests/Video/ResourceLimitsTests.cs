using System.Diagnostics;
using System.Runtime.Versioning;
using Spotter.Video;

namespace Spotter.Tests.Video;

/// <summary>What holds the programs that strangers' files are given to.</summary>
[SupportedOSPlatform("linux")]
public sealed class ResourceLimitsTests
{
    [Fact]
    public async Task Child_WhereTheSystemAllowsIt_HasNoNetwork()
    {
        Assert.SkipUnless(ResourceLimits.HaveNoNetwork, "This system allows no network namespace (unshare).");

        // A new namespace has the loopback interface alone, and that is down.
        var lines = await ReadAsync("/proc/self/net/dev");
        Assert.Equal("lo", Assert.Single(lines.Split('\n').Skip(2), line => line.Contains(':', StringComparison.Ordinal)).Split(':')[0].Trim());
        Assert.Equal("", string.Concat((await ReadAsync("/proc/self/net/route")).Split('\n').Skip(1)));
    }

    [Fact]
    public async Task Child_LimitedAndCutOff_IsStillTheProgramItself()
    {
        // The words before the program replace themselves with it: nobody stands between who kills and who is to be killed.
        var parts = (await ReadAsync("/proc/self/stat")).Split(' ');

        Assert.Equal(("(cat)", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)), (parts[1], parts[3]));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Child_OfRoot_ReadsOtherPeoplesFiles()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may read what belongs to others.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "theirs");
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
            await Process.Start("chown", ["12345:12345", file]).WaitForExitAsync();

            Assert.Equal("theirs", await ReadAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var child = FfmpegProcess.Start(Ffmpeg.OnPath("cat")!, [file], 1L << 30, 10);
        using var reader = new StreamReader(child.Output);
        var text = await reader.ReadToEndAsync();
        await child.WaitAsync(CancellationToken.None);
        Assert.Equal((0, ""), (child.ExitCode, child.LastWords));
        return text;
    }
}
