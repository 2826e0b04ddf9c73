namespace Spotter.Evaluation;

/// <summary>
/// Pose Trainer's hard-coded rules for its four exercises (Chen and Yang 2018, section 4; thresholds as in the authors' published program, reimplemented
/// from their description). The thresholds were chosen by looking at the same clips that make up its data set, so figures on that set are optimistic.
/// </summary>
public sealed class PoseTrainerRules : IFormJudge
{
    private readonly Func<PoseTrainerBody, bool> isCorrect;

    /// <summary>The rules of one exercise.</summary>
    /// <exception cref="ArgumentException">Pose Trainer has no rules for it.</exception>
    public PoseTrainerRules(string exercise)
    {
        isCorrect = exercise switch
        {
            "shoulder-press" => IsCorrectPress,
            "bicep-curl" => IsCorrectCurl,
            "front-raise" => IsCorrectRaise,
            "shoulder-shrug" => IsCorrectShrug,
            _ => throw new ArgumentException($"Pose Trainer has no rules for {exercise}.", nameof(exercise)),
        };
    }

    /// <inheritdoc/>
    public string Name => "Pose Trainer rules";

    /// <summary>Whether there are rules for an exercise.</summary>
    public static bool Supports(string exercise) => exercise is "shoulder-press" or "bicep-curl" or "front-raise" or "shoulder-shrug";

    /// <inheritdoc/>
    /// <remarks>Where the joints that a rule needs were never found together, the repetition counts as flagged: it cannot be passed.</remarks>
    public IReadOnlyList<Judgement> Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken) =>
        [.. test.Select(repetition =>
        {
            var correct = isCorrect(new PoseTrainerBody(repetition.Raw));
            return new Judgement(correct ? 1 : 0, !correct);
        })];

    // Back still, elbows not rolled behind the neck, arm straight at the top.
    private static bool IsCorrectPress(PoseTrainerBody body) =>
        Range(body.Lean) <= 0.16 && Least(body.ElbowOffset) >= -0.12 && Greatest(body.ElbowAngle) >= 178;

    // Upper arm still, weight all the way up.
    private static bool IsCorrectCurl(PoseTrainerBody body) => Range(body.UpperArmAngle) <= 35 && Least(body.ElbowAngle) <= 70;

    // Back still, arm at least level.
    private static bool IsCorrectRaise(PoseTrainerBody body) => Range(body.Lean) <= 0.3 && Greatest(body.ArmLift) >= 90;

    // Shoulders move, arms stay straight.
    private static bool IsCorrectShrug(PoseTrainerBody body)
    {
        var (left, right, bend) = body.BothArms;
        return (Range(left) + Range(right)) / 2 >= 0.1 && Greatest(bend) <= 30;
    }

    // NaN compares false with any threshold, so a rule without data is broken.
    private static double Range(double[] values) => Greatest(values) - Least(values);

    private static double Least(double[] values) => values.Length == 0 ? double.NaN : values.Min();

    private static double Greatest(double[] values) => values.Length == 0 ? double.NaN : values.Max();
}
