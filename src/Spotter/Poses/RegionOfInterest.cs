using System.Numerics;

namespace Spotter.Poses;

/// <summary>A square of the picture, turned so that the person in it is upright.</summary>
/// <param name="Center">Middle, in pixels of the picture (0, 0 is the top left corner of the top left pixel).</param>
/// <param name="Size">Length of a side in pixels.</param>
/// <param name="Rotation">Turn in radians, clockwise as seen, from -π to π.</param>
public readonly record struct RegionOfInterest(Vector2 Center, float Size, float Rotation)
{
    private const float Margin = 1.25f;

    /// <summary>The region of a person by two alignment points: it is centred on the first, and the second is straight above it on a circle round the body.</summary>
    public static RegionOfInterest FromAlignment(Vector2 center, Vector2 above)
    {
        var axis = above - center;
        var rotation = (MathF.PI / 2) - MathF.Atan2(-axis.Y, axis.X);
        return new RegionOfInterest(center, axis.Length() * 2 * Margin, MathF.IEEERemainder(rotation, MathF.Tau));
    }

    /// <summary>A place in the region, 0 to 1 from its left and from its top, as a place in the picture.</summary>
    public Vector2 ToPicture(Vector2 inRegion) => Center + Turn((inRegion - new Vector2(0.5f)) * Size);

    /// <summary>A direction in the region as a direction in the picture.</summary>
    public Vector2 Turn(Vector2 direction)
    {
        var (sin, cos) = MathF.SinCos(Rotation);
        return new Vector2((cos * direction.X) - (sin * direction.Y), (sin * direction.X) + (cos * direction.Y));
    }
}
