using SkiaSharp;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>Paints what Spotter says about a clip over its frames: body, counter, verdicts, phase bar, findings at their moment, or why it cannot judge.</summary>
public sealed class OverlayPainter : IDisposable
{
    private const double FadeSeconds = 0.15;

    private readonly PoseTimeline poses;
    private readonly BlameTimeline blames;
    private readonly RepetitionTimeline repetitions;
    private readonly IReadOnlyList<Callout> callouts;
    private readonly SkeletonPainter skeleton;
    private readonly OverlayBrush brush;
    private readonly ReasonBanner? banner;
    private readonly StatusPlate? status;
    private readonly RepetitionChips? chips;
    private readonly PhaseBar bar;
    private readonly FindingCard card;
    private readonly FindingMark mark;
    private readonly PaintedJoint[] joints = new PaintedJoint[Skeleton.JointCount];
    private readonly float[] blame = new float[Skeleton.JointCount];

    /// <summary>For one clip.</summary>
    /// <param name="picture">Size of the frames.</param>
    /// <param name="report">What is said about the clip.</param>
    /// <param name="poses">The body.</param>
    /// <param name="blames">How much each joint counts against the repetition; null takes it from the report's findings.</param>
    public OverlayPainter(PictureScale picture, Report report, PoseTimeline poses, BlameTimeline? blames = null)
    {
        this.poses = poses;
        this.blames = blames ?? new BlameTimeline(report);
        brush = new OverlayBrush(picture);
        skeleton = new SkeletonPainter(picture, poses.TorsoLength);
        repetitions = new RepetitionTimeline(report.Repetitions);
        bar = new PhaseBar(brush);
        var floor = report.Repetitions.Count > 0 ? bar.Bounds.Top - (8 * brush.Unit) : picture.Safe.Bottom;
        banner = report.Verdict == Verdict.CannotJudge ? new ReasonBanner(brush, report, floor) : null;
        // Where the clip is not judged, its banner stands where findings would.
        callouts = banner is null ? CalloutSchedule.Make(report) : [];
        card = new FindingCard(brush, floor, callouts, poses);
        mark = new FindingMark(brush, skeleton.LineWidth, poses.TorsoLength);
        if (report.Repetitions.Count > 0)
        {
            status = new StatusPlate(brush, report);
            var room = new SKRect(status.Bounds.Right + (10 * brush.Unit), picture.Safe.Top, picture.Safe.Right, status.Bounds.Bottom);
            chips = new RepetitionChips(brush, report.Repetitions, room);
        }
    }

    /// <summary>Paints the frame of a moment.</summary>
    /// <param name="canvas">The frame.</param>
    /// <param name="seconds">Time from the start of the clip.</param>
    public void Paint(SKCanvas canvas, double seconds)
    {
        poses.At(seconds, joints);
        blames.At(seconds, blame);
        var read = callouts.FirstOrDefault(callout => seconds >= callout.ShowFrom && seconds < callout.ShowTo);
        var cardBounds = read is null ? default : card.Bounds(read);
        // The body stands before its ghost.
        if (read is not null)
        {
            mark.PaintGhost(canvas, read, joints, seconds);
        }

        skeleton.Paint(canvas, joints, blame);
        if (read is not null)
        {
            mark.Paint(canvas, read, joints, seconds, [status?.Bounds ?? default, cardBounds, bar.Bounds]);
        }

        banner?.Paint(canvas);
        if (status is null)
        {
            return;
        }

        var moment = repetitions.At(seconds);
        status.Paint(canvas, moment);
        chips?.Paint(canvas, moment);
        bar.Paint(canvas, moment);
        if (read is not null && Opacity(read.ShowFrom, read.ShowTo, seconds) is var readable and > 0)
        {
            brush.Opacity = readable;
            card.Paint(canvas, read);
            brush.Opacity = 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        skeleton.Dispose();
        brush.Dispose();
    }

    /// <summary>How visible something is that fades in and out at the ends of its time.</summary>
    internal static float Opacity(double from, double to, double seconds) => (float)Math.Clamp(Math.Min(seconds - from, to - seconds) / FadeSeconds, 0, 1);
}
