using System.Numerics;
using CsCheck;
using Spotter.Poses;

namespace Spotter.Tests.Poses;

public sealed class RegionOfInterestTests
{
    [Fact]
    public void FromAlignment_UprightPerson_IsNotTurned()
    {
        var region = RegionOfInterest.FromAlignment(new Vector2(100, 200), new Vector2(100, 120));
        Assert.Equal(0, region.Rotation, 1e-6f);
        Assert.Equal(200, region.Size, 1e-3f); // 2 × 80 × 1.25
        Assert.Equal(new Vector2(0, 100), region.ToPicture(Vector2.Zero));
    }

    [Fact]
    public void FromAlignment_AnyDirection_PutsTheSecondPointAboveTheMiddle() =>
        Gen.Select(Gen.Float[-500, 500], Gen.Float[-500, 500], Gen.Float[-3, 3], Gen.Float[5, 300]).Sample((x, y, angle, radius) =>
        {
            var center = new Vector2(x, y);
            var above = center + (radius * new Vector2(MathF.Sin(angle), -MathF.Cos(angle)));
            var region = RegionOfInterest.FromAlignment(center, above);
            Assert.InRange(region.Rotation, -MathF.PI, MathF.PI);
            Assert.True(Vector2.Distance(above, region.ToPicture(new Vector2(0.5f, 0.5f - (0.5f / 1.25f)))) < 0.01f * radius);
        });
}
