using System.Diagnostics;
using Spotter.Video;

namespace Spotter.Tests.Poses;

/// <summary>The frames of a clip as they are stored: no rotation, no correction of the pixels' shape, no scaling.</summary>
internal static class StoredFrames
{
    public static async IAsyncEnumerable<VideoFrame> Read(string path, int width, int height, double secondsPerFrame)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", "-i", path, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var pixels = new byte[width * height * 3];
            for (var index = 0; await process.StandardOutput.BaseStream.ReadAtLeastAsync(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length; index++)
            {
                yield return new VideoFrame(index, index * secondsPerFrame, pixels);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
