using Spotter.Synthesis;
using Spotter.Training.Flows;

namespace Spotter.Training.Tests.Flows;

public sealed class FlowDetectorTests
{
    // Forty numbers that vary along two directions only.
    private static readonly double[][] Samples = [.. Enumerable.Range(0, 12).Select(i =>
    {
        var random = SeededRandom.For(i, "features");
        var (first, second) = (random.Normal(), random.Normal());
        return Enumerable.Range(0, 40).Select(at => (at % 2 == 0 ? 3 * first : second) + (0.01 * random.Normal())).ToArray();
    })];

    [Fact]
    public void Components_OfSamples_HaveMeanZeroAndDeviationOne()
    {
        var project = FlowDetector.Components(Samples);
        double[][] projected = [.. Samples.Select(project)];
        Assert.Equal(FlowDetector.ComponentCount, projected[0].Length);
        for (var i = 0; i < projected[0].Length; i++)
        {
            Assert.Equal(0, projected.Average(own => own[i]), 6);
            Assert.Equal(1, projected.Average(own => own[i] * own[i]), 6);
        }
    }

    [Fact]
    public void Fit_ManyNumbers_FindsWhatIsFarFromTheSamplesOdd()
    {
        var score = FlowDetector.Fit(Samples);
        var odd = Array.ConvertAll(Samples[0], value => value + 12);
        Assert.True(score(odd) < Samples.Min(score));
    }
}
