using CsCheck;
using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Repetitions;

public sealed class RepetitionSegmenterTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    [Fact]
    public void Segment_AnyPress_CountsExactlyAndInOrder() =>
        Gen.Select(Gen.Int[1, 6], Gen.Double[0.8, 5], Gen.Double[0, 2], Gen.Double[-90, 90], Gen.Double[12, 60]).Sample((count, seconds, pause, azimuth, rate) =>
        {
            var figure = new PressFigure
            {
                Repetitions = count,
                SecondsPerRepetition = seconds,
                PauseSeconds = pause,
                AzimuthDegrees = azimuth,
                FramesPerSecond = rate,
            };
            var set = Segment(figure.Render());
            Assert.Equal(count, set.Repetitions.Count);
            Assert.Null(set.CutOffAtStart);
            Assert.Null(set.CutOffAtEnd);
            Assert.All(set.Repetitions, repetition => Assert.InRange(repetition.TurningFrame, repetition.StartFrame + 1, repetition.EndFrame - 2));
            Assert.All(set.Repetitions.Zip(set.Repetitions.Skip(1)), pair => Assert.True(pair.First.EndFrame <= pair.Second.StartFrame + 1));
        }, iter: 60);

    [Fact]
    public void Segment_PausesBetween_BelongToNoRepetition()
    {
        var figure = new PressFigure { Repetitions = 3, SecondsPerRepetition = 2, PauseSeconds = 3 };
        foreach (var (repetition, i) in Segment(figure.Render()).Repetitions.Select((repetition, i) => (repetition, i)))
        {
            var start = 3 + (i * 5);
            Assert.InRange(repetition.StartFrame / 30.0, start - 0.2, start + 0.4);
            Assert.InRange(repetition.TurningFrame / 30.0, start + 0.9, start + 1.1);
            Assert.InRange(repetition.EndFrame / 30.0, start + 1.6, start + 2.2);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Segment_ArmsHangBeforeAndAfter_AreLeftOut(int count)
    {
        var figure = new PressFigure { Repetitions = count, PauseSeconds = 1 };
        var pressed = figure.Render();
        var whole = WithHangingArms(pressed, seconds: 2);
        var set = Segment(whole);

        Assert.Equal(count, set.Repetitions.Count);
        Assert.InRange(whole.Timestamps[set.Repetitions[0].StartFrame], 2.8, 3.4);
        Assert.InRange(whole.Timestamps[set.Repetitions[^1].EndFrame - 1], 2 + figure.DurationSeconds - 1.4, 2 + figure.DurationSeconds - 0.8);
    }

    [Theory]
    [InlineData(0.7, 0.7, 1, true, true)]
    [InlineData(0.35, 0, 3, false, false)]
    [InlineData(0, 0.35, 3, false, false)]
    [InlineData(0.75, 0, 2, true, false)]
    [InlineData(0, 0.75, 2, false, true)]
    [InlineData(0, 1.35, 2, false, true)]
    public void Segment_ClipThatBeginsOrEndsWithinARepetition_TellsItApart(
        double secondsOff, double secondsOffAtEnd, int expected, bool cutAtStart, bool cutAtEnd)
    {
        var sequence = new PressFigure { Repetitions = 3, SecondsPerRepetition = 2, PauseSeconds = 0 }.Render();
        var set = Segment(sequence.Slice((int)(30 * secondsOff), sequence.FrameCount - (int)(30 * secondsOffAtEnd)));

        Assert.Equal(expected, set.Repetitions.Count);
        Assert.Equal(cutAtStart, set.CutOffAtStart is not null);
        Assert.Equal(cutAtEnd, set.CutOffAtEnd is not null);
    }

    [Fact]
    public void Segment_MissingKeypointsAndJumps_CountsTheSame() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 0.25]).Sample((seed, share) =>
        {
            var sequence = new PressFigure { Repetitions = 4 }.Render();
            var keypoints = sequence.Keypoints.ToArray();
            var random = new Random(seed);
            var jumps = new List<int>[18];
            for (var at = 0; at < keypoints.Length; at += 3)
            {
                if (random.NextDouble() < share)
                {
                    keypoints.AsSpan(at, 3).Clear();
                }
                else if (random.NextDouble() < 0.004 && StandsOut(jumps, at / 3))
                {
                    keypoints[at + 1] += 150;
                }
            }

            Assert.Equal(4, Segment(new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), 1280, 720)).Repetitions.Count);
        }, iter: 30);

    // A running median of five takes out jumps that are fewer than what is around them; three of five frames would be where the joint is.
    private static bool StandsOut(List<int>[] jumps, int place)
    {
        var (frame, joint) = (place / 18, place % 18);
        jumps[joint] ??= [];
        if (jumps[joint].Any(other => frame - other < 5))
        {
            return false;
        }

        jumps[joint].Add(frame);
        return true;
    }

    [Fact]
    public void Segment_HitchInTheRise_DoesNotCutTheRepetition()
    {
        var sequence = new PressFigure { Repetitions = 2, SecondsPerRepetition = 4 }.Render();
        var keypoints = sequence.Keypoints.ToArray();
        for (var frame = 40; frame < 50; frame++)
        {
            for (var joint = Joint.RightShoulder; joint <= Joint.LeftWrist; joint++)
            {
                if (joint is Joint.RightWrist or Joint.LeftWrist)
                {
                    keypoints[(((frame * 18) + (int)joint) * 3) + 1] += 28;
                }
            }
        }

        Assert.Equal(2, Segment(new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), 1280, 720)).Repetitions.Count);
    }

    [Fact]
    public void Segment_StandingStill_FindsNothing()
    {
        var set = Segment(new PressFigure { Repetitions = 0, PauseSeconds = 4 }.Render());
        Assert.Empty(set.Repetitions);
        Assert.Null(set.CutOffAtStart);
        Assert.NotEmpty(set.Signal);
    }

    [Fact]
    public void Segment_ArmsNotSeen_HasNoSignal()
    {
        var sequence = new PressFigure { AzimuthDegrees = 90 }.Render();
        var keypoints = sequence.Keypoints.ToArray();
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            if ((Joint)(at / 3 % 18) is Joint.RightWrist or Joint.LeftWrist)
            {
                keypoints.AsSpan(at, 3).Clear();
            }
        }

        Assert.Empty(Segment(new SkeletonSequence(keypoints, sequence.Timestamps.ToArray())).Signal);
    }

    private static RepetitionSet Segment(SkeletonSequence raw)
    {
        var sequence = SkeletonCleaning.Clean(raw);
        return RepetitionSegmenter.Segment(sequence, ViewEstimator.Estimate(sequence)!.Value, Press);
    }

    // The hands come up from the hips within half of the time, rest at the shoulders, and go back down in the end.
    private static SkeletonSequence WithHangingArms(SkeletonSequence pressed, double seconds)
    {
        var frames = (int)(seconds * 30);
        var total = pressed.FrameCount + (2 * frames);
        var keypoints = new float[total * 18 * 3];
        for (var frame = 0; frame < total; frame++)
        {
            var source = Math.Clamp(frame - frames, 0, pressed.FrameCount - 1);
            var distance = Math.Max(frames - frame, frame - (total - 1 - frames)) / (double)frames;
            var down = 130 * Math.Clamp(distance * 2, 0, 1);
            for (var joint = Joint.Nose; joint <= Joint.LeftEar; joint++)
            {
                var keypoint = pressed[source, joint];
                var at = ((frame * 18) + (int)joint) * 3;
                keypoints[at] = keypoint.X;
                keypoints[at + 1] = keypoint.Y + (joint is Joint.RightWrist or Joint.LeftWrist ? (float)down : 0);
                keypoints[at + 2] = keypoint.Confidence;
            }
        }

        return SkeletonSequence.AtConstantRate(keypoints, 30, 1280, 720);
    }
}
