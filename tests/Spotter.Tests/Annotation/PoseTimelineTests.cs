using Spotter.Annotation;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class PoseTimelineTests
{
    private static readonly PictureScale Picture = new(640, 480);

    [Fact]
    public void At_FrameOfTheSkeleton_GivesItsPlaceAndSight()
    {
        var body = Scene.Body(640, 480, 30, (_, joint) => joint == Joint.RightKnee ? 0.1f : 0.9f);

        var joints = At(body, 10 / 30.0);

        Assert.Equal(body[10, Joint.LeftWrist].X, joints[(int)Joint.LeftWrist].Position.X);
        Assert.Equal(JointSight.Seen, joints[(int)Joint.LeftWrist].Sight);
        Assert.Equal(JointSight.Guessed, joints[(int)Joint.RightKnee].Sight);
    }

    [Fact]
    public void At_OtherSizeOfPicture_Scales()
    {
        var body = Scene.Body(1280, 960, 3);

        var joints = At(body, 0);

        Assert.Equal(body[0, Joint.Neck].X / 2, joints[(int)Joint.Neck].Position.X);
        Assert.Equal(body[0, Joint.Neck].Y / 2, joints[(int)Joint.Neck].Position.Y);
    }

    [Fact]
    public void At_JointMissingForAShortWhile_IsGuessedInBetween()
    {
        var keypoints = Scene.Body(640, 480, 21).Keypoints.ToArray();
        for (var frame = 0; frame < 21; frame++)
        {
            var at = ((frame * Skeleton.JointCount) + (int)Joint.LeftWrist) * 3;
            keypoints[at] = 100 + (frame * 10);
            if (frame is > 5 and < 15)
            {
                keypoints[at] = keypoints[at + 1] = keypoints[at + 2] = 0;
            }
        }

        var joint = At(SkeletonSequence.AtConstantRate(keypoints, 30, 640, 480), 8 / 30.0)[(int)Joint.LeftWrist];

        Assert.Equal(JointSight.Guessed, joint.Sight);
        Assert.Equal(180, joint.Position.X, 0.01);
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(20, 60)]
    [InlineData(10, 50)]
    public void At_JointMissingForLongOrAtAnEnd_IsAbsent(int from, int to)
    {
        var body = Scene.Body(640, 480, 60, (frame, joint) => joint == Joint.Nose && frame >= from && frame < to ? 0 : 0.9f);

        Assert.Equal(JointSight.Absent, At(body, (from + to) / 2 / 30.0)[(int)Joint.Nose].Sight);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void At_HardlyAnyFrames_FindsNobodyFarFromThem(int frames) =>
        Assert.All(At(Scene.Body(640, 480, frames), 5), joint => Assert.Equal(JointSight.Absent, joint.Sight));

    [Fact]
    public void FrameAt_UnevenTimes_IsTheNearest()
    {
        var even = Scene.Body(640, 480, 4);
        var poses = new PoseTimeline(new SkeletonSequence(even.Keypoints.ToArray(), [0, 0.03, 0.1, 0.13], 640, 480), Picture);

        Assert.Equal([0, 1, 1, -1, 2, 3, -1], new[] { 0.004, 0.02, 0.05, 0.066, 0.09, 0.14, 0.2 }.Select(poses.FrameAt));
    }

    private static PaintedJoint[] At(SkeletonSequence body, double seconds)
    {
        var joints = new PaintedJoint[Skeleton.JointCount];
        new PoseTimeline(body, Picture).At(seconds, joints);
        return joints;
    }
}
