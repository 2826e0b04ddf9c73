using CsCheck;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class ConformalCalibrationTests
{
    [Fact]
    public void PValue_KnownScores_CountsThoseAtMostAsHigh()
    {
        var calibration = new ConformalCalibration([0.3, 0.1, 0.2, 0.2], [0, 0, 1, 1]);
        Assert.Equal(1.0 / 5, calibration.PValue(0.05));
        Assert.Equal(2.0 / 5, calibration.PValue(0.1));
        Assert.Equal(4.0 / 5, calibration.PValue(0.2));
        Assert.Equal(1, calibration.PValue(9));
        Assert.Equal(1.0 / 5, calibration.SmallestPValue);
    }

    [Theory]
    [InlineData(0.1, 9)]
    [InlineData(0.2, 4)]
    [InlineData(0.05, 19)]
    [InlineData(0.01, 99)]
    [InlineData(0.15, 6)]
    public void MinimumRepetitions_Rate_IsTheFirstCountThatCanFlag(double rate, int expected)
    {
        Assert.Equal(expected, ConformalCalibration.MinimumRepetitions(rate));
        var enough = new ConformalCalibration(new double[expected], new int[expected]);
        var tooFew = new ConformalCalibration(new double[expected - 1], new int[expected - 1]);
        Assert.True(enough.Supports(rate) && enough.PValue(-1) <= rate);
        Assert.True(!tooFew.Supports(rate) && tooFew.PValue(-1) > rate);
        Assert.Equal((0, 0), tooFew.FalseAlarmInterval(rate));
    }

    [Fact]
    public void PValue_ExchangeableScores_IsValidAtEveryRate()
    {
        Gen.Select(Gen.Double[-1, 1].Array[20], Gen.Double[0.06, 0.5]).Sample(
            draw =>
            {
                // Every one of the 20 in turn is the new repetition: exactly the average over the order in which they could have come.
                var flagged = Enumerable.Range(0, 20).Count(i =>
                {
                    double[] others = [.. draw.Item1[..i], .. draw.Item1[(i + 1)..]];
                    return new ConformalCalibration(others, new int[19]).PValue(draw.Item1[i]) <= draw.Item2;
                });
                Assert.True(flagged <= 20 * draw.Item2);
            },
            iter: 200);
    }

    [Fact]
    public void EffectiveCount_SessionsAlike_IsNearTheCount()
    {
        double[] scores = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i * 37.7))];
        var alike = new ConformalCalibration(scores, [.. Enumerable.Range(0, 60).Select(i => i % 6)]);
        Assert.InRange(alike.EffectiveCount, 40, 60);
    }

    [Fact]
    public void EffectiveCount_SessionsApart_IsNearTheSessions()
    {
        double[] scores = [.. Enumerable.Range(0, 60).Select(i => (i % 6) + (0.01 * Math.Sin(i)))];
        var apart = new ConformalCalibration(scores, [.. Enumerable.Range(0, 60).Select(i => i % 6)]);
        Assert.InRange(apart.EffectiveCount, 6, 7);
        var (low, high) = apart.FalseAlarmInterval(0.1);
        Assert.True(low < 0.02 && high > 0.35);
    }

    [Fact]
    public void ObservedFalseAlarms_OneSessionLower_FlagsThatSession()
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(i => i < 10 ? -1 : i * 0.01)];
        int[] sessions = [.. Enumerable.Range(0, 40).Select(i => i / 10)];
        var observed = new ConformalCalibration(scores, sessions).ObservedFalseAlarms(0.1);
        Assert.Equal([(10, 10), (0, 10), (0, 10), (0, 10)], observed);
    }

    [Theory]
    [InlineData(0.1, 2, 30)]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(0.9, 20, 3)]
    [InlineData(0.05, 1.3, 400)]
    [InlineData(0.35, 7.5, 11)]
    public void Quantile_OfCumulative_ReturnsTheArgument(double x, double a, double b) =>
        Assert.Equal(x, BetaDistribution.Quantile(BetaDistribution.Cumulative(x, a, b), a, b), Math.Max(1e-9, 1e-7 * x));

    [Fact]
    public void Cumulative_KnownValues_AreMet()
    {
        // Computed with scipy.stats.beta.
        Assert.Equal(0.8304353668991351, BetaDistribution.Cumulative(0.1, 2, 30), 1e-12);
        Assert.Equal(0.5, BetaDistribution.Cumulative(0.5, 0.5, 0.5), 1e-12);
        Assert.Equal(0.6200409384119034, BetaDistribution.Cumulative(0.9, 20, 3), 1e-12);
        var (low, high) = BetaDistribution.ClopperPearson(3, 20);
        Assert.Equal(0.0320709371854637, low, 1e-9);
        Assert.Equal(0.37892682654531396, high, 1e-9);
        Assert.Equal(0, BetaDistribution.ClopperPearson(0, 20).Low);
    }
}
