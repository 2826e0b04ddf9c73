using Spotter.Evaluation;
using Spotter.Exercises;

namespace Spotter.Tests.Evaluation;

public sealed class PoseTrainerTests
{
    [Fact]
    public void Distance_KnownCourses_IsTheCheapestPairing()
    {
        Assert.Equal(0, DynamicTimeWarping.Distance([1, 2, 3], [1, 1, 2, 2, 3]));
        Assert.Equal(1, DynamicTimeWarping.Distance([0, 0, 1], [0, 2]), 1e-12);
        Assert.Equal(Math.Sqrt(8), DynamicTimeWarping.Distance([0, 0], [2, 2]), 1e-12);
        Assert.Equal(double.PositiveInfinity, DynamicTimeWarping.Distance([], [1]));
    }

    [Fact]
    public void MedianOfFive_Course_DropsSpikesAndSeesZerosOutside() =>
        Assert.Equal([3, 4, 4, 4, 4, 4, 4], DynamicTimeWarping.MedianOfFive([3, 4, 9, 4, 4, 4, 4]));

    [Theory]
    [InlineData("shoulder-press", 11, 15, 0.73)]
    [InlineData("bicep-curl", 6, 7, 0.85)]
    [InlineData("front-raise", 12, 12, 1.00)]
    [InlineData("shoulder-shrug", 11, 13, 0.85)]
    public void DtwClassifier_PublishedSplit_ReproducesThePublishedFigures(string exercise, int right, int judged, double weightedF1)
    {
        var clips = DatasetReader.Read(SharedData.Require("datasets/pose-trainer"), exercise);
        var fold = PoseTrainerSplit.Divide(LabelledRepetition.Cut(clips, ExerciseDefinition.Load(exercise), whole: true))!;
        var result = ExerciseEvaluation.Run("published", [fold], [new DtwClassifier(exercise, DtwRule.MeanDistance)]).Methods[0].OwnVerdict;
        Assert.Equal((right, judged), (result.Right, result.Judged));
        Assert.Equal(weightedF1, result.WeightedF1!.Value, 0.005);
    }

    [Fact]
    public void DtwClassifier_OneLabelOnly_CannotJudge()
    {
        var press = Recordings.Press(correct: true, "s");
        Assert.Null(new DtwClassifier("shoulder-press", DtwRule.NearestNeighbour).Judge([press], [press], CancellationToken.None));
    }

    [Fact]
    public void Rules_Lean_FlagAPress()
    {
        var rules = new PoseTrainerRules("shoulder-press");
        bool Flags(double lean) =>
            rules.Judge([], [Recordings.Press(correct: true, "s", lean: lean)], CancellationToken.None)[0].Flagged;
        Assert.False(Flags(0.02));
        Assert.True(Flags(0.3));
    }

    [Theory]
    [InlineData("shoulder-press")]
    [InlineData("bicep-curl")]
    [InlineData("front-raise")]
    [InlineData("shoulder-shrug")]
    public void Rules_TheRecordingsTheyWereMadeOn_ArePassedAndFlaggedBetterThanByChance(string exercise)
    {
        var clips = DatasetReader.Read(SharedData.Require("datasets/pose-trainer"), exercise);
        var repetitions = LabelledRepetition.Cut(clips, ExerciseDefinition.Load(exercise), whole: true);
        var judgements = new PoseTrainerRules(exercise).Judge([], repetitions, TestContext.Current.CancellationToken);
        var counts = DetectionCounts.Of(repetitions.Zip(judgements, (repetition, judgement) => (repetition.Correct, judgement.Flagged)));
        Assert.True(counts.Right > 0.6 * counts.Count, $"{counts}");
    }

    [Theory]
    [InlineData(0, 120, false)] // the upper arm hangs still, the weight comes up
    [InlineData(50, 120, true)] // the upper arm swings along
    [InlineData(0, 60, true)] // half the way up
    public void Rules_Curl_FlagASwingingUpperArmAndAShortWay(double swing, double flexion, bool flagged) =>
        Assert.Equal(flagged, Flags("bicep-curl", phase => ArmFigure.At(upperArm: swing * phase, forearm: flexion * phase)));

    [Theory]
    [InlineData(95, 0, false)]
    [InlineData(70, 0, true)] // the arms stay below level
    [InlineData(95, 0.5, true)] // the back swings
    public void Rules_Raise_FlagLowArmsAndASwingingBack(double lift, double lean, bool flagged) =>
        Assert.Equal(flagged, Flags("front-raise", phase => ArmFigure.At(upperArm: lift * phase, lean: lean * phase)));

    [Theory]
    [InlineData(0.2, 0, false)]
    [InlineData(0.02, 0, true)] // the shoulders stay where they are
    [InlineData(0.2, 60, true)] // the arms bend
    public void Rules_Shrug_FlagStillShouldersAndBentArms(double rise, double bend, bool flagged) =>
        Assert.Equal(flagged, Flags("shoulder-shrug", phase => ArmFigure.At(rise: rise * phase, forearm: bend * phase)));

    private static bool Flags(string exercise, Func<double, ArmFigure> figure) =>
        new PoseTrainerRules(exercise).Judge([], [ArmFigure.Repetition(exercise, figure)], CancellationToken.None)[0].Flagged;

    [Fact]
    public void Rules_OtherExercise_AreRefused()
    {
        Assert.False(PoseTrainerRules.Supports("triceps-pushdown"));
        Assert.Throws<ArgumentException>(() => new PoseTrainerRules("triceps-pushdown"));
        Assert.Throws<ArgumentException>(() => new DtwClassifier("triceps-pushdown", DtwRule.MeanDistance));
    }
}
