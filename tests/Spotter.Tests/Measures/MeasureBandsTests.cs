using CsCheck;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Measures;

public sealed class MeasureBandsTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    [Fact]
    public void Fit_GoodRepetitions_HoldsThemAndNotAFault()
    {
        var good = Enumerable.Range(0, 21).SelectMany(i => Measures(new PressFigure { TopDegrees = 165 + (i / 2.0), ForwardDegrees = 0 })).ToArray();
        var band = Assert.Single(MeasureBands.Fit(good, ["elbow-extension-degrees"]));

        Assert.InRange(band.Low, 164, 167);
        Assert.InRange(band.High, 173, 176);
        Assert.Equal(2 * good.Length, band.Count);
        Assert.Equal(0, band.Excess(170));
        Assert.Equal(0, band.Excess(180));
        Assert.Equal(0, band.Excess(double.NaN));
        Assert.Equal(140 - band.Low, band.Excess(140), 1e-9);
    }

    [Fact]
    public void Fit_MeasureThatTheViewDoesNotShow_HasNoBand() =>
        Assert.Empty(MeasureBands.Fit(Measures(new PressFigure()), ["trunk-lean-degrees"]));

    [Fact]
    public void Quantile_LiesBetweenTheValuesAndGrowsWithTheShare() =>
        Gen.Select(Gen.Double[-10, 10].Array[1, 30], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((values, a, b) =>
        {
            Array.Sort(values);
            var (low, high) = (MeasureBands.Quantile(values, Math.Min(a, b)), MeasureBands.Quantile(values, Math.Max(a, b)));
            Assert.InRange(low, values[0], values[^1] + 1e-9);
            Assert.True(low <= high + 1e-9);
        });

    [Fact]
    public void Curves_Press_TurnInTheMiddleAndLieInTheirOwnBand()
    {
        var sequence = SkeletonCleaning.Clean(new PressFigure { Repetitions = 5 }.Render());
        var view = ViewEstimator.Estimate(sequence)!.Value;
        MeasureCurve[] curves =
        [
            .. RepetitionSegmenter.Segment(sequence, view, Press).Repetitions
                .SelectMany(repetition => MeasureCurves.Extract(sequence, repetition, view, Press)),
        ];
        var height = curves.First(curve => curve is { Name: "wrist-height", Side: BodySide.Left });
        Assert.Equal(MeasureCurve.Points, height.Values.Length);
        Assert.Equal(MeasureCurve.Points / 2, Array.IndexOf(height.Values, height.Values.Max()));
        Assert.Equal(MeasureCurves.Names.Order(), curves.Select(curve => curve.Name).Distinct().Order());

        var band = CurveBand.Fit(curves, 1).Single(band => band.Name == "wrist-height");
        Assert.Equal(10, band.Count);
        Assert.All(Enumerable.Range(0, MeasureCurve.Points), i => Assert.InRange(height.Values[i], band.Low[i] - 1e-9, band.High[i] + 1e-9));
    }

    private static MeasureVector[] Measures(PressFigure figure)
    {
        var sequence = SkeletonCleaning.Clean(figure.Render());
        var view = ViewEstimator.Estimate(sequence)!.Value;
        return
        [
            .. RepetitionSegmenter.Segment(sequence, view, Press).Repetitions
                .Select(repetition => MeasureExtractor.Extract(sequence, repetition, view, Press)),
        ];
    }
}
