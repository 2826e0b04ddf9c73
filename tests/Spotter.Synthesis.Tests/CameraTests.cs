using System.Numerics;
using CsCheck;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class CameraTests
{
    private static readonly Vector3 Target = new(0, 1, 0);

    [Fact]
    public void Project_Target_IsTheMiddleOfThePicture() =>
        Gen.Select(Gen.Double[-180, 180], Gen.Double[-40, 40], Gen.Double[1, 9]).Sample((azimuth, elevation, distance) =>
        {
            var camera = new Camera(Target, distance, new CameraPlacement { Azimuth = azimuth, Elevation = elevation }, 640, 480);
            return Vector2.Distance(camera.Project(Target), new Vector2(320, 240)) < 0.01
                && Math.Abs(Vector3.Distance(camera.Position, Target) - distance) < 1e-4;
        });

    [Fact]
    public void Project_TwiceAsFar_IsHalfAsLarge()
    {
        var (near, far) = (new Camera(Target, 2, new CameraPlacement(), 640, 480), new Camera(Target, 4, new CameraPlacement(), 640, 480));
        var point = new Vector3(0.3f, 1.4f, 0);
        Assert.Equal((near.Project(point) - near.Project(Target)).Length() / 2, (far.Project(point) - far.Project(Target)).Length(), 3);
    }

    [Fact]
    public void Project_FromFrontAndRight_PutsLeftAndFrontOnTheRightOfThePicture()
    {
        var front = new Camera(Target, 3, new CameraPlacement(), 640, 480);
        var side = new Camera(Target, 3, new CameraPlacement { Azimuth = 90 }, 640, 480);
        Assert.True(front.Project(Target + Vector3.UnitX).X > 320);
        Assert.True(side.Project(Target + Vector3.UnitZ).X > 320);
        Assert.True(front.Project(Target + Vector3.UnitY).Y < 240);
    }

    [Fact]
    public void Ray_OfAProjectedPoint_LeadsBackToIt() =>
        Gen.Select(Gen.Float[-1, 1], Gen.Float[0, 2], Gen.Float[-1, 1], Gen.Float[-180, 180], Gen.Float[-20, 20]).Sample((x, y, z, azimuth, roll) =>
        {
            var placement = new CameraPlacement { Azimuth = azimuth, Elevation = 10, Roll = roll, ShiftX = 0.1 };
            var camera = new Camera(Target, 4, placement, 640, 480);
            var point = new Vector3(x, y, z);
            var pixel = camera.Project(point);
            return Vector3.Distance(camera.Position + (camera.ToCamera(point).Z * camera.Ray(pixel.X, pixel.Y)), point) < 1e-3;
        });

    [Theory]
    [InlineData("front")]
    [InlineData("side")]
    [InlineData("diagonal")]
    [InlineData("-60")]
    public void Frame_AnyView_ShowsTheWholeBodyAllTheTime(string view)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var set = Mannequin.Synthesize(new MannequinOptions { Camera = CameraPlacement.Parse(view), Seed = seed, Repetitions = 1, Seated = seed % 3 == 0 });
            foreach (var joint in Enum.GetValues<Joint>())
            {
                for (var frame = 0; frame < set.Exact.FrameCount; frame++)
                {
                    var seen = set.Exact[frame, joint];
                    Assert.InRange(seen.X, 5, 535);
                    Assert.InRange(seen.Y, 5, 955);
                }
            }
        }
    }

    [Theory]
    [InlineData("front", View.Front)]
    [InlineData("side", View.Side)]
    [InlineData("diagonal", View.Diagonal)]
    [InlineData("-85", View.Side)]
    [InlineData("170", View.Front)]
    public void Parse_View_IsOfThatKind(string text, View view) => Assert.Equal(view, CameraPlacement.Parse(text).View);

    [Theory]
    [InlineData("top")]
    [InlineData("NaN")]
    [InlineData("400")]
    public void Parse_NoView_SaysWhatWasExpected(string text) =>
        Assert.Contains("front, side, diagonal", Assert.Throws<FormatException>(() => CameraPlacement.Parse(text)).Message, StringComparison.Ordinal);
}
