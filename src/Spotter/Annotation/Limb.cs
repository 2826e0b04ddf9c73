using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>Plane geometry of limbs, in pixels with y down.</summary>
internal static class Limb
{
    /// <summary>A point turned about another.</summary>
    /// <param name="point">The point.</param>
    /// <param name="about">The centre.</param>
    /// <param name="degrees">Clockwise as seen.</param>
    public static SKPoint Turn(SKPoint point, SKPoint about, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (x, y) = (point.X - about.X, point.Y - about.Y);
        return new SKPoint((float)(about.X + (cos * x) - (sin * y)), (float)(about.Y + (sin * x) + (cos * y)));
    }

    /// <summary>Degrees by which one direction must be turned clockwise to become another, −180 to 180.</summary>
    public static double Between(SKPoint corner, SKPoint from, SKPoint to)
    {
        var degrees = (Math.Atan2(to.Y - corner.Y, to.X - corner.X) - Math.Atan2(from.Y - corner.Y, from.X - corner.X)) * 180 / Math.PI;
        return degrees - (360 * Math.Round(degrees / 360));
    }

    /// <summary>
    /// Where the middle joint of a limb goes when its end is moved: both bones keep their length and the joint bends to the same side; a limb that is too
    /// short is drawn straight.
    /// </summary>
    public static SKPoint Middle(SKPoint root, SKPoint middle, SKPoint end, SKPoint newEnd)
    {
        var (upper, lower) = (SKPoint.Distance(root, middle), SKPoint.Distance(middle, end));
        var reach = SKPoint.Distance(root, newEnd);
        if (reach < 1e-3 || upper < 1e-3)
        {
            return middle;
        }

        var along = Math.Clamp(((reach * reach) + (upper * upper) - (lower * lower)) / (2 * reach * upper), -1, 1);
        var bend = Math.Acos(along) * 180 / Math.PI * (Between(root, end, middle) >= 0 ? 1 : -1);
        var straight = new SKPoint(root.X + ((newEnd.X - root.X) * upper / reach), root.Y + ((newEnd.Y - root.Y) * upper / reach));
        return Turn(straight, root, bend);
    }
}
