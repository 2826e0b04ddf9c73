using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

/// <summary>Pictures, bodies and reports to paint with.</summary>
internal static class Scene
{
    public static readonly Finding Elbow = new(
        "left-elbow", "top", 1, 2, "elbow-extension-degrees", 152, [166, 180], 0.64, "Straighten your left elbow fully at the top: 152°, good repetitions reach 166–180°.");

    public static readonly Finding Lean = new(
        "neck", "up", 4, 4.5, "trunk-lean-degrees", 14, [-2, 8], 0.3, "Keep your trunk upright on the way up: you lean back by 14°, good repetitions stay below 8°.");

    /// <summary>Three repetitions of three seconds each: one with a bent elbow, one that leans, one correct.</summary>
    public static Report Incorrect { get; } = Report(
        Verdict.Incorrect,
        Repetition(1, 0, Verdict.Incorrect, Elbow),
        Repetition(2, 3, Verdict.Incorrect, Lean),
        Repetition(3, 6, Verdict.Correct));

    public static Report CannotJudge { get; } = Report(Verdict.CannotJudge) with
    {
        Reasons = [new Reason(ReasonCodes.OutOfFrame, "Your wrists leave the picture at the top of each repetition. Put the phone further away, so that your hands stay in view.")],
    };

    public static Report Report(Verdict verdict, params RepetitionReport[] repetitions) => new()
    {
        Exercise = "shoulder-press",
        Verdict = verdict,
        Repetitions = repetitions,
        Video = new VideoSummary(640, 480, 30, 270, 270),
        Timing = new Timing(0, 0, 0, 0, 0),
    };

    public static RepetitionReport Repetition(int index, double start, Verdict verdict, params Finding[] findings) => new()
    {
        Index = index,
        StartSeconds = start,
        TurningSeconds = start + 1.5,
        EndSeconds = start + 3,
        Verdict = verdict,
        Score = 0,
        PValue = 0.5,
        Findings = findings,
    };

    /// <summary>A picture of one colour.</summary>
    public static SKBitmap Picture(int width, int height, SKColor colour)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        bitmap.Erase(colour);
        return bitmap;
    }

    /// <summary>A body that stands still in the middle of the picture with its hands up, at 30 frames per second.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="confidence">Confidence of a joint in a frame; 0 is missing.</param>
    public static SkeletonSequence Body(int width, int height, int frames = 270, Func<int, Joint, float>? confidence = null)
    {
        (float X, float Y)[] places =
        [
            (0, 0.74f), (0, 0.66f), (-0.09f, 0.66f), (-0.17f, 0.78f), (-0.14f, 0.92f), (0.09f, 0.66f), (0.19f, 0.76f), (0.14f, 0.91f),
            (-0.06f, 0.42f), (-0.065f, 0.22f), (-0.07f, 0.04f), (0.06f, 0.42f), (0.065f, 0.22f), (0.07f, 0.04f),
            (-0.015f, 0.76f), (0.015f, 0.76f), (-0.035f, 0.75f), (0.035f, 0.75f),
        ];
        var size = Math.Min(width, height);
        var keypoints = new float[frames * Skeleton.JointCount * 3];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var joint = 0; joint < places.Length; joint++)
            {
                var seen = confidence?.Invoke(frame, (Joint)joint) ?? 0.9f;
                if (seen > 0)
                {
                    var at = ((frame * Skeleton.JointCount) + joint) * 3;
                    keypoints[at] = (width / 2f) + (places[joint].X * size);
                    keypoints[at + 1] = height - (places[joint].Y * size);
                    keypoints[at + 2] = seen;
                }
            }
        }

        return SkeletonSequence.AtConstantRate(keypoints, 30, width, height);
    }

    /// <summary>Paints the overlay of a moment on a picture.</summary>
    public static void Paint(SKBitmap picture, Report report, SkeletonSequence body, double seconds)
    {
        var scale = new PictureScale(picture.Width, picture.Height);
        using var painter = new OverlayPainter(scale, report, new PoseTimeline(body, scale));
        using var canvas = new SKCanvas(picture);
        painter.Paint(canvas, seconds);
    }

    /// <summary>Contrast of two colours as WCAG 2.2 defines it, 1 to 21.</summary>
    public static double Contrast(SKColor a, SKColor b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    /// <summary>What is seen of a colour that lies over another.</summary>
    public static SKColor Over(SKColor top, SKColor below)
    {
        byte Mix(byte over, byte under) => (byte)Math.Round(((over * top.Alpha) + (under * (255 - top.Alpha))) / 255.0);
        return new SKColor(Mix(top.Red, below.Red), Mix(top.Green, below.Green), Mix(top.Blue, below.Blue));
    }

    private static double Luminance(SKColor colour) =>
        (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte channel) =>
        channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);
}
