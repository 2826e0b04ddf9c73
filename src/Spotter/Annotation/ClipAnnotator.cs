using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Annotation;

/// <summary>
/// Makes the annotated clip: decodes the clip again, paints each frame and encodes it. Decoding and encoding go on in processes of their own while a frame is
/// painted, a few frames are in memory at any time, and the file appears only when it is whole.
/// </summary>
public static class ClipAnnotator
{
    /// <summary>Makes the annotated clip of a file.</summary>
    /// <param name="source">The clip that was judged.</param>
    /// <param name="target">The MP4 file to be; replaced if it exists.</param>
    /// <param name="report">What is said about the clip.</param>
    /// <param name="skeleton">The keypoints behind the report, with the times of their frames; may lack frames.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <param name="progress">Told how many frames are done.</param>
    /// <param name="cancellationToken">Stops it; nothing half-written stays.</param>
    /// <exception cref="VideoFormatException">The clip cannot be read; the message says what is wrong and what to do.</exception>
    /// <exception cref="IOException">The annotated clip cannot be written, for instance because the disk is full.</exception>
    public static async Task AnnotateAsync(
        string source,
        string target,
        Report report,
        SkeletonSequence skeleton,
        AnnotationOptions? options = null,
        IProgress<CheckProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new AnnotationOptions();
        var reader = await VideoReader.OpenAsync(source, options.Reader, cancellationToken);
        await AnnotateAsync(reader, target, report, skeleton, options, progress, cancellationToken);
    }

    /// <summary>Makes the annotated clip of a clip that was opened before; see the other overload.</summary>
    public static async Task AnnotateAsync(
        VideoReader source,
        string target,
        Report report,
        SkeletonSequence skeleton,
        AnnotationOptions? options = null,
        IProgress<CheckProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new AnnotationOptions();
        var picture = PaintedSize(source.Width, source.Height, options);
        using var frame = new FrameCanvas(picture, source.Matrix);
        using var overlay = new OverlayPainter(picture, report, new PoseTimeline(WithSize(skeleton, source), picture), options.Blames);
        await using var writer = VideoWriter.Create(
            target, picture.Width, picture.Height, source.FramesPerSecond, options.Writer with { SoundFrom = source.Info, Matrix = source.Matrix });

        var end = 0.0;
        await foreach (var filmed in source.ReadFramesAsync(cancellationToken))
        {
            frame.Load(filmed.Picture);
            overlay.Paint(frame.Canvas, filmed.TimestampSeconds);
            await writer.WriteAsync(frame.Finish(), filmed.TimestampSeconds, cancellationToken);
            end = filmed.TimestampSeconds + (1 / source.FramesPerSecond);
            progress?.Report(new CheckProgress("annotate", filmed.Index + 1, source.Info.EstimatedFrameCount));
        }

        if (options.ClosingCard)
        {
            await CloseAsync(frame, picture, report, writer, end, source.FramesPerSecond, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>The size at which frames are painted: their own, or enlarged until text is readable; even numbers.</summary>
    internal static PictureScale PaintedSize(int width, int height, AnnotationOptions options)
    {
        var enlarge = Math.Min(options.SmallestSide / (double)Math.Min(width, height), options.LongestSide / (double)Math.Max(width, height));
        return enlarge <= 1 ? new PictureScale(width, height) : new PictureScale(Even(width * enlarge), Even(height * enlarge));
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);

    // Keypoints in pixels of a picture of unknown size are taken for those of the frames.
    private static SkeletonSequence WithSize(SkeletonSequence skeleton, VideoReader source) => skeleton.Width > 0 && skeleton.Height > 0
        ? skeleton
        : new SkeletonSequence(skeleton.Keypoints.ToArray(), skeleton.Timestamps.ToArray(), source.Width, source.Height);

    private static async Task CloseAsync(
        FrameCanvas frame, PictureScale picture, Report report, VideoWriter writer, double start, double framesPerSecond, CancellationToken cancellationToken)
    {
        using var card = new ClosingCard(picture, report);
        using var last = frame.Copy();
        var step = 1 / framesPerSecond;
        for (var seconds = step; seconds - step < Annotation.ClosingCard.FadeSeconds; seconds += step)
        {
            card.Paint(frame.Canvas, last, seconds);
            await writer.WriteAsync(frame.Finish(), start + seconds - step, cancellationToken);
        }

        // From here on the card stands still, and the writer repeats it.
        await writer.WriteAsync(frame.Finish(), start + Annotation.ClosingCard.Seconds - step, cancellationToken);
    }
}
