using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Synthesis;
using Spotter.Tests.Packs;

namespace Spotter.Tests.Evaluation;

public sealed class MannequinMetricTests
{
    public static TheoryData<string> Exercises() => [.. MannequinExercises.All.Select(exercise => exercise.Name)];

    [Theory]
    [MemberData(nameof(Exercises))]
    public void Of_AllMeasures_CanBeFreedOfTheirCorrelations(string exercise)
    {
        foreach (var view in ExerciseDefinition.Load(exercise).Measures.Keys)
        {
            string[] all = [.. MeasureCatalogue.All.Where(measure => measure.Views.Contains(view)).Select(measure => measure.Name)];
            var prior = MannequinMetric.Of(exercise, view, all)!;
            var scaler = StandardScaler.Fit([[.. all.Select((_, at) => (double)at)], [.. all.Select((_, at) => 1.0 + at)]], prior);
            Assert.All(scaler.Transform([.. all.Select((_, at) => 3.0 * at)]), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Fit_InTheMetric_KeepsItsPackThroughAFile()
    {
        var pack = PackFitting.Fit(
            MannequinPack.Exercise, MannequinPack.Shared.Correct, MannequinPack.Shared.Encoder, MannequinPack.Shared.Backbone, "1", "test", measuresPrior: view => MannequinMetric.Of(MannequinPack.Exercise.Name, view, MannequinPack.Exercise.Measures[view]),
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
    public void Of_ExerciseThatTheMannequinDoesNotKnow_IsNothing() => Assert.Null(MannequinMetric.Of("squat", Spotter.Skeletons.View.Side, ["trunk-sway-degrees"]));
}
