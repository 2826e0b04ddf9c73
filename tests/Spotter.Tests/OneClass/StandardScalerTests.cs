using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class StandardScalerTests
{
    [Fact]
    public void Transform_TrainingSamples_HaveMeanZeroAndDeviationOne()
    {
        var samples = GeneratedSamples.Make(1, 50, 4, 3);
        var scaler = StandardScaler.Fit(samples);
        double[][] scaled = [.. samples.Select(sample => scaler.Transform(sample))];
        for (var feature = 0; feature < 4; feature++)
        {
            Assert.Equal(0, scaled.Average(sample => sample[feature]), 1e-6);
            Assert.Equal(1, scaled.Average(sample => sample[feature] * sample[feature]), 1e-6);
        }
    }

    [Fact]
    public void Transform_ConstantFeature_KeepsItsUnit()
    {
        var scaler = StandardScaler.Fit([[170.1, 1], [170.1, 2], [170.1, 3]]);
        Assert.Equal(0, scaler.Transform([170.1, 2])[0], 1e-9);
        Assert.Equal(-9.9, scaler.Transform([160.2, 2])[0], 1e-9);
    }

    [Fact]
    public void Transform_MissingValue_BecomesTheTrainingMean()
    {
        var scaler = StandardScaler.Fit([[1, double.NaN], [3, 8], [double.NaN, 10]]);
        Assert.Equal([2, 9], scaler.Means);
        Assert.Equal([0, 1], scaler.Transform([double.NaN, 10]));
    }

    [Fact]
    public void Transform_FeatureNeverSeen_IsIgnored()
    {
        var scaler = StandardScaler.Fit([[1, double.NaN], [3, double.NaN]]);
        Assert.Equal([1, 0], scaler.Transform([3, 1234]));
    }

    [Fact]
    public void Fit_UnusableSamples_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([]));
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[]]));
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[1], [1, 2]]));
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[double.NegativeInfinity]]));
    }
}
