using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class MannequinTests
{
    [Fact]
    public void Synthesize_SameOptions_SameKeypoints()
    {
        var options = new MannequinOptions { Seed = 7, Faults = [Fault.Parse("sway:8")], Noise = EstimatorNoise.OpenPose };
        Assert.Equal(Mannequin.Synthesize(options).Sequence.Keypoints.ToArray(), Mannequin.Synthesize(options).Sequence.Keypoints.ToArray());
    }

    [Fact]
    public void Synthesize_OtherSeed_OtherMotion()
    {
        var options = new MannequinOptions { Seed = 7 };
        Assert.NotEqual(Mannequin.Synthesize(options).Joints3D[10], Mannequin.Synthesize(options with { Seed = 8 }).Joints3D[10]);
    }

    [Fact]
    public void Synthesize_OtherCameraAndNoise_SameMotion()
    {
        var (first, second) = new MannequinSampler(3).NextPair();
        var (a, b) = (Mannequin.Synthesize(first), Mannequin.Synthesize(second));
        Assert.Equal(a.Joints3D, b.Joints3D);
        Assert.Equal(a.Repetitions, b.Repetitions);
        Assert.NotEqual(a.Exact.Keypoints.ToArray(), b.Exact.Keypoints.ToArray());
    }

    [Fact]
    public void Synthesize_Repetitions_StartLowTurnHighEndLow()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Repetitions = 5, Seed = 2 });
        Assert.Equal(5, set.Repetitions.Count);
        foreach (var (start, turning, end) in set.Repetitions)
        {
            Assert.InRange(turning, start + 10, end - 10);
            var low = Measure.WristHeight(set.Joints3D[start]);
            var high = Measure.WristHeight(set.Joints3D[turning]);
            Assert.True(high > low + 0.2);
            Assert.Equal(low, Measure.WristHeight(set.Joints3D[end - 1]), 0.03);
            Assert.All(set.Joints3D[start..end], joints => Assert.InRange(Measure.WristHeight(joints), low - 0.03, high + 0.03));
        }
    }

    [Fact]
    public void Synthesize_OneFaultyRepetition_LabelsOnlyThatOne()
    {
        var set = Mannequin.Synthesize(new MannequinOptions
        {
            Repetitions = 3,
            Faults = [Fault.Parse("no-lockout:30:left")],
            FaultyRepetitions = [2],
            Variation = 0,
        });
        var span = Assert.Single(set.Faults);
        Assert.Equal(2, span.Repetition);
        Assert.Equal(Joint.LeftElbow, span.Joints[0]);
        Assert.InRange(set.RepetitionTimes[1].TurningSeconds, span.StartSeconds, span.EndSeconds);
        double[] tops = [.. Enumerable.Range(0, 3).Select(index => Measure.During(set, index, Measure.LeftElbow).Max())];
        Assert.Equal(tops[0], tops[2], 0.5);
        Assert.Equal(tops[0] - 30, tops[1], 0.5);
        Assert.Equal(tops[0], Measure.During(set, 1, Measure.RightElbow).Max(), 0.5);
    }

    [Fact]
    public void Synthesize_MirroredCameraAndFault_MirrorsThePicture()
    {
        var options = new MannequinOptions { Variation = 0, Repetitions = 1, Faults = [Fault.Parse("asymmetry:20:right")], Camera = new() { Azimuth = 50 } };
        var mirrored = Mannequin.Synthesize(options with { Faults = [Fault.Parse("asymmetry:20:left")], Camera = new() { Azimuth = -50 } });
        var expected = Mannequin.Synthesize(options).Exact.Mirror();
        for (var at = 0; at < expected.Keypoints.Length; at++)
        {
            // The mirror counts pixels, the camera the space between them: one pixel apart.
            var shift = at % 3 == 0 ? 1 : 0;
            Assert.Equal(expected.Keypoints[at] + shift, mirrored.Exact.Keypoints[at], 0.05f);
        }
    }

    [Fact]
    public void Synthesize_WithEstimatorNoise_StaysNearTheTruthAndLosesJoints()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Noise = EstimatorNoise.OpenPose, Camera = CameraPlacement.Parse("side"), Repetitions = 6 });
        var missing = 0;
        var trunk = Math.Abs(set.Exact[0, Joint.Neck].Y - set.Exact[0, Joint.RightHip].Y);
        for (var frame = 0; frame < set.Sequence.FrameCount; frame++)
        {
            foreach (var joint in Enum.GetValues<Joint>())
            {
                var seen = set.Sequence[frame, joint];
                if (seen.IsMissing)
                {
                    missing++;
                    Assert.Equal((0f, 0f), (seen.X, seen.Y));
                    continue;
                }

                Assert.InRange(seen.Confidence, 0.05, 1);
                var exact = set.Exact[frame, joint];
                Assert.True(Math.Abs(seen.X - exact.X) < 0.45 * trunk && Math.Abs(seen.Y - exact.Y) < 0.45 * trunk);
            }
        }

        Assert.InRange(missing, 1, set.Sequence.FrameCount * 8);
    }

    [Theory]
    [InlineData("squat", 4, "shoulder-press")]
    [InlineData("shoulder-press", 0, "repetitions")]
    public void Synthesize_OptionsThatMakeNoSense_SaysWhatToChange(string exercise, int repetitions, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<ArgumentException>(() => Mannequin.Synthesize(new MannequinOptions { Exercise = exercise, Repetitions = repetitions })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Synthesize_SeatedKneeDrive_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Mannequin.Synthesize(new MannequinOptions { Seated = true, Faults = [Fault.Parse("knee-drive:20")] }));
}
