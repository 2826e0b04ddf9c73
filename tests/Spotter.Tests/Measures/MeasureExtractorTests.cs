using CsCheck;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Measures;

public sealed class MeasureExtractorTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");
    private static readonly PressFigure Front = new() { Repetitions = 1, SecondsPerRepetition = 3, ForwardDegrees = 0 };
    private static readonly PressFigure Side = Front with { AzimuthDegrees = 90, ForwardDegrees = 80 };

    [Fact]
    public void Extract_Lockout_IsTheElbowAngleAtTheTop() =>
        Gen.Double[120, 178].Sample(top =>
            Assert.Equal(top, Extract(Front with { TopDegrees = top })["elbow-extension-degrees"], 1.0), iter: 20);

    [Fact]
    public void Extract_ElbowAtTheBottom_GrowsWithTheUpperArm() =>
        Assert.True(Extract(Front with { BottomDegrees = 40 })["elbow-height-bottom"] < Extract(Front with { BottomDegrees = 60 })["elbow-height-bottom"] - 0.05);

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void Extract_LeanBack_IsPositiveFromEitherSide(double azimuth)
    {
        var measures = Extract(Side with { AzimuthDegrees = azimuth, LeanDegrees = 14 });
        Assert.Equal(14, measures["trunk-lean-degrees"], 0.5);
        Assert.Equal(14, measures["trunk-sway-degrees"], 0.5);
    }

    [Fact]
    public void Extract_OneArmShort_ShowsAsAsymmetryAndOnThatArm()
    {
        var measures = Extract(Front with { LeftShortDegrees = 20 });
        Assert.Equal(20, measures["asymmetry-degrees"], 1.0);
        Assert.Equal(20, measures["elbow-extension-degrees", BodySide.Right] - measures["elbow-extension-degrees", BodySide.Left], 1.0);
        Assert.True(measures["height-difference"] > 0.01);
    }

    [Fact]
    public void Extract_KneeDrive_IsSeenFromTheSideAsAnAngleAndFromTheFrontAsTravel()
    {
        Assert.Equal(30, Extract(Side with { KneeDriveDegrees = 30 })["knee-drive-degrees"], 2.0);
        Assert.Equal(0, Extract(Side)["knee-drive-degrees"], 0.5);
        Assert.True(Extract(Front with { KneeDriveDegrees = 40 })["hip-travel"] > Extract(Front)["hip-travel"] + 0.05);
    }

    [Fact]
    public void Extract_Tempo_IsInSeconds()
    {
        var slow = Extract(Front with { SecondsPerRepetition = 4 });
        var fast = Extract(Front with { SecondsPerRepetition = 2 });
        Assert.Equal(2, slow["seconds-up"] / fast["seconds-up"], 0.3);
        Assert.Equal(slow["seconds-up"], slow["seconds-down"], 0.15);
    }

    [Fact]
    public void Extract_MirroredPicture_SwapsRightAndLeft() =>
        Gen.Select(Gen.Int[0, 2].Select(turn => turn * 45.0), Gen.Double[0, 25], Gen.Double[0, 15]).Sample((azimuth, shorter, lean) =>
        {
            var figure = Front with { AzimuthDegrees = azimuth, LeftShortDegrees = shorter, LeanDegrees = lean, ForwardDegrees = 30 };
            var straight = Extract(figure.Render());
            var mirrored = Extract(figure.Render().Mirror());
            foreach (var measure in MeasureCatalogue.All)
            {
                AssertSame(measure.Name, straight[measure.Name], mirrored[measure.Name], 1e-3);
                AssertSame(measure.Name, straight[measure.Name, BodySide.Right], mirrored[measure.Name, BodySide.Left], 1e-3);
            }
        }, iter: 20);

    [Fact]
    public void Extract_MovedOrScaledPicture_IsTheSame() =>
        Gen.Select(Gen.Int[0, 2].Select(turn => turn * 45.0), Gen.Double[-300, 300], Gen.Double[0.4, 3]).Sample((azimuth, shift, scale) =>
        {
            var figure = Front with { AzimuthDegrees = azimuth, ForwardDegrees = 30, LeanDegrees = 5 };
            var expected = Extract(figure);
            var actual = Extract(figure with { CentreX = 640 + shift, HipY = 400 + shift, Scale = 200 * scale });
            Assert.All(MeasureCatalogue.All, measure => AssertSame(measure.Name, expected[measure.Name], actual[measure.Name], 1e-2));
        }, iter: 20);

    [Fact]
    public void Extract_SlowerMovement_ChangesOnlyTheTempo()
    {
        var expected = Extract(Side with { LeanDegrees = 5 });
        var actual = Extract(Side with { LeanDegrees = 5, SecondsPerRepetition = 6 });
        Assert.All(
            MeasureCatalogue.All.Where(measure => measure.Unit != "seconds"),
            measure => AssertSame(measure.Name, expected[measure.Name], actual[measure.Name], measure.Unit == "degrees" ? 2.5 : 0.03));
    }

    [Fact]
    public void Extract_EachView_HasTheMeasuresItShowsAndNoOthers()
    {
        foreach (var azimuth in new[] { 0.0, 45, 90 })
        {
            var measures = Extract(Front with { AzimuthDegrees = azimuth, ForwardDegrees = 30 });
            Assert.All(MeasureCatalogue.All, measure => Assert.Equal(measure.Views.Contains(measures.View), !double.IsNaN(measures[measure.Name])));
        }
    }

    [Fact]
    public void Extract_FromTheSide_MeasuresTheNearArmOnly()
    {
        var measures = Extract(Side with { AzimuthDegrees = -90 });
        Assert.True(double.IsNaN(measures["elbow-extension-degrees", BodySide.Right]));
        Assert.Equal(measures["elbow-extension-degrees"], measures["elbow-extension-degrees", BodySide.Left]);
    }

    [Fact]
    public void Extract_ArmsMissing_IsAllUnmeasured()
    {
        var sequence = SkeletonSequence.AtConstantRate(new float[20 * 18 * 3], 30);
        var measures = MeasureExtractor.Extract(sequence, new Repetition(0, 10, 20), ViewEstimate.FromAzimuth(0), Press);
        Assert.All(MeasureCatalogue.All, measure => Assert.True(double.IsNaN(measures[measure.Name])));
    }

    private static MeasureVector Extract(PressFigure figure) => Extract(figure.Render());

    private static MeasureVector Extract(SkeletonSequence raw)
    {
        var sequence = SkeletonCleaning.Clean(raw);
        var view = ViewEstimator.Estimate(sequence)!.Value;
        var repetition = Assert.Single(RepetitionSegmenter.Segment(sequence, view, Press).Repetitions);
        return MeasureExtractor.Extract(sequence, repetition, view, Press);
    }

    private static void AssertSame(string name, double expected, double actual, double tolerance) =>
        Assert.True(
            double.IsNaN(expected) == double.IsNaN(actual) && !(Math.Abs(expected - actual) > tolerance),
            $"{name}: expected {expected}, got {actual}");
}
