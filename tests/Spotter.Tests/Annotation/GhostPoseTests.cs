using CsCheck;
using SkiaSharp;
using Spotter.Annotation;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class GhostPoseTests
{
    private const float Torso = 100;

    [Fact]
    public void Find_BentElbow_IsOpenedIntoTheGoodRange()
    {
        var joints = Body((Joint.LeftShoulder, 0, 0), (Joint.LeftElbow, 0, -50), (Joint.LeftWrist, 40, -80));
        var ghost = GhostPose.Find(Scene.Elbow with { Value = Angle(joints[5], joints[6], joints[7].Position), Expected = [166, 180] }, joints, Torso);

        var wrist = Assert.Contains(Joint.LeftWrist, ghost);
        var elbow = joints[6] with { Position = ghost[Joint.LeftElbow] };
        Assert.Equal(169.5, Angle(joints[5], elbow, wrist), 0.1);
        Assert.Equal(SKPoint.Distance(joints[6].Position, joints[7].Position), SKPoint.Distance(elbow.Position, wrist), 0.01);
    }

    [Fact]
    public void Find_LeaningTrunk_IsTurnedTowardsUpright()
    {
        var joints = Body((Joint.Neck, 20, -100), (Joint.RightHip, 0, 0), (Joint.LeftHip, 0, 0));
        var ghost = GhostPose.Find(Scene.Lean with { Value = 11.3, Expected = [-2, 5] }, joints, Torso);

        Assert.InRange(ghost[Joint.Neck].X, 1, 15);
    }

    [Fact]
    public void Find_HandTooLow_ReachesHigherWithArmsAsLongAsBefore()
    {
        var joints = Body((Joint.RightShoulder, 0, 0), (Joint.RightElbow, -40, -20), (Joint.RightWrist, -30, -60));
        var finding = Scene.Elbow with { Joint = "right-wrist", Measure = "wrist-height-top", Value = 0.6, Expected = [0.7, 0.9] };
        var ghost = GhostPose.Find(finding, joints, Torso);

        Assert.Equal(-75, ghost[Joint.RightWrist].Y, 0.01);
        Assert.Equal(SKPoint.Distance(joints[2].Position, joints[3].Position), SKPoint.Distance(joints[2].Position, ghost[Joint.RightElbow]), 0.01);
        Assert.Equal(SKPoint.Distance(joints[3].Position, joints[4].Position), SKPoint.Distance(ghost[Joint.RightWrist], ghost[Joint.RightElbow]), 0.01);
    }

    [Theory]
    [InlineData("elbow-forward", "right-elbow", 0.5, 0.2, 0.4)]
    [InlineData("elbow-flare", "right-elbow", 0.1, 0.3, 0.4)]
    [InlineData("elbow-height-bottom", "right-elbow", -0.4, -0.2, 0.1)]
    public void Find_ElbowElsewhere_KeepsBothBones(string measure, string joint, double value, double low, double high)
    {
        var joints = Body((Joint.Neck, 15, -5), (Joint.Nose, 20, -20), (Joint.RightHip, 0, 100), (Joint.LeftShoulder, 30, 0), (Joint.RightShoulder, 0, 0), (Joint.RightElbow, -30, 40), (Joint.RightWrist, -25, -10));
        var ghost = GhostPose.Find(Scene.Elbow with { Joint = joint, Measure = measure, Value = value, Expected = [low, high] }, joints, Torso);

        Assert.NotEqual(joints[3].Position, ghost[Joint.RightElbow]);
        Assert.Equal(50, SKPoint.Distance(joints[2].Position, ghost[Joint.RightElbow]), 0.01);
        Assert.Equal(SKPoint.Distance(joints[3].Position, joints[4].Position), SKPoint.Distance(ghost[Joint.RightElbow], ghost[Joint.RightWrist]), 0.01);
    }

    [Theory]
    [InlineData("seconds-up", 0.1)]
    [InlineData("elbow-extension-degrees", 170.0)]
    public void Find_WithoutAPlaceOrInsideTheRange_IsEmpty(string measure, double value)
    {
        var joints = Body((Joint.LeftShoulder, 0, 0), (Joint.LeftElbow, 0, -50), (Joint.LeftWrist, 40, -80));

        Assert.Empty(GhostPose.Find(Scene.Elbow with { Measure = measure, Value = value }, joints, Torso));
    }

    [Fact]
    public void Find_UnknownPath_IsShifted()
    {
        var joints = Body((Joint.LeftElbow, 10, -50));
        var ghost = GhostPose.Find(Scene.Elbow with { Measure = "path-distance", Shift = [0.1, -0.2] }, joints, Torso);

        Assert.Equal(new SKPoint(20, -70), ghost[Joint.LeftElbow]);
    }

    [Fact]
    public void Middle_AnyReachableEnd_KeepsBothBones() => Gen.Select(Gen.Float[-80, 80], Gen.Float[-80, 80]).Sample((x, y) =>
    {
        var (root, middle, end, target) = (new SKPoint(0, 0), new SKPoint(50, 0), new SKPoint(50, 60), new SKPoint(x, y));
        var reach = SKPoint.Distance(root, target);
        if (reach is < 15 or > 105)
        {
            return;
        }

        var moved = Limb.Middle(root, middle, end, target);
        Assert.Equal(50, SKPoint.Distance(root, moved), 0.05);
        Assert.Equal(60, SKPoint.Distance(moved, target), 0.05);
    });

    private static double Angle(PaintedJoint shoulder, PaintedJoint elbow, SKPoint wrist) => Math.Abs(Limb.Between(elbow.Position, shoulder.Position, wrist));

    private static PaintedJoint[] Body(params (Joint Joint, float X, float Y)[] places)
    {
        var joints = new PaintedJoint[Skeleton.JointCount];
        foreach (var (joint, x, y) in places)
        {
            joints[(int)joint] = new PaintedJoint(new SKPoint(x, y), JointSight.Seen);
        }

        return joints;
    }
}
