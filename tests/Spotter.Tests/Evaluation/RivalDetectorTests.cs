using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class RivalDetectorTests
{
    private static readonly double[][] Samples = [[1, 2, 0.5], [0, 1, -1], [2, 4.5, 0], [-1, -2, 1.5], [0.5, 1, -2], [3, 5, 1]];

    [Fact]
    public void ShrunkGaussian_KnownSamples_AgreesWithScikitLearn()
    {
        var gaussian = ShrunkGaussian.Fit(Samples);
        Assert.Equal(0.4334683140621691, gaussian.Shrinkage, 1e-9);
        Assert.Equal(0.85745808, gaussian.SquaredDistance([0, 0, 0]), 1e-7);
        Assert.Equal(41.442587, gaussian.SquaredDistance([5, -5, 2]), 1e-5);
    }

    [Fact]
    public void ShrunkGaussian_OneSampleOrFewerSamplesThanFeatures_StaysFinite()
    {
        Assert.Equal(4, ShrunkGaussian.Fit([[1, 2]]).SquaredDistance([1, 4]), 1e-5);
        Assert.True(double.IsFinite(ShrunkGaussian.Fit([[1, 2, 3, 4], [0, 2, 3, 4]]).SquaredDistance([5, 5, 5, 5])));
    }

    [Fact]
    public void All_SampleFarFromTheOthers_IsOdder()
    {
        foreach (var (name, fit) in RivalDetectors.All)
        {
            var score = fit(Samples);
            Assert.True(score([9, -9, 9]) < score([0.5, 1, 0]), name);
        }
    }
}
