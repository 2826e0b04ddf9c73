using Spotter.Synthesis;
using Spotter.Training.Flows;

namespace Spotter.Training.Tests.Flows;

public sealed class RealNvpTests
{
    private const int Dimensions = 3;
    private const double Small = 1e-5;

    // A bent band: neither a normal distribution nor independent numbers.
    private static readonly double[][] Samples = [.. Enumerable.Range(0, 24).Select(i =>
    {
        var random = SeededRandom.For(i, "samples");
        var first = random.Normal();
        return (double[])[first, (0.5 * first * first) - 0.5 + (0.2 * random.Normal()), 0.5 * random.Normal()];
    })];

    private static readonly Lazy<RealNvp> Fitted = new(Fit);

    [Fact]
    public void LogDensity_BeforeTraining_IsThatOfTheStandardNormalDistribution() =>
        Assert.Equal((-0.5 * (0.25 + 1 + 4)) - (1.5 * Math.Log(2 * Math.PI)), new RealNvp(Dimensions).LogDensity([0.5, -1, 2]), 9);

    [Fact]
    public void Inverse_OfForward_GivesSamplesBack()
    {
        foreach (var sample in Samples)
        {
            double[] value = [.. sample];
            Fitted.Value.Forward(value);
            Assert.NotEqual(sample[0], value[0], 3);
            Fitted.Value.Inverse(value);
            Assert.All(sample.Zip(value), pair => Assert.Equal(pair.First, pair.Second, 9));
        }
    }

    [Fact]
    public void Forward_LogDeterminant_IsThatOfItsDerivative()
    {
        foreach (var sample in Samples)
        {
            double[][] rows = [.. Enumerable.Range(0, Dimensions).Select(i =>
            {
                var (ahead, behind) = (Moved(sample, i, Small), Moved(sample, i, -Small));
                return ahead.Zip(behind, (a, b) => (a - b) / (2 * Small)).ToArray();
            })];
            Assert.Equal(Math.Log(Math.Abs(Determinant(rows))), Fitted.Value.Forward([.. sample]), 5);
        }
    }

    [Fact]
    public void AddGradient_IsTheDerivativeOfTheDensityByEachParameter()
    {
        var flow = Fit();
        flow.AddGradient(Samples[0]);
        foreach (var coupling in flow.Chain)
        {
            for (var i = 0; i < coupling.Parameters.Length; i++)
            {
                var kept = coupling.Parameters[i];
                coupling.Parameters[i] = kept + Small;
                var ahead = flow.LogDensity(Samples[0]);
                coupling.Parameters[i] = kept - Small;
                var behind = flow.LogDensity(Samples[0]);
                coupling.Parameters[i] = kept;
                Assert.Equal((behind - ahead) / (2 * Small), coupling.Gradient[i], 5);
            }
        }
    }

    [Fact]
    public void LogDensity_OfTwoNumbers_HasAnIntegralOfOne()
    {
        var flow = new RealNvp(2);
        flow.Fit(Array.ConvertAll(Samples, sample => sample[..2]));
        var integral = 0.0;
        for (var x = -8.0; x <= 8; x += 0.1)
        {
            for (var y = -8.0; y <= 8; y += 0.1)
            {
                integral += 0.1 * 0.1 * Math.Exp(flow.LogDensity([x, y]));
            }
        }

        Assert.Equal(1, integral, 2);
    }

    [Fact]
    public void Fit_BentBand_MakesItMoreProbableThanWhatLiesBeside()
    {
        var untrained = new RealNvp(Dimensions);
        Assert.True(Samples.Average(Fitted.Value.LogDensity) > Samples.Average(untrained.LogDensity) + 0.3);
        Assert.True(Fitted.Value.LogDensity([1.5, 0.6, 0]) > Fitted.Value.LogDensity([1.5, -0.6, 0]) + 1);
    }

    [Fact]
    public void Fit_SameSamples_GivesSameDensity() => Assert.Equal(Fitted.Value.LogDensity(Samples[0]), Fit().LogDensity(Samples[0]));

    private static RealNvp Fit()
    {
        var flow = new RealNvp(Dimensions);
        flow.Fit(Samples);
        return flow;
    }

    private static double[] Moved(double[] sample, int at, double by)
    {
        double[] value = [.. sample];
        value[at] += by;
        Fitted.Value.Forward(value);
        return value;
    }

    private static double Determinant(double[][] m) =>
        (m[0][0] * ((m[1][1] * m[2][2]) - (m[1][2] * m[2][1])))
        - (m[0][1] * ((m[1][0] * m[2][2]) - (m[1][2] * m[2][0])))
        + (m[0][2] * ((m[1][0] * m[2][1]) - (m[1][1] * m[2][0])));
}
