using Spotter.Synthesis;
using Spotter.Training.Flows;
using static TorchSharp.torch;

namespace Spotter.Training.Tests.Flows;

public sealed class RealNvpTests
{
    private const int Dimensions = 3;

    // A bent band: neither a normal distribution nor independent numbers.
    private static readonly double[][] Samples = [.. Enumerable.Range(0, 24).Select(i =>
    {
        var random = SeededRandom.For(i, "samples");
        var first = random.Normal();
        return (double[])[first, (0.5 * first * first) - 0.5 + (0.2 * random.Normal()), 0.5 * random.Normal()];
    })];

    private static readonly Lazy<RealNvp> Fitted = new(() =>
    {
        var flow = new RealNvp(Dimensions);
        flow.Fit(Samples);
        return flow;
    });

    [Fact]
    public void LogDensity_BeforeTraining_IsThatOfTheStandardNormalDistribution()
    {
        using var flow = new RealNvp(Dimensions);
        Assert.Equal((-0.5 * (0.25 + 1 + 4)) - (1.5 * Math.Log(2 * Math.PI)), flow.LogDensity([0.5, -1, 2]), 5);
    }

    [Fact]
    public void Inverse_OfForward_GivesSamplesBack()
    {
        using var x = Points();
        using var back = Fitted.Value.Inverse(Fitted.Value.Forward(x).Value);
        Assert.True(allclose(x, back, 1e-4, 1e-4));
        Assert.False(allclose(x, Fitted.Value.Forward(x).Value, 1e-2, 1e-2));
    }

    [Fact]
    public void Forward_LogDeterminant_IsThatOfItsDerivative()
    {
        using var x = Points();
        x.requires_grad_();
        var (value, logDeterminant) = Fitted.Value.Forward(x);
        for (var at = 0; at < x.shape[0]; at++)
        {
            var rows = Enumerable.Range(0, Dimensions)
                .Select(i => autograd.grad([value[at, i]], [x], retain_graph: true)[0][at]).ToArray();
            using var derivative = stack(rows);
            Assert.Equal(Math.Log(Math.Abs(derivative.det().item<float>())), logDeterminant[at].item<float>(), 3);
        }
    }

    [Fact]
    public void LogDensity_OfOneNumber_HasAnIntegralOfOne()
    {
        using var flow = new RealNvp(1);
        flow.Fit(Array.ConvertAll(Samples, sample => new[] { sample[1] }));
        var integral = Enumerable.Range(-1000, 2001).Sum(i => 0.01 * Math.Exp(flow.LogDensity([0.01 * i])));
        Assert.Equal(1, integral, 2);
    }

    [Fact]
    public void Fit_BentBand_MakesItMoreProbableThanWhatLiesBeside()
    {
        using var untrained = new RealNvp(Dimensions);
        Assert.True(Samples.Average(Fitted.Value.LogDensity) > Samples.Average(untrained.LogDensity) + 0.3);
        Assert.True(Fitted.Value.LogDensity([1.5, 0.6, 0]) > Fitted.Value.LogDensity([1.5, -0.6, 0]) + 1);
    }

    [Fact]
    public void Fit_SameSamples_GivesSameDensity()
    {
        using var again = new RealNvp(Dimensions);
        again.Fit(Samples);
        Assert.Equal(Fitted.Value.LogDensity(Samples[0]), again.LogDensity(Samples[0]));
    }

    private static Tensor Points() => tensor(Samples.Take(4).SelectMany(sample => sample.Select(value => (float)value)).ToArray()).reshape(4, Dimensions);
}
