using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Tests.Poses;

public sealed class KeypointSmootherTests
{
    private const double BodySize = 500;
    private const double FramesPerSecond = 30;

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.8)]
    [InlineData(1.5)]
    public void Smooth_FastPress_LagsLessThanAThirdOfAFrame(double secondsUp)
    {
        var truth = SyntheticPress.Wrist(secondsUp, FramesPerSecond, 0.3 * BodySize);
        var smooth = Smooth(SyntheticPress.WithNoise(truth, 0.002 * BodySize));

        Assert.InRange(SyntheticPress.Lag(truth, smooth), -0.05, 0.33);
        Assert.InRange(Smooth(truth).Max() / truth.Max(), 0.998, 1.002); // the top is reached
    }

    [Fact]
    public void Smooth_PersonStandingStill_JittersLessThanHalf()
    {
        var noisy = SyntheticPress.WithNoise(new double[300], 0.003 * BodySize);
        Assert.InRange(SyntheticPress.Jitter(Smooth(noisy)) / SyntheticPress.Jitter(noisy), 0, 0.5);
    }

    [Fact]
    public void Smooth_MissingJoint_StaysMissingAndStartsAfresh()
    {
        var smoother = new KeypointSmoother();
        var world = new Vector3[Skeleton.JointCount];
        Keypoint Next(Keypoint nose, double seconds)
        {
            var keypoints = new Keypoint[Skeleton.JointCount];
            keypoints[0] = nose;
            smoother.Smooth(keypoints, world, seconds, BodySize);
            return keypoints[0];
        }

        Next(new Keypoint(10, 10, 1), 0);
        Assert.Equal(Keypoint.Missing, Next(Keypoint.Missing, 0.1));
        Assert.Equal(new Keypoint(300, 200, 0.5f), Next(new Keypoint(300, 200, 0.5f), 0.2));
    }

    [Fact]
    public void Apply_ConstantValue_ComesBackUnchanged()
    {
        var filter = new OneEuroFilter(1, 10);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(3.5, filter.Apply(3.5, i / 30.0), 12);
        }
    }

    [Fact]
    public void Apply_TimeThatDoesNotAdvance_GivesTheValueBack()
    {
        var filter = new OneEuroFilter(1, 10);
        filter.Apply(1, 5);
        Assert.Equal(7, filter.Apply(7, 5));
        Assert.True(double.IsFinite(filter.Apply(8, 5.1)));
    }

    private static double[] Smooth(double[] values)
    {
        var smoother = new KeypointSmoother();
        var world = new Vector3[Skeleton.JointCount];
        return [.. values.Select((value, frame) =>
        {
            var keypoints = new Keypoint[Skeleton.JointCount];
            keypoints[(int)Joint.LeftWrist] = new Keypoint(100, (float)value, 1);
            smoother.Smooth(keypoints, world, frame / FramesPerSecond, BodySize);
            return (double)keypoints[(int)Joint.LeftWrist].Y;
        })];
    }
}
