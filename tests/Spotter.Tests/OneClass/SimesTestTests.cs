using CsCheck;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class SimesTestTests
{
    [Fact]
    public void PValue_OneRepetition_IsItsOwn() => Assert.Equal(0.07, SimesTest.PValue([0.07]));

    [Theory]
    [InlineData(0.4, 0.1, 0.6, 0.7, 0.8)]
    [InlineData(0.135, 0.09, 0.08, 0.3)]
    [InlineData(0.04, 0.01, 0.9, 0.8, 0.7)]
    [InlineData(0.08, 0.08, 0.08, 0.08)]
    public void PValue_Several_IsTheSmallestOfTheirBounds(double expected, params double[] pValues) => Assert.Equal(expected, SimesTest.PValue(pValues), 1e-9);

    [Fact]
    public void PValue_AnyValues_LiesBetweenTheSmallestAndTheLargest() =>
        Gen.Double[0.001, 1].Array[1, 12].Sample(pValues => Assert.InRange(SimesTest.PValue(pValues), pValues.Min() - 1e-12, pValues.Max() + 1e-12));

    [Fact]
    public void PValue_IndependentUniforms_FlagsTheShareAskedFor()
    {
        var random = new Random(5);
        var flagged = Enumerable.Range(0, 20_000).Count(_ => SimesTest.PValue(Enumerable.Range(0, 10).Select(_ => random.NextDouble())) <= 0.1);
        Assert.InRange(flagged / 20_000.0, 0.09, 0.11);
    }
}
