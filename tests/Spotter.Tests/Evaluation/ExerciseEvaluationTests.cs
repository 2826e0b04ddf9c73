using System.Text.Json;
using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class ExerciseEvaluationTests
{
    [Fact]
    public void Run_SeparableRepetitions_FindsThemAtTheAskedRate()
    {
        var repetitions = Repetitions();
        var judge = new OneClassJudge("lean", repetition => [Lean(repetition)]);
        var result = ExerciseEvaluation.Run("grouped", Splits.Grouped(repetitions), [judge]);
        var method = Assert.Single(result.Methods);
        Assert.Equal((60, 12, 6), (result.CorrectRepetitions, result.IncorrectRepetitions, result.Sessions));
        Assert.Equal(1, method.RocAuc.Value);
        Assert.Equal(0, method.EqualErrorRate.Value);
        Assert.Equal(1, method.Calibrated[0].DetectionRate.Value);
        Assert.True(method.Calibrated[0].FalseAlarmRate.Value < 0.25);
        Assert.Equal(6, method.BySession.Count);
    }

    [Fact]
    public void Run_TwoBranches_KeepsTheRanking()
    {
        var judge = new OneClassJudge("both", [("lean", repetition => [Lean(repetition)]), ("angles", ControlFeatures.FourAngles)]);
        var method = ExerciseEvaluation.Run("grouped", Splits.Grouped(Repetitions()), [judge]).Methods[0];
        Assert.True(method.RocAuc.Value > 0.95);
    }

    [Fact]
    public void Run_MethodWithoutItsLabels_IsLeftOut()
    {
        var folds = Splits.Published(Repetitions());
        IFormJudge[] judges = [new DtwClassifier("shoulder-press", DtwRule.MeanDistance), new PoseTrainerRules("shoulder-press")];
        Assert.Equal(["Pose Trainer rules"], ExerciseEvaluation.Run("published", folds, judges).Methods.Select(method => method.Method));
    }

    [Fact]
    public void Run_NothingToJudge_IsRefused() => Assert.Throws<ArgumentException>(() => ExerciseEvaluation.Run("grouped", [], []));

    [Fact]
    public void Result_AsJson_HasNoNumbersThatJsonLacks()
    {
        var onlyCorrect = Repetitions().Where(repetition => repetition.Correct).ToArray();
        var result = ExerciseEvaluation.Run("grouped", Splits.Grouped(onlyCorrect), [new OneClassJudge("lean", repetition => [Lean(repetition)])]);
        var json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
        Assert.Contains("\"rocAuc\":{\"value\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void FourAngles_UnseenSide_IsMissing()
    {
        var angles = ControlFeatures.FourAngles(Recordings.Press(correct: true, "s"));
        Assert.Equal(12, angles.Length);
        Assert.True(angles[..3].All(double.IsFinite) && angles[3..6].All(double.IsNaN));
        Assert.True(angles[0] <= angles[1] && angles[1] <= angles[2] && angles[2] <= 180);
    }

    [Fact]
    public void NoArms_OtherArmMotion_StaysTheSame() =>
        Assert.Equal(
            ControlFeatures.NoArms(Recordings.Press(correct: true, "s")), ControlFeatures.NoArms(Recordings.Press(correct: true, "s", top: 0.5)));

    private static LabelledRepetition[] Repetitions() =>
        [.. Enumerable.Range(0, 72).Select(i => i % 6 == 5
            ? Recordings.Press(correct: false, $"s{i / 12}", i, lean: 0.5)
            : Recordings.Press(correct: true, $"s{i / 12}", i, lean: 0.05 + (0.03 * Math.Sin(i * 1.7)), top: 1 - (0.1 * Math.Abs(Math.Sin(i)))))];

    private static double Lean(LabelledRepetition repetition)
    {
        double[] necks = [.. Enumerable.Range(0, repetition.Raw.FrameCount).Select(frame => (double)repetition.Raw[frame, Spotter.Skeletons.Joint.Neck].X)];
        return necks.Max() - necks.Min();
    }
}
