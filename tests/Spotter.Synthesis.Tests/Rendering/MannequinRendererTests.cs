using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;

namespace Spotter.Tests.Synthesis.Rendering;

public sealed class MannequinRendererTests
{
    [Theory]
    [InlineData("front")]
    [InlineData("side")]
    [InlineData("diagonal")]
    [InlineData("180")]
    public void Render_AnyView_CoversTheLimbsAndNothingFarFromThem(string view)
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Camera = CameraPlacement.Parse(view), Width = 270, Height = 480, Repetitions = 1 });
        var renderer = new MannequinRenderer(set);
        var (empty, drawn) = (Draw(renderer, null), Draw(renderer, set.Motion.PoseAt(1.2)));
        var frame = (int)(1.2 * 30);
        bool Covered(double x, double y)
        {
            var at = (((int)y * 270) + (int)x) * 3;
            return Math.Abs(empty[at] - drawn[at]) + Math.Abs(empty[at + 1] - drawn[at + 1]) + Math.Abs(empty[at + 2] - drawn[at + 2]) > 20;
        }

        foreach (var (from, to) in Skeleton.Bones)
        {
            var (a, b) = (set.Exact[frame, from], set.Exact[frame, to]);
            Assert.True(Covered(a.X, a.Y), $"{from} in {view}");
            Assert.True(Covered((a.X + b.X) / 2, (a.Y + b.Y) / 2), $"{from} to {to} in {view}");
        }

        for (var y = 0; y < 480; y++)
        {
            Assert.False(Covered(2, y) || Covered(267, y));
        }
    }

    [Fact]
    public void Render_SameMoment_SamePicture()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Width = 128, Height = 256, Repetitions = 1, Seated = true });
        Assert.Equal(Draw(new MannequinRenderer(set), set.Motion.PoseAt(1)), Draw(new MannequinRenderer(set), set.Motion.PoseAt(1)));
    }

    [Fact]
    public void Truth_OfAFaultySet_SurvivesJsonAndNamesTheFault()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Repetitions = 2, Faults = [Fault.Parse("asymmetry:15:left")], FaultyRepetitions = [2] });
        var json = MannequinTruth.Of(set).ToJson();
        var truth = MannequinTruth.FromJson(json);
        Assert.Equal([true, false], truth.Repetitions.Select(repetition => repetition.Correct));
        var fault = Assert.Single(truth.Repetitions[1].Faults);
        Assert.Equal(("asymmetry", 15, "degrees", Side.Left), (fault.Kind, fault.Size, fault.Unit, fault.Side));
        Assert.Equal("left-elbow", fault.Joints[0]);
        Assert.Contains("asymmetry-degrees", fault.Measures);
        Assert.InRange(truth.Repetitions[1].RightElbowTopDegrees - truth.Repetitions[1].LeftElbowTopDegrees, 10, 20);
        Assert.Contains("\"side\": \"left\"", json, StringComparison.Ordinal);
        Assert.Contains("\"view\": \"front\"", json, StringComparison.Ordinal);
    }

    private static byte[] Draw(MannequinRenderer renderer, BodyPose? pose)
    {
        var rgb = new byte[renderer.Width * renderer.Height * 3];
        if (pose is null)
        {
            renderer.RenderRoom(rgb);
        }
        else
        {
            renderer.Render(pose, rgb);
        }

        return rgb;
    }
}
