using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>
/// At the body: a ring around the joint of a finding and a tag with the value while its text is shown; of an angle the tag tells what it is just now, and it
/// stands with the angle itself at the finding's moment only, as does the ghost of the position that would have been right.
/// </summary>
internal sealed class FindingMark(OverlayBrush brush, float lineWidth, float torsoLength)
{
    private const byte WedgeAlpha = 0x66;

    // Above or below a joint is usually more body.
    private const float SteepestTagSide = 0.75f;

    private readonly GhostPainter ghosts = new(brush, lineWidth);

    /// <summary>Draws the mark at a moment; nothing when the joint is not known.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="callout">The finding.</param>
    /// <param name="joints">The 18 joints.</param>
    /// <param name="seconds">Time from the start of the clip; the ring breathes with it.</param>
    /// <param name="keepOut">Where the tag must not be: the plates.</param>
    public void Paint(SKCanvas canvas, Callout callout, ReadOnlySpan<PaintedJoint> joints, double seconds, ReadOnlySpan<SKRect> keepOut)
    {
        var finding = callout.Finding;
        var shown = OverlayPainter.Opacity(callout.ShowFrom, callout.ShowTo, seconds);
        if (shown <= 0 || !Skeleton.TryParse(finding.Joint, out var joint) || joints[(int)joint].Sight == JointSight.Absent)
        {
            return;
        }

        var centre = joints[(int)joint].Position;
        var colour = BlameRamp.Colour((float)Math.Sqrt(Math.Clamp(finding.Contribution, 0, 1)));
        var radius = lineWidth * (3f + (0.35f * (float)Math.Sin((seconds - callout.ShowFrom) * Math.Tau)));
        var side = Outwards(centre, joints);
        var isTagged = MeasureText.TryTag(finding, out var value);
        var atMoment = Math.Min(shown, OverlayPainter.Opacity(callout.MomentFrom, callout.MomentTo, seconds));
        var tagged = shown;
        brush.Opacity = atMoment;
        if (AngleGeometry.TryFind(finding.Measure, joint, joints, out var angle))
        {
            var outer = atMoment > 0 ? PaintAngle(canvas, angle, colour) : side;
            side = Math.Abs(outer.Y) > SteepestTagSide ? side : outer;

            // Beside an angle stands its own size, and only while it is drawn: a difference between the arms, a range over time and what it was at its moment are on the card.
            (value, tagged) = (MeasureText.Degrees(angle.Degrees), atMoment);
        }

        brush.Opacity = shown;
        brush.Ring(canvas, centre, radius, lineWidth * 1.15f, OverlayTheme.Casing);
        brush.Ring(canvas, centre, radius, lineWidth * 0.55f, OverlayTheme.Text);
        if (isTagged && tagged > 0)
        {
            brush.Opacity = tagged;
            PaintTag(canvas, value!, colour, centre, side, radius, keepOut);
        }

        brush.Opacity = 1;
    }

    /// <summary>Draws, at the finding's moment, the position that would have been right.</summary>
    public void PaintGhost(SKCanvas canvas, Callout callout, ReadOnlySpan<PaintedJoint> joints, double seconds)
    {
        brush.Opacity = OverlayPainter.Opacity(callout.MomentFrom, callout.MomentTo, seconds);
        if (brush.Opacity > 0)
        {
            ghosts.Paint(canvas, GhostPose.Find(callout.Finding, joints, torsoLength), joints);
        }

        brush.Opacity = 1;
    }

    // Away from the middle of the body, where the tag hides least.
    private static SKPoint Outwards(SKPoint joint, ReadOnlySpan<PaintedJoint> joints)
    {
        var (sum, count) = (0f, 0);
        foreach (var other in joints)
        {
            if (other.Sight != JointSight.Absent)
            {
                sum += other.Position.X;
                count++;
            }
        }

        return new SKPoint(joint.X * count >= sum ? 1 : -1, 0);
    }

    private SKPoint PaintAngle(SKCanvas canvas, DrawnAngle angle, SKColor colour)
    {
        var (from, to) = (Direction(angle.Corner, angle.From), Direction(angle.Corner, angle.To));
        var start = MathF.Atan2(from.Y, from.X) * 180 / MathF.PI;
        var sweep = (MathF.Atan2(to.Y, to.X) * 180 / MathF.PI) - start;
        sweep -= 360 * MathF.Round(sweep / 360);
        var shortest = Math.Min(SKPoint.Distance(angle.Corner, angle.From), SKPoint.Distance(angle.Corner, angle.To));
        var radius = Math.Clamp(shortest * 0.55f, lineWidth * 4.5f, lineWidth * 14);
        brush.Slice(canvas, angle.Corner, radius, start, sweep, colour.WithAlpha(WedgeAlpha));
        brush.Arc(canvas, angle.Corner, radius, start, sweep, lineWidth * 1.1f, OverlayTheme.Casing);
        brush.Arc(canvas, angle.Corner, radius, start, sweep, lineWidth * 0.55f, OverlayTheme.Text);

        // The tag stands on the outer side of the angle, off the limbs.
        var middle = (start + (sweep / 2)) * MathF.PI / 180;
        return new SKPoint(-MathF.Cos(middle), -MathF.Sin(middle));
    }

    private void PaintTag(SKCanvas canvas, string value, SKColor colour, SKPoint joint, SKPoint side, float radius, ReadOnlySpan<SKRect> keepOut)
    {
        var unit = brush.Unit;
        var text = brush.Texts[value, 15 * unit, FontWeight.Bold];
        var (width, height) = (text.Width + (14 * unit), 24 * unit);
        var reach = radius + (6 * unit);
        var away = reach + (Math.Abs(side.X) * width / 2) + (Math.Abs(side.Y) * height / 2);
        var rectangle = SKRect.Create(joint.X + (side.X * away) - (width / 2), joint.Y + (side.Y * away) - (height / 2), width, height);
        rectangle = Inside(rectangle);
        foreach (var plate in keepOut)
        {
            if (plate.IntersectsWith(rectangle))
            {
                rectangle.Offset(0, plate.MidY < brush.Picture.Height / 2f ? plate.Bottom + (4 * unit) - rectangle.Top : plate.Top - (4 * unit) - rectangle.Bottom);
            }
        }

        brush.Plate(canvas, rectangle, 8 * unit);
        brush.Text(canvas, text, rectangle.Left + (7 * unit), rectangle.MidY - (text.Height / 2), Readable(colour));
    }

    // The dark end of the ramp is for discs; letters of it would be too dark on a plate.
    private static SKColor Readable(SKColor colour) => colour.Green < 0x80 ? OverlayTheme.Colour(Scoring.Verdict.Incorrect) : colour;

    private SKRect Inside(SKRect rectangle)
    {
        var safe = brush.Picture.Safe;
        rectangle.Offset(
            Math.Max(0, safe.Left - rectangle.Left) - Math.Max(0, rectangle.Right - safe.Right),
            Math.Max(0, safe.Top - rectangle.Top) - Math.Max(0, rectangle.Bottom - safe.Bottom));
        return rectangle;
    }

    private static SKPoint Direction(SKPoint from, SKPoint to) => new(to.X - from.X, to.Y - from.Y);
}
