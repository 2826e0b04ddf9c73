using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Measures;

/// <summary>What leads up to a repetition is measured before it begins, and belongs to no other.</summary>
public sealed class ApproachTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    [Theory]
    [InlineData(0)]
    [InlineData(76)]
    public void Bounce_AtTheBottom_IsMeasuredThoughItLiesBeforeTheRepetition(double azimuth)
    {
        var without = Measure("bounce", azimuth);
        var with = Measure("bounce", azimuth, new Fault(FaultKind.Bounce, 0.15));

        Assert.All(without, value => Assert.InRange(value, 0, 0.02));
        Assert.All(with, value => Assert.InRange(value, 0.04, 0.2));
    }

    [Fact]
    public void KneeDrive_BeforeTheHandsRise_IsMeasuredInFull()
    {
        var without = Measure("knee-drive-degrees", 90);
        var with = Measure("knee-drive-degrees", 90, new Fault(FaultKind.KneeDrive, 40));

        Assert.All(with.Zip(without), pair => Assert.InRange(pair.First - pair.Second, 30, 45));
    }

    [Fact]
    public void Rocking_TellsSwayingFromLeaning()
    {
        var (lean, sway) = (new Fault(FaultKind.LeanBack, 15), new Fault(FaultKind.Sway, 15));

        Assert.All(Measure("trunk-sway-degrees", 90, lean), value => Assert.True(value > 10));
        Assert.All(Measure("trunk-rocking-degrees", 90, lean), value => Assert.True(value < 6));
        Assert.All(Measure("trunk-rocking-degrees", 90, sway), value => Assert.True(value > 8));
    }

    [Fact]
    public void Paused_StopOnTheWay_IsAsLongAsTheStop()
    {
        var set = Mannequin.Synthesize(Options(90));
        var repetition = Cut(set.Exact)[1];
        var middle = (repetition.StartFrame + repetition.TurningFrame) / 2;
        const int Stopped = 24; // frames, 0.8 s

        // One frame held for the time of the stop.
        int[] frames = [.. Enumerable.Range(0, middle), .. Enumerable.Repeat(middle, Stopped), .. Enumerable.Range(middle, set.Exact.FrameCount - middle)];
        const int FrameSize = Skeleton.JointCount * 3;
        var held = SkeletonSequence.AtConstantRate([.. frames.SelectMany(frame => set.Exact.Keypoints.Slice(frame * FrameSize, FrameSize).ToArray())], 30, set.Exact.Width, set.Exact.Height);

        Assert.InRange(Paused(set.Exact), 0, 0.2);
        Assert.InRange(Paused(held), 0.75, 1);

        double Paused(SkeletonSequence sequence) => Extract(sequence).ElementAt(1)["seconds-paused"];
    }

    private static double[] Measure(string name, double azimuth, params Fault[] faults) =>
        [.. Extract(Mannequin.Synthesize(Options(azimuth) with { Faults = faults }).Exact).Select(measures => measures[name])];

    private static IEnumerable<MeasureVector> Extract(SkeletonSequence sequence)
    {
        var cleaned = SkeletonCleaning.Clean(sequence);
        var view = ViewEstimator.Estimate(cleaned)!.Value;
        return Cut(sequence).Select(repetition => MeasureExtractor.Extract(cleaned, repetition, view, Press));
    }

    private static IReadOnlyList<Repetition> Cut(SkeletonSequence sequence)
    {
        var cleaned = SkeletonCleaning.Clean(sequence);
        return RepetitionSegmenter.Segment(cleaned, ViewEstimator.Estimate(cleaned)!.Value, Press).Repetitions;
    }

    private static MannequinOptions Options(double azimuth) => new() { Repetitions = 3, Seed = 3, Camera = new CameraPlacement { Azimuth = azimuth } };
}
