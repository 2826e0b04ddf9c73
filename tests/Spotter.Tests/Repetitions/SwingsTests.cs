using CsCheck;
using Spotter.Repetitions;

namespace Spotter.Tests.Repetitions;

public sealed class SwingsTests
{
    [Fact]
    public void Find_SwingsOfThePlainSignal_AreTopsAndBottomsInTurn() =>
        Assert.Equal([(0, false), (2, true), (4, false), (6, true), (8, false)], Find([0, 0.5, 1, 0.5, 0, 0.5, 1, 0.5, 0]));

    [Fact]
    public void Find_HitchOnTheWayUp_IsOneMovement() => Assert.Equal([(0, false), (3, true), (4, false)], Find([0, 0.8, 0.58, 1.4, 0]));

    [Fact]
    public void Find_BounceBeforeTheWayUpOrAfterTheWayDown_IsNoMovementOfItsOwn()
    {
        Assert.Equal([(0, false), (3, true), (4, false)], Find([0, 0.3, 0, 1, 0]));
        Assert.Equal([(0, false), (1, true), (2, false)], Find([0, 1, 0, 0.3, 0]));
    }

    [Fact]
    public void Find_HalfARepetitionAmongWholeOnes_IsOneOfItsOwn() =>
        Assert.Equal(3, Find([0, 1, 0, 0.5, 0, 1, 0]).Count(point => point.IsTop));

    [Fact]
    public void Find_SignalThatEndsHigh_EndsWithATop() => Assert.Equal([(0, true), (1, false), (2, true)], Find([1, 0, 0.9]));

    [Fact]
    public void Find_SmallOrNoSignal_IsEmpty()
    {
        Assert.Empty(Find([0, 0.1, 0, 0.1]));
        Assert.Empty(Find([]));
    }

    [Fact]
    public void Find_AnySignal_AlternatesInOrderWithLargeSwingsOnly() =>
        Gen.Double[-1, 1].Array[0, 60].Sample(signal =>
        {
            var points = Swings.Find(signal, 0.2);
            Assert.All(points.Zip(points.Skip(1)), pair =>
            {
                Assert.True(pair.First.Frame < pair.Second.Frame);
                Assert.NotEqual(pair.First.IsTop, pair.Second.IsTop);
                Assert.True(Math.Abs(signal[pair.First.Frame] - signal[pair.Second.Frame]) >= 0.2);
            });
        });

    private static (int Frame, bool IsTop)[] Find(double[] signal) => [.. Swings.Find(signal, 0.2).Select(point => (point.Frame, point.IsTop))];
}
