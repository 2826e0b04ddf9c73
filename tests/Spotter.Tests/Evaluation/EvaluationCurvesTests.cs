using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class EvaluationCurvesTests
{
    [Fact]
    public void Of_PerfectRanking_GoesUpBeforeItGoesAlong()
    {
        var curves = EvaluationCurves.Of([(false, new Judgement(0, true)), (false, new Judgement(1, true)), (true, new Judgement(2, false)), (true, new Judgement(3, false))]);
        Assert.Equal([new(0, 0), new(0, 0.5), new(0, 1), new(0.5, 1), new(1, 1)], curves.Roc);
        Assert.Empty(curves.Calibration);
        Assert.Empty(curves.RiskCoverage);
    }

    [Fact]
    public void Of_UniformPValues_AreCalibrated()
    {
        var curves = EvaluationCurves.Of([.. Enumerable.Range(1, 100).Select(i => (true, new Judgement(i, false, i / 100.0)))]);
        Assert.Empty(curves.Roc); // nothing is incorrect
        Assert.All(curves.Calibration, point => Assert.Equal(point.X, point.Y, 6));
    }

    [Fact]
    public void Of_MissesJustAboveTheThreshold_FallAwayWhenTheyAreNotJudged()
    {
        var curves = EvaluationCurves.Of(
        [
            (true, new Judgement(9, false, 0.9)), (true, new Judgement(8, false, 0.8)), (false, new Judgement(0, true, 0.01)), (false, new Judgement(3, false, 0.12)),
        ]);
        Assert.Equal(new CurvePoint(1, 0.25), curves.RiskCoverage[^1]);
        Assert.Equal(new CurvePoint(0.75, 0), curves.RiskCoverage[^2]);
    }

    [Fact]
    public void LearningCurve_SizesThatNoFoldHas_AreLeftOut()
    {
        LabelledRepetition[] all = [.. Enumerable.Range(0, 36).Select(i => Recordings.Press(correct: i % 6 != 5, $"s{i / 12}", i, lean: i % 6 == 5 ? 0.5 : 0.05 + (0.01 * (i % 7))))];
        var judge = new OneClassJudge("angles and place", ControlFeatures.NoArms);

        var curve = Assert.Single(LearningCurve.Run(Splits.Grouped(all), [judge], draws: 2, TestContext.Current.CancellationToken)).Points;

        Assert.Equal([5, 10, 20], curve.Select(point => point.Repetitions));
        Assert.All(curve, point => Assert.InRange(point.RocAuc, point.Lowest, point.Highest));
    }

    [Fact]
    public void Page_NeedsNothingElse()
    {
        LabelledRepetition[] all = [.. Enumerable.Range(0, 36).Select(i => Recordings.Press(correct: i % 6 != 5, $"s<{i / 12}>", i, lean: i % 6 == 5 ? 0.5 : 0.05 + (0.01 * (i % 7))))];
        var judge = new OneClassJudge("no arms (control)", ControlFeatures.NoArms);
        var folds = Splits.Grouped(all);
        var result = ExerciseEvaluation.Run("grouped", folds, [judge]) with { LearningCurves = LearningCurve.Run(folds, [judge], draws: 1) };

        var page = EvaluationPage.Write(new EvaluationReport("shoulder-press", EvaluationProtocol.Grouped, [result], 0), "spotter evaluate --data <DATA>");

        Assert.Equal(4, page.Split("<svg viewBox=\"0 0 420 320\"").Length - 1); // ROC, calibration, abstention, learning curve
        Assert.Contains("&lt;DATA&gt;", page, StringComparison.Ordinal);
        foreach (var outside in new[] { "http", "src=", "href=", "<script", "@import", "url(", "NaN" })
        {
            Assert.DoesNotContain(outside, page, StringComparison.Ordinal);
        }
    }
}
