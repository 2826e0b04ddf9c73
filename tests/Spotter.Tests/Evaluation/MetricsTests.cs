using CsCheck;
using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class MetricsTests
{
    [Fact]
    public void RocAuc_KnownScores_CountsPairsAndTies()
    {
        // Pairs (incorrect, correct): (1,2) won, (1,3) won, (3,2) lost, (3,3) tied.
        Assert.Equal(2.5 / 4, RankingMetrics.RocAuc(Items((1, false), (2, true), (3, false), (3, true))));
        Assert.Equal(1, RankingMetrics.RocAuc(Items((1, false), (2, true))));
        Assert.Equal(0.5, RankingMetrics.RocAuc(Items((1, false), (1, true))));
        Assert.True(double.IsNaN(RankingMetrics.RocAuc(Items((1, true), (2, true)))));
    }

    [Fact]
    public void RocAuc_AnyScores_EqualsPairCounting()
    {
        var items = Gen.Select(Gen.Int[0, 6], Gen.Bool).Array[2, 30];
        items.Sample(
            drawn =>
            {
                var labels = drawn.Select(item => new ScoredLabel(item.Item1, item.Item2, "s")).ToArray();
                var pairs =
                    from bad in labels
                    where !bad.Correct
                    from good in labels
                    where good.Correct
                    select bad.Score < good.Score ? 1 : bad.Score > good.Score ? 0 : 0.5;
                Assert.Equal(pairs.DefaultIfEmpty(double.NaN).Average(), RankingMetrics.RocAuc(labels), 1e-12);
            },
            iter: 300);
    }

    [Fact]
    public void RocAucWithinSessions_SessionsApartByLabel_CountsPairsOfOneSessionOnly()
    {
        // All incorrect repetitions of the second session are above the first's; within each session the order is perfect, then upside down.
        ScoredLabel[] items = [new(1, false, "a"), new(2, true, "a"), new(9, false, "b"), new(8, true, "b"), new(7, true, "b"), new(0, false, "only bad")];
        Assert.Equal(1.0 / 3, RankingMetrics.RocAucWithinSessions(items), 1e-12);
        Assert.True(double.IsNaN(RankingMetrics.RocAucWithinSessions([new(1, true, "a"), new(2, false, "b")])));
    }

    [Fact]
    public void DetectionAt_KnownScores_FindsTheMostWithinTheLimit()
    {
        var items = Items((1, false), (2, true), (3, false), (4, false), (5, true), (6, true), (7, false));
        Assert.Equal((0, 0.25), RankingMetrics.DetectionAt(items, 0.1));
        Assert.Equal((1.0 / 3, 0.75), RankingMetrics.DetectionAt(items, 0.4));
        Assert.Equal((1, 1), RankingMetrics.DetectionAt(items, 1));
        Assert.Equal((0, 0), RankingMetrics.DetectionAt(Items((1, true), (1, false)), 0.5)); // tied
        Assert.True(double.IsNaN(RankingMetrics.DetectionAt(Items((1, true)), 0.1).DetectionRate));
    }

    [Fact]
    public void EqualErrorRate_KnownScores_IsWhereErrorsMeet()
    {
        Assert.Equal(0, RankingMetrics.EqualErrorRate(Items((1, false), (2, true))));
        Assert.Equal(1, RankingMetrics.EqualErrorRate(Items((2, false), (1, true))));
        Assert.Equal(0.5, RankingMetrics.EqualErrorRate(Items((1, false), (1, true))));
        Assert.Equal(
            0.25, RankingMetrics.EqualErrorRate(Items((1, false), (2, false), (3, false), (4, true), (5, false), (6, true), (7, true), (8, true))), 1e-12);
    }

    [Fact]
    public void DetectionCounts_KnownVerdicts_GiveTheirRates()
    {
        var counts = DetectionCounts.Of([(false, true), (false, true), (false, false), (true, true), (true, false), (true, false), (true, false)]);
        Assert.Equal(new DetectionCounts(2, 1, 1, 3), counts);
        Assert.Equal(2.0 / 3, counts.DetectionRate);
        Assert.Equal(0.25, counts.FalseAlarmRate);
        Assert.Equal(2.0 / 3, counts.Precision);
        Assert.Equal(2.0 / 3, counts.F1, 1e-12);
        Assert.Equal(((3 * 2.0 / 3) + (4 * 0.75)) / 7, counts.WeightedF1, 1e-12);
        Assert.Equal(5, counts.Right);
    }

    [Fact]
    public void SessionBootstrap_OneSession_HasNoInterval()
    {
        var estimate = SessionBootstrap.Interval(Items((1, false), (2, true)), item => item.Session, RankingMetrics.RocAuc);
        Assert.Equal(new Estimate(1, null, null), estimate);
    }

    [Fact]
    public void SessionBootstrap_ClusteredItems_IsWiderThanOverItems()
    {
        ScoredLabel[] items = [.. Enumerable.Range(0, 80).Select(i => new ScoredLabel(i / 10 % 3, i % 2 == 0, $"{i / 10}"))];
        static double Mean(IReadOnlyList<ScoredLabel> drawn) => drawn.Average(item => item.Score);
        var bySession = SessionBootstrap.Interval(items, item => item.Session, Mean);
        var byItem = SessionBootstrap.Interval([.. items.Select((item, i) => item with { Session = $"{i}" })], item => item.Session, Mean);
        Assert.True(bySession.High - bySession.Low > 1.5 * (byItem.High - byItem.Low));
        Assert.Equal(bySession, SessionBootstrap.Interval(items, item => item.Session, Mean));
    }

    private static ScoredLabel[] Items(params (double Score, bool Correct)[] items) =>
        [.. items.Select(item => new ScoredLabel(item.Score, item.Correct, "s"))];
}
