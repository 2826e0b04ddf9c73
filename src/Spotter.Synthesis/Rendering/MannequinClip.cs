using Spotter.Video;

namespace Spotter.Synthesis.Rendering;

/// <summary>Writes a synthesised set as a clip.</summary>
public static class MannequinClip
{
    /// <summary>Draws every frame and encodes them as an H.264 clip; the file appears only when it is whole.</summary>
    /// <param name="set">What to draw.</param>
    /// <param name="path">The MP4 file to be.</param>
    /// <param name="progress">Told the share of frames written, 0 to 1.</param>
    /// <param name="cancellationToken">Stops and leaves no file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(MannequinSequence set, string path, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var renderer = new MannequinRenderer(set);
        var options = set.Options;
        var encoding = new VideoWriterOptions { RateFactor = 26, Compact = true };
        await using var writer = VideoWriter.Create(path, options.Width, options.Height, options.FramesPerSecond, encoding);
        var rgb = new byte[options.Width * options.Height * 3];
        var frames = set.Exact.FrameCount;
        for (var frame = 0; frame < frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seconds = frame / options.FramesPerSecond;
            renderer.Render(set.Motion.PoseAt(seconds), rgb);
            await writer.WriteAsync(YuvPicture.FromRgb(rgb, options.Width, options.Height), seconds, cancellationToken);
            progress?.Report((frame + 1) / (double)frames);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
