using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>Draws joints where they should be: the limbs that end in them, pale and in the colour of what is good, and an arrow from each joint that is far from there.</summary>
internal sealed class GhostPainter(OverlayBrush brush, float lineWidth)
{
    private const byte Alpha = 0xD0;
    private const byte CasingAlpha = 0x90;

    // Nearer to its place, in line widths, a joint covers its ghost.
    private const float ShortestMove = 1.5f;
    private const float ShortestArrow = 5;

    /// <summary>Draws the ghost.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="ghost">The joints that should be elsewhere, with their place.</param>
    /// <param name="joints">The 18 joints as they are.</param>
    public void Paint(SKCanvas canvas, IReadOnlyDictionary<Joint, SKPoint> ghost, ReadOnlySpan<PaintedJoint> joints)
    {
        var farthest = 0f;
        foreach (var (joint, place) in ghost)
        {
            farthest = Math.Max(farthest, SKPoint.Distance(joints[(int)joint].Position, place));
        }

        if (farthest < ShortestMove * lineWidth)
        {
            return;
        }

        var colour = OverlayTheme.Colour(Scoring.Verdict.Correct).WithAlpha(Alpha);
        foreach (var (width, paint) in ((float, SKColor)[])[(lineWidth * 1.3f, OverlayTheme.Casing.WithAlpha(CasingAlpha)), (lineWidth * 0.75f, colour)])
        {
            foreach (var (from, to) in Skeleton.Bones)
            {
                var moved = ghost.ContainsKey(from) || ghost.ContainsKey(to);
                if (moved && joints[(int)from].Sight != JointSight.Absent && joints[(int)to].Sight != JointSight.Absent)
                {
                    brush.Line(canvas, Place(from, ghost, joints), Place(to, ghost, joints), width, paint);
                }
            }

            foreach (var place in ghost.Values)
            {
                brush.Disc(canvas, place, width * 1.1f, paint);
            }
        }

        foreach (var (joint, place) in ghost)
        {
            PaintArrow(canvas, joints[(int)joint].Position, place, colour);
        }
    }

    private static SKPoint Place(Joint joint, IReadOnlyDictionary<Joint, SKPoint> ghost, ReadOnlySpan<PaintedJoint> joints) =>
        ghost.TryGetValue(joint, out var place) ? place : joints[(int)joint].Position;

    private void PaintArrow(SKCanvas canvas, SKPoint from, SKPoint to, SKColor colour)
    {
        var length = SKPoint.Distance(from, to);
        if (length < ShortestArrow * lineWidth)
        {
            return;
        }

        // From outside of the joint's disc to outside of the ghost's.
        var (start, tip) = (1.8f * lineWidth / length, 1 - (1.6f * lineWidth / length));
        var (tail, head) = (Between(from, to, start), Between(from, to, tip));
        var barb = Between(head, from, 1.5f * lineWidth / length);
        foreach (var (width, paint) in ((float, SKColor)[])[(lineWidth * 0.9f, OverlayTheme.Casing.WithAlpha(CasingAlpha)), (lineWidth * 0.45f, colour)])
        {
            brush.Line(canvas, tail, head, width, paint);
            brush.Line(canvas, Limb.Turn(barb, head, 32), head, width, paint);
            brush.Line(canvas, Limb.Turn(barb, head, -32), head, width, paint);
        }
    }

    private static SKPoint Between(SKPoint from, SKPoint to, float share) =>
        new(float.Lerp(from.X, to.X, share), float.Lerp(from.Y, to.Y, share));
}
