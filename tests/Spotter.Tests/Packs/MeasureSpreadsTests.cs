using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;

namespace Spotter.Tests.Packs;

public sealed class MeasureSpreadsTests
{
    [Theory]
    [InlineData("shoulder-press")]
    [InlineData("bicep-curl")]
    [InlineData("front-raise")]
    [InlineData("shoulder-shrug")]
    [InlineData("triceps-pushdown")]
    public void Of_EveryMeasureThatIsJudged_IsKnown(string exercise)
    {
        foreach (var (view, measures) in ExerciseDefinition.Load(exercise).Measures)
        {
            var prior = MeasureSpreads.Of(exercise, view, measures, MeasureScaling.PeopleAdded)!;
            Assert.All(prior.Errors, error => Assert.True(error > 0));
            Assert.Equal(measures.Count, prior.Harmless!.Length);
        }
    }

    [Theory]
    [InlineData("shoulder-press")]
    [InlineData("bicep-curl")]
    [InlineData("front-raise")]
    [InlineData("shoulder-shrug")]
    [InlineData("triceps-pushdown")]
    public void Of_AllMeasuresInThePeoplesMetric_CanBeFreedOfTheirCorrelations(string exercise)
    {
        foreach (var view in ExerciseDefinition.Load(exercise).Measures.Keys)
        {
            string[] all = [.. MeasureCatalogue.All.Where(measure => measure.Views.Contains(view)).Select(measure => measure.Name)];
            var prior = MeasureSpreads.Of(exercise, view, all, MeasureScaling.PeoplesMetric)!;
            var scaler = StandardScaler.Fit([[.. all.Select((_, at) => (double)at)], [.. all.Select((_, at) => 1.0 + at)]], prior);
            Assert.All(scaler.Transform([.. all.Select((_, at) => 3.0 * at)]), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Fit_PeoplesMetric_KeepsItsPackThroughAFile()
    {
        var pack = PackFitting.Fit(
            MannequinPack.Exercise, MannequinPack.Shared.Correct, MannequinPack.Shared.Encoder, MannequinPack.Shared.Backbone, "1", "test", scaling: MeasureScaling.PeoplesMetric,
            cancellationToken: TestContext.Current.CancellationToken);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".pack.json");
        try
        {
            pack.Write(path);
            foreach (var (own, stored) in pack.Views.Zip(ExercisePack.Read(path).Views))
            {
                var (expected, actual) = (new Branch(own.Measures), new Branch(stored.Measures));
                Assert.NotNull(actual.Model.Scaler.Correlations);
                double[] sample = [.. expected.Model.Scaler.Means.Select((mean, at) => mean + (at % 3 * expected.Model.Scaler.Scales[at]))];
                Assert.Equal(expected.Score(sample), actual.Score(sample));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Of_ExerciseThatTheMannequinDoesNotKnow_IsNothing() =>
        Assert.Null(MeasureSpreads.Of("squat", Spotter.Skeletons.View.Side, ["trunk-sway-degrees"], MeasureScaling.PeoplesMetric));

    [Fact]
    public void Fit_ScaledByPeople_WidensTheScaleOfMeasuresOnly()
    {
        var correct = MannequinPack.Shared.Correct;
        var scaled = PackFitting.Fit(
            MannequinPack.Exercise, correct, MannequinPack.Shared.Encoder, MannequinPack.Shared.Backbone, "1", "test", scaling: MeasureScaling.PeopleAdded, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (own, other) in MannequinPack.Shared.Pack.Views.Zip(scaled.Views))
        {
            Assert.Equal(new Branch(own.Network).Model.Scaler.Scales, new Branch(other.Network).Model.Scaler.Scales);
            Assert.All(
                new Branch(own.Measures).Model.Scaler.Scales.Zip(new Branch(other.Measures).Model.Scaler.Scales), scales => Assert.True(scales.Second > scales.First));
        }
    }
}
