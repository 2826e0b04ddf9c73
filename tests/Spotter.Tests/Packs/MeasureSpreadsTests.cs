using Spotter.Exercises;
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
            var prior = MeasureSpreads.Of(exercise, view, measures)!;
            Assert.All(prior.Errors, error => Assert.True(error > 0));
            Assert.Equal(measures.Count, prior.Harmless!.Length);
        }
    }

    [Fact]
    public void Of_ExerciseThatTheMannequinDoesNotKnow_IsNothing() =>
        Assert.Null(MeasureSpreads.Of("squat", Spotter.Skeletons.View.Side, ["trunk-sway-degrees"]));

    [Fact]
    public void Fit_ScaledByPeople_WidensTheScaleOfMeasuresOnly()
    {
        var correct = MannequinPack.Shared.Correct;
        var scaled = PackFitting.Fit(
            MannequinPack.Exercise, correct, MannequinPack.Shared.Encoder, MannequinPack.Shared.Backbone, "1", "test", measuresPrior: view => MeasureSpreads.Of(MannequinPack.Exercise.Name, view, MannequinPack.Exercise.Measures[view]), cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (own, other) in MannequinPack.Shared.Pack.Views.Zip(scaled.Views))
        {
            Assert.Equal(new Branch(own.Network).Model.Scaler.Scales, new Branch(other.Network).Model.Scaler.Scales);
            Assert.All(
                new Branch(own.Measures).Model.Scaler.Scales.Zip(new Branch(other.Measures).Model.Scaler.Scales), scales => Assert.True(scales.Second > scales.First));
        }
    }
}
