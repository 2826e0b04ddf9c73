using CsCheck;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Skeletons;

public sealed class SkeletonNormalizationTests
{
    private static readonly Repetition OneRepetition = new(15, 45, 76);

    [Fact]
    public void ToNetworkInput_Press_HasShapeConfidenceAndHipsOfItsConvention()
    {
        var input = SkeletonNormalization.ToNetworkInput(new PressFigure().Render(), OneRepetition);

        Assert.Equal(3 * 32 * 18, input.Length);
        Assert.All(input[(2 * 32 * 18)..], confidence => Assert.Equal(0.5f, confidence));
        var hips = (Value(input, 0, 10, Joint.RightHip) + Value(input, 0, 10, Joint.LeftHip)) / 2;
        Assert.Equal(0, hips, 1e-5);
        Assert.Equal(0.1, Value(input, 1, 10, Joint.RightHip), 1e-5);
        Assert.Equal(0.1 - 0.24, Value(input, 1, 10, Joint.Neck), 1e-5);
    }

    [Fact]
    public void ToNetworkInput_MovedScaledOrMirroredPicture_IsTheSame() =>
        Gen.Select(Gen.Double[-500, 500], Gen.Double[-300, 300], Gen.Double[0.3, 4], Gen.Bool).Sample((x, y, scale, mirrored) =>
        {
            var figure = new PressFigure { AzimuthDegrees = 80, LeanDegrees = 6 };
            var expected = SkeletonNormalization.ToNetworkInput(figure.Render(), OneRepetition);
            var other = (figure with { CentreX = figure.CentreX + x, HipY = figure.HipY + y, Scale = figure.Scale * scale }).Render();
            AssertClose(expected, SkeletonNormalization.ToNetworkInput(mirrored ? other.Mirror() : other, OneRepetition), 1e-4);
        }, iter: 40);

    [Fact]
    public void ToNetworkInput_SlowerMovementOrOtherFrameRate_IsNearlyTheSame() =>
        Gen.Select(Gen.Double[1, 4], Gen.Double[15, 120]).Sample((seconds, rate) =>
        {
            var figure = new PressFigure { Repetitions = 1, PauseSeconds = 0, SecondsPerRepetition = seconds, FramesPerSecond = rate };
            double[] times = [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => i / rate), seconds];
            var expected = SkeletonNormalization.ToNetworkInput((figure with { SecondsPerRepetition = 1, FramesPerSecond = 200 }).Render());
            AssertClose(expected, SkeletonNormalization.ToNetworkInput(figure.Render(times)), 0.01);
        }, iter: 40);

    [Fact]
    public void ToNetworkInput_MissingJoint_IsZeroEverywhere()
    {
        var keypoints = new PressFigure().Render().Keypoints.ToArray();
        for (var at = (int)Joint.LeftAnkle * 3; at < keypoints.Length; at += 18 * 3)
        {
            keypoints.AsSpan(at, 3).Clear();
        }

        var input = SkeletonNormalization.ToNetworkInput(SkeletonSequence.AtConstantRate(keypoints, 30), OneRepetition);
        for (var at = (int)Joint.LeftAnkle; at < input.Length; at += 18)
        {
            Assert.Equal(0, input[at]);
        }
    }

    [Fact]
    public void ToNetworkInput_OneFrame_RepeatsIt()
    {
        var input = SkeletonNormalization.ToNetworkInput(new PressFigure().Render(), new Repetition(4, 4, 5), frames: 3);
        Assert.Equal(input[..18], input[18..36]);
        Assert.Equal(input[..18], input[36..54]);
    }

    [Fact]
    public void ToNetworkInput_HipsNeverSeen_SaysSo()
    {
        var sequence = SkeletonSequence.AtConstantRate(new float[10 * 18 * 3], 30);
        Assert.Throws<ArgumentException>(() => SkeletonNormalization.ToNetworkInput(sequence));
    }

    [Fact]
    public void ToNetworkInput_RepetitionOutsideTheSequence_SaysSo() =>
        Assert.Throws<ArgumentException>(() => SkeletonNormalization.ToNetworkInput(new PressFigure().Render(), new Repetition(0, 5, 100_000)));

    private static float Value(float[] input, int channel, int frame, Joint joint) => input[(((channel * 32) + frame) * 18) + (int)joint];

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"number {i}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
