using System.Diagnostics;

namespace Spotter.Tests.Poses;

/// <summary>The frames of a clip as they are stored: no rotation, no correction of the pixels' shape, no scaling.</summary>
internal static class StoredFrames
{
    public static async IAsyncEnumerable<byte[]> Read(string path, int width, int height)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", "-i", path, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var frame = new byte[width * height * 3];
            while (await process.StandardOutput.BaseStream.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
            {
                yield return frame;
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
