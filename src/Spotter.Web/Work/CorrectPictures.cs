using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Web.Work;

/// <summary>Draws, for each finding, the position that would have been right: the same part of the picture as the finding's still shows, so that they can stand side by side.</summary>
internal static class CorrectPictures
{
    /// <summary>Writes the pictures into a folder; a finding whose fault has no place, such as haste, gets none.</summary>
    public static void Draw(Report report, SkeletonSequence skeleton, ScratchFolder folder)
    {
        if (skeleton.Width <= 0 || skeleton.Height <= 0)
        {
            return;
        }

        var scale = Math.Min(1, Stills.LongSide / (double)Math.Max(skeleton.Width, skeleton.Height));
        var picture = new PictureScale((int)Math.Round(skeleton.Width * scale), (int)Math.Round(skeleton.Height * scale));
        var pose = new PoseTimeline(skeleton, picture);
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        foreach (var repetition in report.Repetitions)
        {
            var region = BodyRegion.Pixels(BodyRegion.Of(skeleton, repetition), picture.Width, picture.Height);
            foreach (var (at, finding) in repetition.Findings.Index())
            {
                if (CorrectPosition.TryPaint(canvas, finding, pose, Stills.MiddleOf(finding)))
                {
                    Stills.Encode(bitmap, region, folder.File(ResultFiles.Correct(repetition.Index, at + 1)));
                }
            }
        }
    }
}
