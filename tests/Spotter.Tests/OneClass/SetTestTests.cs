using CsCheck;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class SetTestTests
{
    // The smallest p-values that packs of 18 and 131 correct repetitions can give.
    private const double Small = 1.0 / 19;
    private const double Large = 1.0 / 132;

    [Fact]
    public void PValue_OneRepetition_IsItsOwn() => Assert.Equal(0.07, SetTest.PValue([0.07]));

    [Theory]
    [InlineData(Small, 1, 3, false)]
    [InlineData(Small, 1, 10, false)]
    [InlineData(Small, 2, 4, true)]
    [InlineData(Small, 5, 10, true)]
    [InlineData(Large, 1, 2, false)]
    [InlineData(Large, 1, 13, false)]
    [InlineData(Large, 2, 13, true)]
    public void PValue_SomeAsBadAsCanBe_FlagsTheSetWhereItIsNotOneAlone(double worst, int bad, int repetitions, bool flagged) =>
        Assert.Equal(flagged, SetTest.PValue([.. Enumerable.Repeat(worst, bad), .. Enumerable.Repeat(0.5, repetitions - bad)]) <= 0.1);

    [Fact]
    public void PValue_AnyValues_LiesBetweenTheSmallestAndTheLargest() =>
        Gen.Double[0.001, 1].Array[1, 12].Sample(pValues => Assert.InRange(SetTest.PValue(pValues), pValues.Min() - 1e-12, pValues.Max() + 1e-12));

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void PValue_CorrectRepetitionsAlikeToAnyDegree_FlagsNoMoreThanAskedFor(double correlation)
    {
        var random = new Random(5);
        double[] counts = [2, 3, 4, 6, 10];
        foreach (var count in counts)
        {
            var flagged = Enumerable.Range(0, 10_000).Count(_ =>
            {
                var shared = Normal(random);
                return SetTest.PValue(Enumerable.Range(0, (int)count).Select(_ => Share((Math.Sqrt(correlation) * shared) + (Math.Sqrt(1 - correlation) * Normal(random))))) <= 0.1;
            });
            Assert.InRange(flagged / 10_000.0, 0, 0.125);
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // Share of the normal distribution below a value (logistic approximation, right to 0.0002).
    private static double Share(double value) => 1 / (1 + Math.Exp(-((1.5976 * value) + (0.07056 * value * value * value))));
}
