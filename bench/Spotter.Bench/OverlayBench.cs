using System.Diagnostics;
using System.Globalization;
using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Bench;

/// <summary>Processor time of painting one frame of an annotated clip, without decoding and encoding.</summary>
internal static class OverlayBench
{
    private const int Frames = 270;
    private const int Rounds = 5;

    public static int Run()
    {
        Console.WriteLine("| picture | ms a frame | ms, red first |");
        Console.WriteLine("|---|---|---|");
        foreach (var picture in new[] { new PictureScale(360, 640), new PictureScale(1280, 720), new PictureScale(3840, 2160) })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {picture.Width} × {picture.Height} | {Measure(picture, SKColorType.Bgra8888):0.00} | {Measure(picture, SKColorType.Rgba8888):0.00} |"));
        }

        return 0;
    }

    private static double Measure(PictureScale picture, SKColorType colours)
    {
        using var painter = new OverlayPainter(picture, Report(), new PoseTimeline(Body(picture), picture));
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, colours, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        PaintAll(painter, canvas);
        return Enumerable.Range(0, Rounds).Select(_ => Time(painter, canvas)).Order().ElementAt(Rounds / 2);
    }

    private static double Time(OverlayPainter painter, SKCanvas canvas)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        PaintAll(painter, canvas);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Frames;
    }

    private static void PaintAll(OverlayPainter painter, SKCanvas canvas)
    {
        for (var frame = 0; frame < Frames; frame++)
        {
            painter.Paint(canvas, frame / 30.0);
        }
    }

    // Three repetitions, one with two findings: status, signs, phase bar, a card and marks for a good part of the time.
    private static Report Report() => new()
    {
        Exercise = "shoulder-press",
        Verdict = Verdict.Incorrect,
        Repetitions =
        [
            Repetition(1, Verdict.Incorrect, Finding("left-elbow", 1, "elbow-extension-degrees"), Finding("neck", 2, "trunk-lean-degrees")),
            Repetition(2, Verdict.Correct),
            Repetition(3, Verdict.Incorrect, Finding("right-elbow", 7, "elbow-extension-degrees")),
        ],
        Video = new VideoSummary(0, 0, 30, Frames, Frames),
        Timing = new Timing(0, 0, 0, 0, 0),
    };

    private static RepetitionReport Repetition(int index, Verdict verdict, params Finding[] findings) => new()
    {
        Index = index,
        StartSeconds = (index - 1) * 3,
        TurningSeconds = ((index - 1) * 3) + 1.5,
        EndSeconds = index * 3,
        Verdict = verdict,
        Score = 0,
        PValue = 0.5,
        Findings = findings,
    };

    private static Finding Finding(string joint, double start, string measure) =>
        new(joint, "top", start, start + 1, measure, 152, [166, 180], 0.6, "Straighten your elbow fully at the top. Here 152°; good repetitions: 166–180°.");

    // A person who fills most of the picture's height and moves the arms; the right leg is not seen.
    private static SkeletonSequence Body(PictureScale picture)
    {
        (float X, float Y)[] places =
        [
            (0, 0.74f), (0, 0.66f), (-0.09f, 0.66f), (-0.17f, 0.78f), (-0.14f, 0.92f), (0.09f, 0.66f), (0.19f, 0.76f), (0.14f, 0.91f),
            (-0.06f, 0.42f), (-0.065f, 0.22f), (-0.07f, 0.04f), (0.06f, 0.42f), (0.065f, 0.22f), (0.07f, 0.04f),
            (-0.015f, 0.76f), (0.015f, 0.76f), (-0.035f, 0.75f), (0.035f, 0.75f),
        ];
        var size = Math.Min(picture.Width, picture.Height);
        var keypoints = new float[Frames * Skeleton.JointCount * 3];
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            var (frame, joint) = Math.DivRem(at / 3, Skeleton.JointCount);
            var sway = (Joint)joint is >= Joint.RightElbow and <= Joint.LeftWrist ? 0.05f * MathF.Sin(frame * 0.07f) : 0;
            keypoints[at] = (picture.Width / 2f) + (places[joint].X * size);
            keypoints[at + 1] = picture.Height - ((places[joint].Y - sway) * size);
            keypoints[at + 2] = (Joint)joint is Joint.RightKnee or Joint.RightAnkle ? 0.1f : 0.9f;
        }

        return SkeletonSequence.AtConstantRate(keypoints, 30, picture.Width, picture.Height);
    }
}
