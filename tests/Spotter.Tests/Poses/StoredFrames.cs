using System.Diagnostics;
using Spotter.Video;

namespace Spotter.Tests.Poses;

/// <summary>The frames of a clip as they are stored: no rotation, no correction of the pixels' shape, no scaling.</summary>
internal static class StoredFrames
{
    public static async IAsyncEnumerable<VideoFrame> Read(string path, int width, int height, double secondsPerFrame)
    {
        var format = ReaderFormat.Of(await VideoInfo.ReadAsync(path));
        string[] arguments = ["-i", path, "-fps_mode", "passthrough", "-vf", $"scale=iw:ih:flags=area{format.Conversion},format=yuv420p", "-f", "rawvideo", "pipe:1"];
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var picture = new YuvPicture(width, height, format.Matrix);
            for (var index = 0; process.StandardOutput.BaseStream.ReadAtLeast(picture.Pixels, picture.Pixels.Length, throwOnEndOfStream: false) == picture.Pixels.Length; index++)
            {
                yield return new VideoFrame(index, index * secondsPerFrame, picture);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
