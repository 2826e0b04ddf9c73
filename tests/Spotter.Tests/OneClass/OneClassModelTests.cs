using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class OneClassModelTests
{
    [Fact]
    public void Score_ChangedUnits_StaysTheSame()
    {
        var samples = GeneratedSamples.Make(2, 40, 3, 1);
        double[] InOtherUnits(double[] sample) => [(sample[0] * 1000) + 7, sample[1] / 50, -sample[2]];
        var model = OneClassModel.Fit(samples[..30]);
        var other = OneClassModel.Fit([.. samples[..30].Select(InOtherUnits)]);
        Assert.All(samples, sample => Assert.Equal(model.DecisionFunction(sample), other.DecisionFunction(InOtherUnits(sample)), 1e-2));
    }

    [Fact]
    public void RelativeScore_AnySample_HasTheSignAndOrderOfTheDecision()
    {
        var samples = GeneratedSamples.Make(2, 60, 3, 1);
        var model = OneClassModel.Fit(samples[..30]);
        var byDecision = samples.OrderBy(sample => model.DecisionFunction(sample)).ToArray();
        Assert.Equal(byDecision, samples.OrderBy(sample => model.RelativeScore(sample)));
        Assert.All(samples, sample => Assert.Equal(Math.Sign(model.DecisionFunction(sample)), Math.Sign(model.RelativeScore(sample))));
        Assert.All(samples, sample => Assert.Equal(Math.Log(model.Svm.ScoreSamples(model.Scaler.Transform(sample))), model.Svm.LogScoreSamples(model.Scaler.Transform(sample)), 1e-9));
    }

    [Fact]
    public void RelativeScore_FarAway_StillTellsWhatIsFarther()
    {
        var model = OneClassModel.Fit(GeneratedSamples.Make(2, 40, 3, 1));
        Assert.Equal(model.DecisionFunction([1e3, 0, 0]), model.DecisionFunction([2e3, 0, 0]));
        Assert.True(model.RelativeScore([2e3, 0, 0]) < model.RelativeScore([1e3, 0, 0]));
    }

    [Fact]
    public void Gradient_MissingFeature_IsZeroThereAndADifferenceQuotientElsewhere()
    {
        var samples = GeneratedSamples.Make(4, 30, 3, 1);
        var model = OneClassModel.Fit([.. samples.Select(sample => new[] { 90 * sample[0], sample[1], sample[2] })]);
        double[] at = [30, double.NaN, -0.5];
        var gradient = new double[3];
        model.Gradient(at, gradient);
        var quotient = (model.DecisionFunction([30.001, double.NaN, -0.5]) - model.DecisionFunction([29.999, double.NaN, -0.5])) / 0.002;
        Assert.Equal(quotient, gradient[0], 1e-8);
        Assert.Equal(0, gradient[1]);
    }

    [Fact]
    public void Constructor_PartsOfDifferentSize_AreRefused()
    {
        var scaler = StandardScaler.Fit([[1, 2, 3], [2, 3, 4]]);
        Assert.Throws<ArgumentException>(() => new OneClassModel(scaler, OneClassSvm.Fit([[1, 2]])));
    }
}
