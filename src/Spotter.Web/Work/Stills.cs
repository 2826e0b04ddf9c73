using System.Runtime.InteropServices;
using SkiaSharp;
using Spotter.Scoring;
using Spotter.Video;

namespace Spotter.Web.Work;

/// <summary>Takes pictures out of the annotated clip: one of the clip, and one of each finding's moment.</summary>
internal static class Stills
{
    private const int LongSide = 640;
    private const int Quality = 82;
    private const int ThumbnailSide = 288;
    private const int ThumbnailQuality = 70;

    /// <summary>Writes the pictures into a folder.</summary>
    public static async Task TakeAsync(string clip, Report report, ScratchFolder folder, CancellationToken cancellationToken)
    {
        await TakeAsync(clip, Moments(report), folder, cancellationToken);
    }

    /// <summary>Writes the picture of a clip into a folder.</summary>
    public static Task TakePosterAsync(string clip, double seconds, ScratchFolder folder, CancellationToken cancellationToken) =>
        TakeAsync(clip, [(seconds, ResultFiles.Poster)], folder, cancellationToken);

    private static async Task TakeAsync(
        string clip, IEnumerable<(double Seconds, string File)> moments, ScratchFolder folder, CancellationToken cancellationToken)
    {
        var wanted = new Queue<(double Seconds, string File)>(moments.OrderBy(moment => moment.Seconds));
        var video = await VideoReader.OpenAsync(clip, new VideoReaderOptions { MaxLongSide = LongSide }, cancellationToken);
        byte[] last = [];
        await foreach (var frame in video.ReadFramesAsync(cancellationToken))
        {
            while (wanted.TryPeek(out var moment) && frame.TimestampSeconds >= moment.Seconds)
            {
                Write(frame.Rgb.Span, video.Width, video.Height, folder, wanted.Dequeue().File);
            }

            if (wanted.Count == 0)
            {
                return;
            }

            last = frame.Rgb.ToArray();
        }

        while (last.Length > 0 && wanted.TryDequeue(out var moment))
        {
            Write(last, video.Width, video.Height, folder, moment.File);
        }
    }

    private static IEnumerable<(double Seconds, string File)> Moments(Report report)
    {
        // The picture of the clip shows the top of the oddest repetition, the moment that tells most.
        var shown = report.Repetitions.MinBy(repetition => repetition.PValue);
        yield return (shown?.TurningSeconds ?? report.Video.Frames / Math.Max(1, report.Video.FramesPerSecond) / 2, ResultFiles.Poster);
        foreach (var repetition in report.Repetitions)
        {
            for (var finding = 0; finding < repetition.Findings.Count; finding++)
            {
                var (start, end) = (repetition.Findings[finding].StartSeconds, repetition.Findings[finding].EndSeconds);
                yield return ((start + end) / 2, ResultFiles.Still(repetition.Index, finding + 1));
            }
        }
    }

    private static void Write(ReadOnlySpan<byte> rgb, int width, int height, ScratchFolder folder, string file)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = MemoryMarshal.AsBytes(bitmap.GetPixelSpan());
        var target = new byte[pixels.Length];
        for (var (from, to) = (0, 0); from < rgb.Length; from += 3, to += 4)
        {
            (target[to], target[to + 1], target[to + 2], target[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], byte.MaxValue);
        }

        Marshal.Copy(target, 0, bitmap.GetPixels(), target.Length);
        Encode(bitmap, Quality, folder.File(file));
        if (file == ResultFiles.Poster)
        {
            var scale = (double)ThumbnailSide / Math.Max(width, height);
            var size = new SKSizeI((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
            using var small = bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            Encode(small, ThumbnailQuality, folder.File(ResultFiles.Thumbnail));
        }
    }

    private static void Encode(SKBitmap bitmap, int quality, string path)
    {
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        AtomicFile.Write(path, stream => encoded.SaveTo(stream));
    }
}
