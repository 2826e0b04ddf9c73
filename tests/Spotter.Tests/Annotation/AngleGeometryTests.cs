using SkiaSharp;
using Spotter.Annotation;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class AngleGeometryTests
{
    private static readonly PictureScale Picture = new(640, 480);

    [Theory]
    [InlineData("elbow-extension-degrees", Joint.LeftElbow, Joint.LeftElbow, Joint.LeftShoulder)]
    [InlineData("knee-drive-degrees", Joint.RightKnee, Joint.RightKnee, Joint.RightAnkle)]
    [InlineData("forearm-tilt-degrees", Joint.RightWrist, Joint.RightElbow, Joint.RightWrist)]
    [InlineData("upper-arm-swing-degrees", Joint.LeftElbow, Joint.LeftShoulder, Joint.LeftElbow)]
    public void TryFind_AngleMeasure_HasItsCornerAndSide(string measure, Joint joint, Joint corner, Joint side)
    {
        var joints = Joints(Scene.Body(640, 480, 1));

        Assert.True(AngleGeometry.TryFind(measure, joint, joints, out var angle));
        Assert.Equal(joints[(int)corner].Position, angle.Corner);
        Assert.Contains(joints[(int)side].Position, new[] { angle.From, angle.To });
    }

    [Fact]
    public void TryFind_Lean_IsTheTrunkAgainstAPlumbLine()
    {
        var joints = Joints(Scene.Body(640, 480, 1));

        Assert.True(AngleGeometry.TryFind("trunk-lean-degrees", Joint.Neck, joints, out var angle));
        Assert.Equal(joints[(int)Joint.Neck].Position, angle.From);
        Assert.Equal(angle.Corner.X, angle.To.X);
        Assert.True(angle.To.Y < angle.Corner.Y);
    }

    [Fact]
    public void TryFind_Knee_IsItsBend()
    {
        var joints = Joints(Scene.Body(640, 480, 1));
        var (hip, knee, ankle) = (joints[(int)Joint.RightHip].Position, joints[(int)Joint.RightKnee].Position, joints[(int)Joint.RightAnkle].Position);

        Assert.True(AngleGeometry.TryFind("knee-drive-degrees", Joint.RightKnee, joints, out var angle));
        Assert.Equal(180 - Math.Abs(Limb.Between(knee, hip, ankle)), angle.Degrees, 0.01);
    }

    [Theory]
    [InlineData("wrist-path", Joint.LeftWrist)]
    [InlineData("elbow-extension-degrees", Joint.Nose)]
    public void TryFind_NoAngle_IsFalse(string measure, Joint joint) =>
        Assert.False(AngleGeometry.TryFind(measure, joint, Joints(Scene.Body(640, 480, 1)), out _));

    [Theory]
    [InlineData(Joint.LeftElbow)]
    [InlineData(Joint.LeftWrist)]
    public void TryFind_JointAbsent_IsFalse(Joint absent)
    {
        var joints = Joints(Scene.Body(640, 480, 1, (_, joint) => joint == absent ? 0 : 0.9f));

        Assert.False(AngleGeometry.TryFind("elbow-extension-degrees", Joint.LeftElbow, joints, out _));
    }

    private static PaintedJoint[] Joints(SkeletonSequence body)
    {
        var joints = new PaintedJoint[Skeleton.JointCount];
        new PoseTimeline(body, Picture).At(0, joints);
        return joints;
    }
}
