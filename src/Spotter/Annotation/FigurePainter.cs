using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>Draws a body as a mannequin: rounded limbs, trunk and head of one colour, those that matter in another.</summary>
internal sealed class FigurePainter : IDisposable
{
    private const float TrunkShare = 0.24f;

    // Widths in torso lengths.
    private static readonly (Joint From, Joint To, float Width)[] Limbs =
    [
        (Joint.LeftHip, Joint.LeftKnee, 0.25f), (Joint.LeftKnee, Joint.LeftAnkle, 0.19f),
        (Joint.RightHip, Joint.RightKnee, 0.25f), (Joint.RightKnee, Joint.RightAnkle, 0.19f),
        (Joint.LeftShoulder, Joint.LeftElbow, 0.17f), (Joint.LeftElbow, Joint.LeftWrist, 0.14f),
        (Joint.RightShoulder, Joint.RightElbow, 0.17f), (Joint.RightElbow, Joint.RightWrist, 0.14f),
    ];

    private static readonly SKColor Body = new(0xA9, 0xB7, 0xC6);
    private static readonly SKColor Shade = new(0x22, 0x2E, 0x3B);

    private readonly SKPaint stroke = new() { IsAntialias = true, IsStroke = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
    private readonly SKPaint fill = new() { IsAntialias = true };

    /// <summary>Draws the body; what hangs on a joint that is not known is left out.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="joints">18 joints.</param>
    /// <param name="torso">Neck to hips, pixels.</param>
    /// <param name="marked">Joints whose limbs are drawn in the colour of what is good.</param>
    public void Paint(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, float torso, IReadOnlySet<Joint> marked)
    {
        // Limbs of the legs lie behind the trunk, arms before it; the edge between two parts of one colour is a thin shade.
        foreach (var limb in Limbs.AsSpan(0, 4))
        {
            PaintLimb(canvas, joints, torso, limb, marked);
        }

        PaintTrunk(canvas, joints, torso, marked.Contains(Joint.Neck));
        PaintHead(canvas, joints, torso);
        foreach (var limb in Limbs.AsSpan(4))
        {
            PaintLimb(canvas, joints, torso, limb, marked);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stroke.Dispose();
        fill.Dispose();
    }

    private void PaintLimb(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, float torso, (Joint From, Joint To, float Width) limb, IReadOnlySet<Joint> marked)
    {
        if (!Known(joints, limb.From, out var from) || !Known(joints, limb.To, out var to))
        {
            return;
        }

        var isMarked = marked.Contains(limb.From) || marked.Contains(limb.To);
        Line(canvas, from, to, (limb.Width * torso) + Edge(torso), Shade);
        Line(canvas, from, to, limb.Width * torso, Colour(isMarked));
    }

    private void PaintTrunk(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, float torso, bool isMarked)
    {
        var corners = new List<SKPoint>();
        foreach (var corner in (Joint[])[Joint.LeftShoulder, Joint.RightShoulder, Joint.RightHip, Joint.LeftHip])
        {
            if (Known(joints, corner, out var place))
            {
                corners.Add(place);
            }
        }

        if (corners.Count < 2)
        {
            return;
        }

        using var outline = new SKPath();
        outline.AddPoly([.. corners]);
        foreach (var (width, colour) in ((float, SKColor)[])[((TrunkShare * torso) + Edge(torso), Shade), (TrunkShare * torso, Colour(isMarked))])
        {
            (stroke.StrokeWidth, stroke.Color, fill.Color) = (width, colour, colour);
            canvas.DrawPath(outline, fill);
            canvas.DrawPath(outline, stroke);
        }
    }

    // The nose is in front of the head's middle from the side and in it from the front; ears tell where the middle is.
    private void PaintHead(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, float torso)
    {
        var (sum, count) = (SKPoint.Empty, 0);
        foreach (var ear in (Joint[])[Joint.RightEar, Joint.LeftEar, Joint.Nose])
        {
            if (Known(joints, ear, out var place) && (ear != Joint.Nose || count == 0))
            {
                sum += place;
                count++;
            }
        }

        if (count == 0)
        {
            return;
        }

        var middle = new SKPoint(sum.X / count, sum.Y / count);
        if (Known(joints, Joint.Neck, out var neck))
        {
            Line(canvas, neck, middle, 0.16f * torso, Body);
        }

        foreach (var (radius, colour) in ((float, SKColor)[])[((0.2f * torso) + (Edge(torso) / 2), Shade), (0.2f * torso, Body)])
        {
            fill.Color = colour;
            canvas.DrawOval(middle, new SKSize(radius * 0.9f, radius * 1.1f), fill);
        }
    }

    private void Line(SKCanvas canvas, SKPoint from, SKPoint to, float width, SKColor colour)
    {
        (stroke.StrokeWidth, stroke.Color) = (width, colour);
        canvas.DrawLine(from, to, stroke);
    }

    private static SKColor Colour(bool isMarked) => isMarked ? OverlayTheme.Colour(Scoring.Verdict.Correct) : Body;

    private static float Edge(float torso) => Math.Max(2, 0.025f * torso);

    private static bool Known(ReadOnlySpan<PaintedJoint> joints, Joint joint, out SKPoint place)
    {
        place = joints[(int)joint].Position;
        return joints[(int)joint].Sight != JointSight.Absent;
    }
}
