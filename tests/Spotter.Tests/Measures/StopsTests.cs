using CsCheck;
using Spotter.Measures;

namespace Spotter.Tests.Measures;

public sealed class StopsTests
{
    private const double Share = 0.1;

    [Fact]
    public void Longest_StopOnTheWay_LastsAsLongAsTheMovementGetsOnByLittle() =>
        Assert.Equal(0.3, Stops.Longest([0, 1, 2, 3, 4, 5], [0, 0.3, 0.35, 0.32, 0.39, 0.7], [0, 0.1, 0.2, 0.3, 0.4, 0.5], Share), 9);

    [Fact]
    public void Longest_FrameInBetweenThatIsFarAway_EndsTheStretch() =>
        Assert.Equal(0.1, Stops.Longest([0, 1, 3], [0.3, 0.3, 0.9, 0.3], [0, 0.1, 0.2, 0.3], Share), 9);

    [Fact]
    public void Longest_NoFrames_IsNone() => Assert.Equal(0, Stops.Longest([], [], [], Share));

    [Fact]
    public void Longest_AnyMovement_IsWhatTryingAllStretchesFinds() =>
        Gen.Select(Gen.Double[0, 0.3], Gen.Bool).Array[0, 40].Sample(drawn =>
        {
            double[] shares = [.. drawn.Select(one => one.Item1)], times = [.. drawn.Select((_, frame) => frame / 30.0)];
            int[] frames = [.. Enumerable.Range(0, drawn.Length).Where(frame => drawn[frame].Item2)];
            var tried =
                from first in frames
                from last in frames.Where(last => last >= first)
                let between = shares[first..(last + 1)]
                where between.Max() - between.Min() <= Share
                select times[last] - times[first];

            Assert.Equal(tried.DefaultIfEmpty().Max(), Stops.Longest(frames, shares, times, Share));
        });

    [Fact]
    public void Longest_TenMinutesThatHardlyMove_IsAllOfThem()
    {
        int[] frames = [.. Enumerable.Range(0, 600 * 60)];
        double[] shares = [.. frames.Select(frame => 0.5 + (0.04 * Math.Sin(frame / 50.0)))], times = [.. frames.Select(frame => frame / 60.0)];

        Assert.Equal(times[^1], Stops.Longest(frames, shares, times, Share));
    }
}
