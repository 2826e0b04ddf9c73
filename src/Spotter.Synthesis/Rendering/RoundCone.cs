using System.Numerics;

namespace Spotter.Synthesis.Rendering;

/// <summary>
/// Two balls and the cone that touches both: the one solid of which the figure is made. With one ball it is a sphere, with equal balls a
/// capsule; flattened along an axis it is an ellipsoid, a foot, a chest or a plate.
/// </summary>
public readonly struct RoundCone
{
    private readonly Vector3 a;
    private readonly float radiusA;
    private readonly float radiusB;
    private readonly Vector3 along; // from A to B, of length one
    private readonly float length;
    private readonly float slope; // how much the radius shrinks for each metre from A to B
    private readonly float lean; // cosine that belongs to that slope
    private readonly Vector3 flatAxis;
    private readonly float stretch; // undoes the flattening: 1/flatness − 1
    private readonly Vector3 endA;
    private readonly Vector3 endB;

    /// <summary>A solid between two balls.</summary>
    /// <param name="from">Middle of the first ball.</param>
    /// <param name="radiusFrom">Its radius.</param>
    /// <param name="to">Middle of the second ball.</param>
    /// <param name="radiusTo">Its radius.</param>
    /// <param name="colour">Red, green and blue, 0 to 1.</param>
    /// <param name="flatAxis">Unit vector along which the solid is flattened.</param>
    /// <param name="flatness">Thickness along that axis relative to the round solid, above 0 to 1.</param>
    /// <param name="shine">Strength of the highlight, 0 to 1.</param>
    public RoundCone(
        Vector3 from, float radiusFrom, Vector3 to, float radiusTo, Vector3 colour, Vector3 flatAxis = default, float flatness = 1, float shine = 0.1f)
    {
        (endA, endB) = (from, to);
        this.flatAxis = flatAxis;
        stretch = (1 / flatness) - 1;
        a = Stretch(from);
        var axis = Stretch(to) - a;
        length = axis.Length();
        if (length <= Math.Abs(radiusFrom - radiusTo))
        {
            // One ball holds the other: only the larger one shows.
            a = radiusFrom >= radiusTo ? a : Stretch(to);
            radiusA = radiusB = Math.Max(radiusFrom, radiusTo);
            (length, along, lean) = (0, Vector3.UnitX, 1);
        }
        else
        {
            (radiusA, radiusB) = (radiusFrom, radiusTo);
            along = axis / length;
            slope = (radiusA - radiusB) / length;
            lean = MathF.Sqrt(1 - (slope * slope));
        }

        Colour = colour;
        Shine = shine;
    }

    /// <summary>Red, green and blue, 0 to 1.</summary>
    public Vector3 Colour { get; }

    /// <summary>Strength of the highlight, 0 to 1.</summary>
    public float Shine { get; }

    /// <summary>The same solid as the camera sees it: with the camera at the origin.</summary>
    public RoundCone SeenBy(Camera camera)
    {
        var axis = camera.ToCamera(camera.Position + flatAxis);
        return new RoundCone(camera.ToCamera(endA), radiusA, camera.ToCamera(endB), radiusB, Colour, axis, 1 / (stretch + 1), Shine);
    }

    /// <summary>
    /// Where a ray from the origin first meets the solid, as a multiple of its direction; infinity where it misses. The solid must lie
    /// beyond the origin.
    /// </summary>
    public float Meet(Vector3 ray)
    {
        var direction = Stretch(ray);
        var squared = direction.LengthSquared();
        var towards = Vector3.Dot(direction, a);
        var nearest = MeetBall(squared, towards, a.LengthSquared(), radiusA);
        if (length <= 0)
        {
            return nearest;
        }

        var b = a + (length * along);
        nearest = MathF.Min(nearest, MeetBall(squared, Vector3.Dot(direction, b), b.LengthSquared(), radiusB));
        return MathF.Min(nearest, MeetCone(direction, squared, towards));
    }

    /// <summary>The direction that the surface faces at a point on it.</summary>
    public Vector3 NormalAt(Vector3 point)
    {
        var from = Stretch(point) - a;
        var height = Vector3.Dot(from, along);
        var across = from - (height * along);
        var reach = across.Length();

        // The foot of the normal on the axis tells ball from cone.
        var foot = lean > 0 ? height - (slope / lean * reach) : height;
        var normal = foot <= 0 || length <= 0 || reach < 1e-9f
            ? from
            : foot >= length ? from - (length * along) : (lean / reach * across) + (slope * along);
        return Vector3.Normalize(Stretch(Vector3.Normalize(normal)));
    }

    /// <summary>The part of the picture that may show the solid, in multiples of the distance: left, right, low, high.</summary>
    public (float Left, float Right, float Low, float High) Extent()
    {
        var (leftA, rightA, lowA, highA) = BallExtent(endA, radiusA);
        var (leftB, rightB, lowB, highB) = BallExtent(endB, length > 0 ? radiusB : radiusA);
        return (MathF.Min(leftA, leftB), MathF.Max(rightA, rightB), MathF.Min(lowA, lowB), MathF.Max(highA, highB));
    }

    private static (float Left, float Right, float Low, float High) BallExtent(Vector3 centre, float radius)
    {
        var (near, far) = (MathF.Max(centre.Z - radius, 0.05f), centre.Z + radius);
        return (
            MathF.Min((centre.X - radius) / near, (centre.X - radius) / far),
            MathF.Max((centre.X + radius) / near, (centre.X + radius) / far),
            MathF.Min((centre.Y - radius) / near, (centre.Y - radius) / far),
            MathF.Max((centre.Y + radius) / near, (centre.Y + radius) / far));
    }

    private static float MeetBall(float squared, float towards, float distanceSquared, float radius)
    {
        var root = (towards * towards) - (squared * (distanceSquared - (radius * radius)));
        return root < 0 ? float.PositiveInfinity : (towards - MathF.Sqrt(root)) / squared;
    }

    // The cone's radius at height s above A is (radiusA − slope · s) / lean, between the circles where it touches the balls.
    private float MeetCone(Vector3 direction, float squared, float towards)
    {
        var rise = Vector3.Dot(direction, along);
        var start = -Vector3.Dot(a, along);
        var radius = (radiusA - (slope * start)) / lean;
        var shrink = -slope * rise / lean;
        var quadratic = squared - (rise * rise) - (shrink * shrink);
        var linear = -towards - (rise * start) - (radius * shrink);
        var constant = a.LengthSquared() - (start * start) - (radius * radius);
        var root = (linear * linear) - (quadratic * constant);
        if (root < 0 || quadratic == 0)
        {
            return float.PositiveInfinity;
        }

        // The root at which the ray goes in, for rays steeper than the cone's side (quadratic below 0) as well.
        var distance = (-linear - MathF.Sqrt(root)) / quadratic;
        var height = start + (distance * rise);
        return height >= radiusA * slope && height <= length + (radiusB * slope) ? distance : float.PositiveInfinity;
    }

    private Vector3 Stretch(Vector3 point) => point + (stretch * Vector3.Dot(point, flatAxis) * flatAxis);
}
