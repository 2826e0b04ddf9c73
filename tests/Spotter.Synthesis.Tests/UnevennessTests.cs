using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class UnevennessTests
{
    public static TheoryData<string> Exercises() => [.. MannequinExercises.All.Select(exercise => exercise.Name)];

    [Fact]
    public void WayPace_Even_IsTheShareOfTime()
    {
        foreach (var share in new[] { 0, 0.2, 0.5, 0.9, 1 })
        {
            Assert.Equal(share, WayPace.Even.At(share), 12);
            Assert.Equal(share, WayPace.Even.TimeOf(share));
        }

        Assert.Equal(1, WayPace.Even.Stretch);
    }

    [Theory]
    [InlineData(0.3, 0.5, 0.2)]
    [InlineData(0.1, 1, 0.1)]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(0.75, 0.9, 0.25)]
    public void WayPace_Slow_GetsToTheEndWithoutTurningBackAndIsSlowestInItsMiddle(double middle, double depth, double reach)
    {
        var pace = new WayPace(middle, depth, reach);
        double[] shares = [.. Enumerable.Range(0, 1001).Select(at => pace.At(at / 1000.0))];
        Assert.Equal((0, 1), (Math.Round(shares[0], 12), Math.Round(shares[^1], 12)));
        double[] speeds = [.. shares.Zip(shares.Skip(1), (now, next) => (next - now) * 1000)];
        Assert.All(speeds, speed => Assert.True(speed >= -1e-9));
        Assert.Equal(middle, speeds.Index().MinBy(speed => speed.Item).Index / 1000.0, 2);
        Assert.Equal(1 - depth, speeds.Min() / speeds.Max(), 2);
        Assert.All(shares, share => Assert.Equal(share, pace.At(pace.TimeOf(share)), 9));

        // Outside of the slow stretch it is as fast as an even way that is shorter by what the stretch costs.
        Assert.Equal(pace.Stretch, speeds.Max(), 2);
    }

    [Theory]
    [MemberData(nameof(Exercises))]
    public void Synthesize_Unevenly_TimesDifferAndPlacesDoNot(string exercise)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var options = new MannequinOptions { Exercise = exercise, Seed = seed, Repetitions = 3, FramesPerSecond = 60 };
            var (even, uneven) = (new SetMotion(options), new SetMotion(options with { Unevenness = 1 }));
            foreach (var (one, other) in even.Timeline.Repetitions.Zip(uneven.Timeline.Repetitions))
            {
                Assert.NotEqual(one.Duration, other.Duration);
                Assert.InRange(other.Duration / one.Duration, 0.4, 4);

                // Halfway of either way and at the turning point the arms are where they are without it, but for the slow drift of the whole body.
                foreach (var (then, when) in new[] { (one.AwayAt(0.5), other.AwayAt(0.5)), (one.TurningSeconds, other.TurningSeconds), (one.BackAt(0.5), other.BackAt(0.5)) })
                {
                    Assert.Equal(even.Timeline.At(then).Progress, uneven.Timeline.At(when).Progress, 6);
                }
            }
        }
    }

    [Fact]
    public void Synthesize_Unevenly_StandsStillOnTheWayInSomePeopleOnly()
    {
        double[] slowest = [.. Enumerable.Range(1, 60).Select(seed =>
        {
            var motion = new SetMotion(new MannequinOptions { Seed = seed, Repetitions = 1, Unevenness = 1 });
            var times = motion.Timeline.Repetitions[0];
            double[] progress = [.. Enumerable.Range(0, 101).Select(at => motion.Timeline.At(double.Lerp(times.AwayAt(0.25), times.AwayAt(0.75), at / 100.0)).Progress)];
            return progress.Zip(progress.Skip(5), (now, next) => next - now).Min() / (progress[^1] - progress[0]) * 20;
        })];
        Assert.InRange(slowest.Count(share => share < 0.2), 3, 30);
        Assert.InRange(slowest.Count(share => share > 0.7), 6, 45);
    }

    [Fact]
    public void Synthesize_TooUneven_IsRefused() =>
        Assert.Contains("unevenness", Assert.Throws<ArgumentException>(() => new SetMotion(new MannequinOptions { Unevenness = 3 })).Message, StringComparison.Ordinal);
}
