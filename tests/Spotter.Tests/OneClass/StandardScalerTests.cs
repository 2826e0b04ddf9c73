using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class StandardScalerTests
{
    private static readonly FeaturePrior Half = new([2, 3], Correlations: [[1, 0.5], [0.5, 1]]);

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
    public void Transform_CorrelationsKnown_DistancesAreThoseOfMahalanobis()
    {
        // Σ = [[4, 3], [3, 9]]: deviations 2 and 3, correlation a half, drawn a hundredth towards 0.
        var scaler = StandardScaler.Fit([[10, 20], [10, 20], [10.5, 20]], Half);
        var (x, y, r) = (3.0, -2.0, 0.495);
        var at = scaler.Transform([scaler.Means[0] + x, scaler.Means[1] + y]);
        var expected = ((x * x / 4) - (2 * r * x * y / 6) + (y * y / 9)) / (1 - (r * r));
        Assert.Equal(expected, at.Sum(value => value * value), 1e-6);
        Assert.Equal([0, 0], scaler.Transform([double.NaN, double.NaN]));
    }

    [Fact]
    public void Gradient_CorrelationsKnown_IsTheSlopeOfTheDecisionFunction()
    {
        var model = OneClassModel.Fit([[9, 20], [10, 22], [10.5, 20], [11, 17]], prior: Half);
        double[] sample = [12, 16];
        var gradient = new double[2];
        model.Gradient(sample, gradient);
        for (var feature = 0; feature < 2; feature++)
        {
            double[] more = [.. sample], less = [.. sample];
            more[feature] += 1e-4;
            less[feature] -= 1e-4;
            Assert.Equal((model.DecisionFunction(more) - model.DecisionFunction(less)) / 2e-4, gradient[feature], 1e-6);
        }
    }

    [Fact]
    public void Restore_CorrelationsThatAreNone_IsRefused()
    {
        var scaler = StandardScaler.Fit([[9, 20], [10, 22]], Half);
        scaler.Validate();
        Assert.Throws<ArgumentException>(() => (scaler with { Correlations = [[1]] }).Validate());
        Assert.Throws<ArgumentException>(() => (scaler with { Correlations = [[1], [0.5, 0]] }).Validate());
        Assert.Throws<ArgumentException>(() => (scaler with { Correlations = [[1, 0], [0.5, 1]] }).Validate());
    }

    [Fact]
    public void Fit_KnowledgeOfOtherFeatures_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[1, 2]], new FeaturePrior([1, 1], Correlations: [[1]])));
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
