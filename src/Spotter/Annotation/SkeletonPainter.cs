using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>
/// Draws the body: bones that run from one joint's colour to the other's, joints on top, all with a dark outline so that they stand out on bright and on
/// dark video. A joint grows with its blame, so that colour is not all that tells. What was not seen is dashed and hollow.
/// </summary>
public sealed class SkeletonPainter : IDisposable
{
    private const float FaceShare = 0.55f;
    private const float GuessedShare = 0.7f;

    private readonly float line;
    private readonly float casing;
    private readonly SKPaint stroke = new() { IsAntialias = true, IsStroke = true, StrokeCap = SKStrokeCap.Round };
    private readonly SKPaint fill = new() { IsAntialias = true };
    private readonly SKPathEffect dashes;

    /// <summary>For one size of picture and of person.</summary>
    /// <param name="picture">The painted picture.</param>
    /// <param name="torsoLength">Neck to hips in pixels of the picture; lines are finer on a person who is small in it. 0 where unknown.</param>
    public SkeletonPainter(PictureScale picture, float torsoLength)
    {
        line = torsoLength > 0 ? Math.Clamp(torsoLength * 0.045f, picture.Line * 0.45f, picture.Line) : picture.Line;
        casing = Math.Max(1, line * 0.32f);
        dashes = SKPathEffect.CreateDash([line * 0.9f, line * 1.9f], 0);
    }

    /// <summary>Width of a limb's line, pixels.</summary>
    public float LineWidth => line;

    /// <summary>Draws one body.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="joints">18 joints.</param>
    /// <param name="blame">18 numbers from 0 to 1.</param>
    public void Paint(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, ReadOnlySpan<float> blame)
    {
        foreach (var (from, to) in Skeleton.Bones)
        {
            PaintBone(canvas, joints, blame, from, to, outline: true);
        }

        foreach (var (from, to) in Skeleton.Bones)
        {
            PaintBone(canvas, joints, blame, from, to, outline: false);
        }

        for (var joint = 0; joint < joints.Length; joint++)
        {
            PaintJoint(canvas, joints[joint], blame[joint], IsFace((Joint)joint));
        }
    }

    /// <summary>Radius of a joint's disc without its outline, pixels.</summary>
    public float Radius(float blame, bool face) => line * (face ? FaceShare : 1) * (0.95f + (0.6f * Math.Clamp(blame, 0, 1)));

    /// <inheritdoc/>
    public void Dispose()
    {
        stroke.Dispose();
        fill.Dispose();
        dashes.Dispose();
    }

    private static bool IsFace(Joint joint) => joint is Joint.Nose or >= Joint.RightEye;

    private void PaintBone(SKCanvas canvas, ReadOnlySpan<PaintedJoint> joints, ReadOnlySpan<float> blame, Joint from, Joint to, bool outline)
    {
        var (a, b) = (joints[(int)from], joints[(int)to]);
        if (a.Sight == JointSight.Absent || b.Sight == JointSight.Absent)
        {
            return;
        }

        var guessed = a.Sight == JointSight.Guessed || b.Sight == JointSight.Guessed;
        var width = line * (IsFace(to) && from != Joint.Neck ? FaceShare : 1) * (guessed ? GuessedShare : 1);
        stroke.StrokeWidth = outline ? width + (2 * casing) : width;
        stroke.PathEffect = guessed ? dashes : null;
        stroke.Color = outline ? OverlayTheme.Casing : BlameRamp.Colour(blame[(int)from]);
        using var gradient = outline ? null : Gradient(a.Position, b.Position, BlameRamp.Colour(blame[(int)from]), BlameRamp.Colour(blame[(int)to]));
        stroke.Shader = gradient;
        canvas.DrawLine(Edge(a, b, Radius(blame[(int)from], IsFace(from))), Edge(b, a, Radius(blame[(int)to], IsFace(to))), stroke);
        stroke.Shader = null;
        stroke.PathEffect = null;
    }

    // A line stops short of a joint that was not seen, or its disc would not look hollow.
    private SKPoint Edge(PaintedJoint joint, PaintedJoint towards, float radius)
    {
        var distance = SKPoint.Distance(joint.Position, towards.Position);
        if (joint.Sight == JointSight.Seen || distance < 1)
        {
            return joint.Position;
        }

        var share = Math.Min(0.5f, (radius + (2 * casing)) / distance);
        return new SKPoint(
            float.Lerp(joint.Position.X, towards.Position.X, share), float.Lerp(joint.Position.Y, towards.Position.Y, share));
    }

    private static SKShader? Gradient(SKPoint a, SKPoint b, SKColor from, SKColor to) =>
        from == to ? null : SKShader.CreateLinearGradient(a, b, [from, to], SKShaderTileMode.Clamp);

    private void PaintJoint(SKCanvas canvas, PaintedJoint joint, float blame, bool face)
    {
        if (joint.Sight == JointSight.Absent)
        {
            return;
        }

        var radius = Radius(blame, face);
        var colour = BlameRamp.Colour(blame);
        if (joint.Sight == JointSight.Seen)
        {
            fill.Color = OverlayTheme.Casing;
            canvas.DrawCircle(joint.Position, radius + casing, fill);
            fill.Color = colour;
            canvas.DrawCircle(joint.Position, radius, fill);
            return;
        }

        var ring = Math.Max(1, radius * 0.4f);
        stroke.StrokeWidth = ring + (2 * casing);
        stroke.Color = OverlayTheme.Casing;
        canvas.DrawCircle(joint.Position, radius, stroke);
        stroke.StrokeWidth = ring;
        stroke.Color = colour;
        canvas.DrawCircle(joint.Position, radius, stroke);
    }
}
