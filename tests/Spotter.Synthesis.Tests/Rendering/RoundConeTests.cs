using System.Numerics;
using CsCheck;
using Spotter.Synthesis.Rendering;

namespace Spotter.Tests.Synthesis.Rendering;

public sealed class RoundConeTests
{
    private static readonly Gen<Vector3> Place =
        Gen.Select(Gen.Float[-0.5f, 0.5f], Gen.Float[-0.5f, 0.5f], Gen.Float[3, 4], (x, y, z) => new Vector3(x, y, z));

    private static readonly Gen<(Vector3 From, float RadiusFrom, Vector3 To, float RadiusTo)> Solid =
        Gen.Select(Place, Gen.Float[0.05f, 0.4f], Place, Gen.Float[0.05f, 0.4f]);

    [Fact]
    public void Meet_AnyRay_IsWhereALineOfBallsIsFirstMet() =>
        Gen.Select(Solid, Gen.Float[-0.2f, 0.2f], Gen.Float[-0.2f, 0.2f]).Sample((solid, x, y) =>
        {
            var ray = new Vector3(x, y, 1);
            var met = new RoundCone(solid.From, solid.RadiusFrom, solid.To, solid.RadiusTo, Vector3.One).Meet(ray);
            var expected = float.PositiveInfinity;
            for (var step = 0; step <= 2000; step++)
            {
                var share = step / 2000f;
                expected = Math.Min(
                    expected,
                    MeetBall(ray, Vector3.Lerp(solid.From, solid.To, share), float.Lerp(solid.RadiusFrom, solid.RadiusTo, share)));
            }

            // At a grazing ray a ball of the line may be met where the next one is just missed.
            return met == expected || Math.Abs(met - expected) < 0.02 || Grazes(solid, ray);
        });

    [Fact]
    public void NormalAt_MetPoint_FacesTheCamera() =>
        Gen.Select(Solid, Gen.Float[-0.2f, 0.2f], Gen.Float[-0.2f, 0.2f], Gen.Float[0.3f, 1]).Sample((solid, x, y, flatness) =>
        {
            var ray = new Vector3(x, y, 1);
            var cone = new RoundCone(solid.From, solid.RadiusFrom, solid.To, solid.RadiusTo, Vector3.One, Vector3.UnitX, flatness);
            var met = cone.Meet(ray);
            return float.IsPositiveInfinity(met)
                || (Vector3.Dot(cone.NormalAt(met * ray), ray) < 0.02f && Math.Abs(cone.NormalAt(met * ray).Length() - 1) < 1e-4f);
        });

    [Fact]
    public void Extent_AnySolid_HoldsEveryRayThatMeetsIt() =>
        Gen.Select(Solid, Gen.Float[-0.4f, 0.4f], Gen.Float[-0.4f, 0.4f], Gen.Float[0.3f, 1]).Sample((solid, x, y, flatness) =>
        {
            var cone = new RoundCone(solid.From, solid.RadiusFrom, solid.To, solid.RadiusTo, Vector3.One, Vector3.UnitY, flatness);
            var (left, right, low, high) = cone.Extent();
            return float.IsPositiveInfinity(cone.Meet(new Vector3(x, y, 1))) || (x >= left && x <= right && y >= low && y <= high);
        });

    [Fact]
    public void Meet_FlattenedBall_IsAnEllipsoid()
    {
        var middle = new Vector3(0, 0, 4);
        var plate = new RoundCone(middle, 1, middle, 1, Vector3.One, Vector3.UnitZ, 0.25f);
        Assert.Equal(3.75f, plate.Meet(Vector3.UnitZ), 4);
    }

    private static float MeetBall(Vector3 ray, Vector3 centre, float radius)
    {
        var (squared, towards) = (ray.LengthSquared(), Vector3.Dot(ray, centre));
        var root = (towards * towards) - (squared * (centre.LengthSquared() - (radius * radius)));
        return root < 0 ? float.PositiveInfinity : (towards - MathF.Sqrt(root)) / squared;
    }

    private static bool Grazes((Vector3 From, float RadiusFrom, Vector3 To, float RadiusTo) solid, Vector3 ray)
    {
        var thinner = new RoundCone(solid.From, solid.RadiusFrom * 0.97f, solid.To, solid.RadiusTo * 0.97f, Vector3.One).Meet(ray);
        var thicker = new RoundCone(solid.From, solid.RadiusFrom * 1.03f, solid.To, solid.RadiusTo * 1.03f, Vector3.One).Meet(ray);
        return float.IsPositiveInfinity(thinner) != float.IsPositiveInfinity(thicker);
    }
}
