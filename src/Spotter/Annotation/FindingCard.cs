using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>Above the phase bar: what a finding says, and where its value lies beside those of correct repetitions. Beside the body where there is room.</summary>
internal sealed class FindingCard
{
    private const float Padding = 12;
    private const float Widest = 300;
    private const float Narrowest = 180;
    private const float GaugeHeight = 30;
    private const int MostLines = 4;
    private const int Samples = 6;

    private readonly OverlayBrush brush;
    private readonly float bottom;
    private readonly Dictionary<Callout, SKRect> places;

    /// <summary>Finds the places of all cards of a clip, so that none moves while it is read.</summary>
    public FindingCard(OverlayBrush brush, float bottom, IReadOnlyList<Callout> callouts, PoseTimeline poses)
    {
        this.brush = brush;
        this.bottom = bottom;
        places = callouts.ToDictionary(callout => callout, callout => Place(callout, poses));
    }

    /// <summary>Where the card of a finding is.</summary>
    public SKRect Bounds(Callout callout) => places[callout];

    /// <summary>Draws the card.</summary>
    public void Paint(SKCanvas canvas, Callout callout)
    {
        var padding = Padding * brush.Unit;
        var bounds = Bounds(callout);
        brush.Plate(canvas, bounds, padding);
        var text = Text(callout, bounds.Width);
        brush.Text(canvas, text, bounds.Left + padding, bounds.Top + padding, OverlayTheme.Text);
        var gauge = new SKRect(bounds.Left + padding, bounds.Top + padding + text.Height + (7 * brush.Unit), bounds.Right - padding, bounds.Bottom - padding);
        RangeGauge.Paint(canvas, brush, callout.Finding, gauge);
    }

    private SKRect Place(Callout callout, PoseTimeline poses)
    {
        var safe = brush.Picture.Safe;
        var (left, right) = BodySpan(callout, poses);
        var (roomLeft, roomRight) = (left - safe.Left, safe.Right - right);
        var room = Math.Max(roomLeft, roomRight);
        var beside = room >= Narrowest * brush.Unit;
        var width = Math.Min(beside ? room : safe.Width, Widest * brush.Unit);
        var height = (((2 * Padding) + (MeasureText.TryRange(callout.Finding, out _, out _) ? GaugeHeight : 0)) * brush.Unit) + Text(callout, width).Height;
        return SKRect.Create(beside && roomRight > roomLeft ? safe.Right - width : safe.Left, bottom - height, width, height);
    }

    // From where to where the body reaches in the lower half of the picture, with some distance.
    private (float Left, float Right) BodySpan(Callout callout, PoseTimeline poses)
    {
        var joints = new PaintedJoint[Skeletons.Skeleton.JointCount];
        var (left, right) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var sample = 0; sample <= Samples; sample++)
        {
            poses.At(double.Lerp(callout.ShowFrom, callout.ShowTo, sample / (double)Samples), joints);
            foreach (var joint in joints)
            {
                if (joint.Sight != JointSight.Absent && joint.Position.Y > brush.Picture.Height / 2f)
                {
                    left = Math.Min(left, joint.Position.X);
                    right = Math.Max(right, joint.Position.X);
                }
            }
        }

        var distance = 16 * brush.Unit;
        return float.IsFinite(left) ? (left - distance, right + distance) : (brush.Picture.Safe.Right, brush.Picture.Safe.Right);
    }

    private TextLayout Text(Callout callout, float width) =>
        brush.Texts[callout.Finding.Advice ?? callout.Finding.Text, 14.5f * brush.Unit, FontWeight.Medium, width - (2 * Padding * brush.Unit), MostLines];
}
