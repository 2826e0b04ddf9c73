using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Repetitions;

/// <summary>Sets between two walks to the phone: the arms hang before and after, and a hand is up at both ends of the clip.</summary>
public sealed class FilmedAloneTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    /// <summary>One to four repetitions, from the front and the side, the phone far and near, the hand at the shoulder and over the head.</summary>
    public static TheoryData<int, double, float, float> Cases =>
        new(from count in Enumerable.Range(1, 4)
            from azimuth in new[] { 0.0, 80 }
            from nearness in new[] { 1f, 3f }
            from hand in new[] { 0.3f, 0.8f }
            select (count, azimuth, nearness, hand));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Segment_FigureFilmedAlone_StartsAndEndsAtTheShoulders(int count, double azimuth, float nearness, float hand)
    {
        var figure = new PressFigure { Repetitions = count, AzimuthDegrees = azimuth, PauseSeconds = 0.6 };
        var alone = new FilmedAlone { Nearness = nearness, HandAtPhone = hand };

        AssertOnlyTheSet(alone.Around(figure.Render()), count, [.. Enumerable.Range(0, count).Select(i =>
        {
            var start = alone.BeforeSeconds + 0.6 + (i * 2.6);
            return (start, start + 2);
        })]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Segment_MannequinFilmedAlone_StartsAndEndsAtTheShoulders(int count, double azimuth, float nearness, float hand)
    {
        var set = Mannequin.Synthesize(new MannequinOptions
        {
            Repetitions = count,
            Seed = count + 3,
            Noise = EstimatorNoise.BlazePose,
            Width = 1280,
            Height = 720,
            Camera = new CameraPlacement { Azimuth = azimuth },
        });
        var alone = new FilmedAlone { Nearness = nearness, HandAtPhone = hand };

        AssertOnlyTheSet(
            alone.Around(set.Sequence), count, [.. set.RepetitionTimes.Select(times => (times.StartSeconds + alone.BeforeSeconds, times.EndSeconds + alone.BeforeSeconds))]);
    }

    [Fact]
    public void Segment_SeveralGesturesBefore_DoNotHideTheRest()
    {
        var figure = new PressFigure { Repetitions = 2 };
        var twice = new FilmedAlone().Around(new FilmedAlone().Around(figure.Render()));

        var set = Segment(twice);

        Assert.Equal(2, Fitting(twice, set).Count);
    }

    // Each repetition is found once, from the shoulders to the shoulders; a swing of the empty hand may be found too, and is no press.
    private static void AssertOnlyTheSet(SkeletonSequence whole, int count, (double Start, double End)[] exact)
    {
        var set = Segment(whole);
        var fitting = Fitting(whole, set);
        Assert.Equal(count, fitting.Count);
        Assert.All(fitting.Zip(exact), pair =>
        {
            Assert.InRange(whole.Timestamps[pair.First.StartFrame], pair.Second.Start - 0.4, pair.Second.Start + 0.4);
            Assert.InRange(whole.Timestamps[pair.First.EndFrame - 1], pair.Second.End - 0.4, pair.Second.End + 0.4);
        });
    }

    private static RepetitionSet Segment(SkeletonSequence raw)
    {
        var sequence = SkeletonCleaning.Clean(raw);
        return RepetitionSegmenter.Segment(sequence, ViewEstimator.Estimate(sequence)!.Value, Press);
    }

    private static IReadOnlyList<Repetition> Fitting(SkeletonSequence raw, RepetitionSet set)
    {
        var sequence = SkeletonCleaning.Clean(raw);
        return ExerciseFit.Check(sequence, ViewEstimator.Estimate(sequence)!.Value, Press, set.Repetitions).Repetitions;
    }
}
