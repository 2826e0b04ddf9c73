using SkiaSharp;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Web.Work;

/// <summary>Takes pictures out of the annotated clip: one of the clip, and one of each finding's moment.</summary>
internal static class Stills
{
    /// <summary>Longer side of the frames that the pictures are cut from, pixels.</summary>
    public const int LongSide = 960;

    private const int Quality = 82;
    private const int ThumbnailSide = 288;
    private const int ThumbnailQuality = 70;

    private static readonly SKRect Everything = new(0, 0, 1, 1);

    /// <summary>Writes the pictures into a folder.</summary>
    public static Task TakeAsync(string clip, Report report, SkeletonSequence skeleton, ScratchFolder folder, CancellationToken cancellationToken) =>
        TakeAsync(clip, Moments(report, skeleton), folder, cancellationToken);

    /// <summary>Writes the picture of a clip into a folder.</summary>
    public static Task TakePosterAsync(string clip, double seconds, ScratchFolder folder, CancellationToken cancellationToken) =>
        TakeAsync(clip, [new Moment(seconds, ResultFiles.Poster, Everything)], folder, cancellationToken);

    /// <summary>The moment of a finding that its picture shows, seconds.</summary>
    public static double MiddleOf(Finding finding) => (finding.StartSeconds + finding.EndSeconds) / 2;

    /// <summary>Writes a part of a picture.</summary>
    public static void Encode(SKBitmap bitmap, SKRectI region, string path)
    {
        using var part = new SKBitmap();
        bitmap.ExtractSubset(part, region);
        Encode(part, Quality, path);
    }

    private static async Task TakeAsync(
        string clip, IEnumerable<Moment> moments, ScratchFolder folder, CancellationToken cancellationToken)
    {
        var wanted = new Queue<Moment>(moments.OrderBy(moment => moment.Seconds));
        var video = await VideoReader.OpenAsync(clip, new VideoReaderOptions { MaxLongSide = LongSide }, cancellationToken);
        YuvPicture? last = null;
        await foreach (var frame in video.ReadFramesAsync(cancellationToken))
        {
            while (wanted.TryPeek(out var moment) && frame.TimestampSeconds >= moment.Seconds)
            {
                Write(frame.Picture, folder, wanted.Dequeue());
            }

            if (wanted.Count == 0)
            {
                return;
            }

            last ??= new YuvPicture(video.Width, video.Height, video.Matrix);
            frame.Picture.Pixels.CopyTo(last.Pixels);
        }

        while (last is not null && wanted.TryDequeue(out var moment))
        {
            Write(last, folder, moment);
        }
    }

    private static IEnumerable<Moment> Moments(Report report, SkeletonSequence skeleton)
    {
        // The picture of the clip shows the top of the oddest repetition, the moment that tells most.
        var shown = report.Repetitions.MinBy(repetition => repetition.PValue);
        yield return new Moment(
            shown?.TurningSeconds ?? report.Video.Frames / Math.Max(1, report.Video.FramesPerSecond) / 2, ResultFiles.Poster, Everything);
        foreach (var repetition in report.Repetitions)
        {
            var region = BodyRegion.Of(skeleton, repetition);
            for (var finding = 0; finding < repetition.Findings.Count; finding++)
            {
                yield return new Moment(MiddleOf(repetition.Findings[finding]), ResultFiles.Still(repetition.Index, finding + 1), region);
            }
        }
    }

    private static void Write(YuvPicture picture, ScratchFolder folder, Moment moment)
    {
        var (width, height) = (picture.Width, picture.Height);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        picture.ToBgra().CopyTo(bitmap.GetPixelSpan());
        bitmap.NotifyPixelsChanged();
        Encode(bitmap, BodyRegion.Pixels(moment.Region, width, height), folder.File(moment.File));
        if (moment.File == ResultFiles.Poster)
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

    /// <summary>A picture to take.</summary>
    private readonly record struct Moment(double Seconds, string File, SKRect Region);
}
