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
    public void Fit_FewEqualValues_ScaleIsNotBelowWhatIsKnownBeforehand()
    {
        var scaler = StandardScaler.Fit([[170, 1], [170.1, 3], [170.2, 5]], new FeaturePrior([4, 0]));
        Assert.InRange(scaler.Scales[0], 4, 4.01);
        Assert.Equal(Math.Sqrt(8.0 / 3), scaler.Scales[1], 1e-6);
    }

    [Fact]
    public void Transform_HarmlessSide_CountsAsTheMean()
    {
        var scaler = StandardScaler.Fit([[1, 1, 1], [3, 3, 3]], new FeaturePrior([0, 0, 0], [1, -1, 0]));
        Assert.Equal([0, 8, 8], scaler.Transform([10, 10, 10]));
        Assert.Equal([-8, 0, -8], scaler.Transform([-6, -6, -6]));
        var model = OneClassModel.Fit([[1, 1, 1], [3, 3, 3], [2, 1, 4]], prior: new FeaturePrior([0, 0, 0], [1, -1, 0]));
        var gradient = new double[3];
        model.Gradient([4, 4, 4], gradient);
        Assert.Equal(0, gradient[0]);
        Assert.All(gradient[1..], slope => Assert.True(slope < 0));
    }

    [Fact]
    public void Fit_KnowledgeOfOtherFeatures_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[1, 2]], new FeaturePrior([1])));
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[1, 2]], new FeaturePrior([1, 1], [1])));
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
