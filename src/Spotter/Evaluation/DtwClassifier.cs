namespace Spotter.Evaluation;

/// <summary>How distances to the training repetitions decide.</summary>
public enum DtwRule
{
    /// <summary>The class that is nearer on average, as Pose Trainer publishes it.</summary>
    MeanDistance,

    /// <summary>The class of the nearest training repetition.</summary>
    NearestNeighbour,
}

/// <summary>
/// Pose Trainer's learnt classifier (Chen and Yang 2018, section 4): dynamic time warping between the courses of one or two quantities of the
/// repetition and of correct and incorrect training repetitions. Needs both labels to learn from.
/// </summary>
public sealed class DtwClassifier : IFormJudge
{
    private readonly Func<PoseTrainerBody, double[][]> courses;
    private readonly DtwRule rule;
    private readonly Dictionary<LabelledRepetition, double[][]> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The classifier of one exercise.</summary>
    /// <exception cref="ArgumentException">Pose Trainer has none for it.</exception>
    public DtwClassifier(string exercise, DtwRule rule)
    {
        this.rule = rule;
        courses = exercise switch
        {
            "shoulder-press" => body => [body.Lean, Smooth(body.ElbowAngle)],
            "bicep-curl" => body => [Smooth(body.UpperArmAngle), Smooth(body.ElbowAngle)],
            "front-raise" => body => [body.ArmLift],
            "shoulder-shrug" => body => [body.ElbowDrop, Smooth(body.WristAngle)],
            _ => throw new ArgumentException($"Pose Trainer has no classifier for {exercise}.", nameof(exercise)),
        };
    }

    /// <inheritdoc/>
    public string Name => rule == DtwRule.MeanDistance ? "Pose Trainer DTW, mean distance" : "Pose Trainer DTW, nearest";

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        if (training.All(repetition => repetition.Correct) || !training.Any(repetition => repetition.Correct))
        {
            return null;
        }

        return [.. test.Select(repetition =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var toCorrect = Distance(repetition, training.Where(other => other.Correct));
            var toIncorrect = Distance(repetition, training.Where(other => !other.Correct));
            return new Judgement(Score(toCorrect, toIncorrect), !(toCorrect < toIncorrect));
        })];
    }

    private static double Score(double toCorrect, double toIncorrect) =>
        double.IsFinite(toCorrect + toIncorrect) ? toIncorrect - toCorrect : double.MinValue;

    private static double[] Smooth(double[] values) => DynamicTimeWarping.MedianOfFive(DynamicTimeWarping.MedianOfFive(values));

    private double Distance(LabelledRepetition repetition, IEnumerable<LabelledRepetition> others)
    {
        var own = Courses(repetition);
        var distances = others.Select(other => own.Zip(Courses(other), (a, b) => DynamicTimeWarping.Distance(a, b)).Sum());
        return rule == DtwRule.MeanDistance ? distances.Average() : distances.Min();
    }

    private double[][] Courses(LabelledRepetition repetition)
    {
        if (!known.TryGetValue(repetition, out var result))
        {
            result = courses(new PoseTrainerBody(repetition.Raw));
            known.Add(repetition, result);
        }

        return result;
    }
}
