using System.Collections.Concurrent;
using System.Diagnostics;

namespace Spotter.Video;

/// <summary>
/// Brings HDR pictures of phones (HLG or PQ in BT.2020) into the range of ordinary ones (BT.709 throughout, limited range): shown as they are, they look washed out.
/// </summary>
internal static class ToneMapping
{
    // Diffuse white of HDR is 203 cd/m² (ITU-R BT.2408), its peak 1000: light up to most of white stays as it is, what is brighter is squeezed into the rest.
    private const string Chain =
        "t=linear:npl=203:m=gbr,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:param=0.85:desat=0:peak=5,zscale=t=bt709:m=bt709:r=limited,";

    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>The filters of ffmpeg that do it, ending in a comma; empty for a clip that needs none, or where ffmpeg was built without them.</summary>
    /// <param name="info">The clip.</param>
    /// <param name="ffmpeg">Full path of ffmpeg.</param>
    public static string Filters(VideoInfo info, string ffmpeg)
    {
        if (!info.IsHdr || info.PixelFormat?.StartsWith("yuv", StringComparison.Ordinal) != true || !Known.GetOrAdd(ffmpeg, HasFilters))
        {
            return "";
        }

        // Phones film in BT.2020; a file that does not say so would otherwise be refused by the filter.
        return $"zscale=tin={info.ColorTransfer}:pin=bt2020:min=bt2020nc:{Chain}";
    }

    private static bool HasFilters(string ffmpeg)
    {
        var start = new ProcessStartInfo(ffmpeg, ["-nostdin", "-hide_banner", "-filters"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var filters = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return filters.Contains(" zscale ", StringComparison.Ordinal) && filters.Contains(" tonemap ", StringComparison.Ordinal);
    }
}
