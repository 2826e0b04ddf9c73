using CsCheck;
using Spotter.Skeletons;

namespace Spotter.Tests.Skeletons;

public sealed class SkeletonCleaningTests
{
    [Fact]
    public void Clean_GapInUnevenTimes_IsFilledAlongAStraightLineInTime()
    {
        double[] times = [0, 0.1, 0.2, 0.25, 0.6, 0.7, 0.9, 1.0];
        var keypoints = Moving(times);
        Set(keypoints, 3, Joint.RightWrist, default);
        Set(keypoints, 4, Joint.RightWrist, new Keypoint(1000, 1000, 0.04f));

        var cleaned = SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times));

        Assert.Equal(25, cleaned[3, Joint.RightWrist].X, 1e-3);
        Assert.Equal(60, cleaned[4, Joint.RightWrist].X, 1e-3);
        Assert.Equal(SkeletonCleaning.MinimumConfidence, cleaned[4, Joint.RightWrist].Confidence);
    }

    [Fact]
    public void Clean_GapAtEitherEnd_HoldsTheNearestPlace()
    {
        double[] times = [0, 0.1, 0.2, 0.3, 0.4];
        var keypoints = Moving(times);
        Set(keypoints, 0, Joint.Nose, default);
        Set(keypoints, 4, Joint.Nose, default);

        var cleaned = SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times));

        Assert.Equal(10, cleaned[0, Joint.Nose].X, 1e-3);
        Assert.Equal(30, cleaned[4, Joint.Nose].X, 1e-3);
    }

    [Fact]
    public void Clean_JumpOfTwoFrames_IsRemoved()
    {
        double[] times = [.. Enumerable.Range(0, 30).Select(i => i / 30.0)];
        var keypoints = Moving(times);
        Set(keypoints, 10, Joint.LeftElbow, new Keypoint(900, 900, 0.9f));
        Set(keypoints, 11, Joint.LeftElbow, new Keypoint(900, 900, 0.9f));

        var cleaned = SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times));

        Assert.All(Enumerable.Range(8, 6), frame => Assert.InRange(cleaned[frame, Joint.LeftElbow].X, 20, 50));
    }

    [Fact]
    public void Clean_SteadyMovement_IsLeftAlone() =>
        Gen.Double[5, 240].Sample(rate =>
        {
            double[] times = [.. Enumerable.Range(0, 40).Select(i => i / rate)];
            var keypoints = Moving(times);
            var inner = (18 * 3)..^(18 * 3);
            Assert.Equal(keypoints[inner], SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times)).Keypoints.ToArray()[inner]);
        }, iter: 50);

    [Theory]
    [InlineData(0)]
    [InlineData(29)]
    public void Clean_JumpInTheFirstOrLastFrame_IsRemoved(int frame)
    {
        double[] times = [.. Enumerable.Range(0, 30).Select(i => i / 30.0)];
        var keypoints = Moving(times);
        Set(keypoints, frame, Joint.LeftElbow, new Keypoint(900, 900, 0.9f));

        Assert.InRange(SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times))[frame, Joint.LeftElbow].X, 0, 110);
    }

    [Theory]
    [InlineData(2, 0.9f, false)]
    [InlineData(4, 0.9f, true)]
    [InlineData(9, 0.25f, false)]
    [InlineData(9, 0.35f, true)]
    public void Clean_JointSeenInFewFramesOrDoubtfully_IsMissingThroughout(int framesSeen, float confidence, bool kept)
    {
        double[] times = [.. Enumerable.Range(0, 10).Select(i => i / 30.0)];
        var keypoints = Moving(times);
        for (var frame = 0; frame < 10; frame++)
        {
            Set(keypoints, frame, Joint.LeftAnkle, frame < framesSeen ? new Keypoint(5, 5, confidence) : default);
        }

        var cleaned = SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times));

        Assert.All(Enumerable.Range(0, 10), frame => Assert.Equal(kept, !cleaned[frame, Joint.LeftAnkle].IsMissing));
    }

    [Fact]
    public void Clean_JointSeenForSomeSeconds_IsKeptWhereTheyMatter()
    {
        double[] times = [.. Enumerable.Range(0, 600).Select(i => i / 30.0)];
        var keypoints = Moving(times);
        for (var frame = 0; frame < 600; frame++)
        {
            Set(keypoints, frame, Joint.LeftAnkle, frame is >= 300 and < 360 ? new Keypoint(5, 5, 0.9f) : default);
        }

        var sequence = new SkeletonSequence(keypoints, times);

        Assert.DoesNotContain(Joint.LeftAnkle, SkeletonCleaning.Clean(sequence).JointsSeen);
        Assert.Contains(Joint.LeftAnkle, SkeletonCleaning.CleanAnySeconds(sequence).JointsSeen);
        Assert.Contains(Joint.LeftAnkle, SkeletonCleaning.Clean(sequence, 280, 380).JointsSeen);
        Assert.DoesNotContain(Joint.LeftAnkle, SkeletonCleaning.Clean(sequence, 0, 310).JointsSeen);
    }

    [Fact]
    public void Clean_PersonComesInLate_CountsOnlyFramesWithAPerson()
    {
        double[] times = [.. Enumerable.Range(0, 100).Select(i => i / 30.0)];
        var keypoints = Moving(times);
        keypoints.AsSpan(0, 80 * 18 * 3).Clear();

        var cleaned = SkeletonCleaning.Clean(new SkeletonSequence(keypoints, times));

        Assert.False(cleaned[90, Joint.Neck].IsMissing);
    }

    [Fact]
    public void Clean_NobodyThere_StaysEmpty()
    {
        var cleaned = SkeletonCleaning.Clean(SkeletonSequence.AtConstantRate(new float[5 * 18 * 3], 30));
        Assert.All(cleaned.Keypoints.ToArray(), number => Assert.Equal(0, number));
    }

    // Every joint moves 100 pixels a second to the right.
    private static float[] Moving(double[] times)
    {
        var keypoints = new float[times.Length * 18 * 3];
        for (var frame = 0; frame < times.Length; frame++)
        {
            for (var joint = Joint.Nose; joint <= Joint.LeftEar; joint++)
            {
                Set(keypoints, frame, joint, new Keypoint((float)(100 * times[frame]), 50, 0.9f));
            }
        }

        return keypoints;
    }

    private static void Set(float[] keypoints, int frame, Joint joint, Keypoint keypoint)
    {
        var at = ((frame * 18) + (int)joint) * 3;
        (keypoints[at], keypoints[at + 1], keypoints[at + 2]) = (keypoint.X, keypoint.Y, keypoint.Confidence);
    }
}
