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
    public void Find_BounceWithoutWhichASmallSwingWouldBeLeft_Stays() =>
        Assert.Equal([(0, true), (1, false), (2, true), (3, false), (4, true)], Find([0.9, -0.19, 0.157, -0.273, 0]));

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

    [Fact]
    public void Find_AnyTurningPoints_LosesThoseThatLookingAtAllEachTimeTakesOut() =>
        Gen.Double[0, 1].Array[0, 200].Sample(drawn =>
        {
            // Up and down in turn, small swings far more often than large ones.
            double[] signal = [.. drawn.Select((one, frame) => Math.Pow(one, 4) * (frame % 2 == 1 ? 1 : -1))];
            List<TurningPoint> points = [.. signal.Select((_, frame) => new TurningPoint(frame, frame % 2 == 1))];

            Assert.Equal(PlainlyJoined(signal, points), SwingChain.Joined(signal, points, 0.4));
        });

    [Fact]
    public void Find_TenMinutesOfTrembling_IsOneLargeSwing()
    {
        // Three steps up, one back.
        double[] signal = [.. Enumerable.Range(0, 36000).Select(frame => (frame * 0.3) + (frame % 2 * 0.6))];

        Assert.Equal([(0, false), (35999, true)], Find(signal));
    }

    private static List<TurningPoint> PlainlyJoined(double[] signal, List<TurningPoint> points)
    {
        List<TurningPoint> left = [.. points];
        while (Enumerable.Range(1, Math.Max(0, left.Count - 3)).Where(IsHitch).OrderBy(Size).Cast<int?>().FirstOrDefault() is { } hitch)
        {
            left.RemoveRange(hitch, 2);
        }

        while (Enumerable.Range(1, Math.Max(0, left.Count - 2)).Where(IsBounce).Cast<int?>().FirstOrDefault() is { } bounce)
        {
            left.RemoveRange(bounce, 2);
        }

        return left;

        bool IsHitch(int at) => Size(at) < 0.4 * Math.Min(Size(at - 1), Size(at + 1));

        bool IsBounce(int at) => left[at].IsTop && Math.Max(Size(at - 1), Size(at)) < 0.4 * Math.Max(Size(at - 2), Size(at + 1))
            && (at + 2 >= left.Count || Math.Abs(signal[left[at + 2].Frame] - signal[left[at - 1].Frame]) >= Math.Min(Size(at - 1), Size(at)));

        double Size(int from) => from < 0 || from + 1 >= left.Count ? 0 : Math.Abs(signal[left[from + 1].Frame] - signal[left[from].Frame]);
    }

    private static (int Frame, bool IsTop)[] Find(double[] signal) => [.. Swings.Find(signal, 0.2).Select(point => (point.Frame, point.IsTop))];
}
