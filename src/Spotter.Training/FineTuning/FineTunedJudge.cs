using Spotter.Evaluation;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>How verdicts of a network that was fine-tuned on recordings are calibrated.</summary>
public enum FineTunedCalibration
{
    /// <summary>A repetition is scored by the very networks, fine-tuned without some sessions, that gave the calibration scores.</summary>
    LikeWithLike,

    /// <summary>
    /// A repetition is scored by the network of all sessions and compared with the scores that the others gave, as packs do, which hold one network only.
    /// </summary>
    AsPacks,
}

/// <summary>
/// The plain pipeline, for evaluation: ST-GCN fine-tuned whole with a logistic-regression head on good and bad repetitions, the head dropped, a one-class SVM on
/// the features of the correct training repetitions. Calibrated by fine-tuning again without each session.
/// </summary>
public sealed class FineTunedJudge : IFormJudge
{
    private readonly FineTunedTrials trials;
    private readonly FineTunedCalibration calibration;

    private FineTunedJudge(FineTunedTrials trials, FineTunedCalibration calibration)
    {
        this.trials = trials;
        this.calibration = calibration;
    }

    /// <inheritdoc/>
    public string Name => (trials.Leaks, calibration) switch
    {
        (true, _) => "fine-tuned with logistic head (LEAKS: on the test repetitions too)",
        (_, FineTunedCalibration.AsPacks) => "fine-tuned with logistic head, calibrated as packs are",
        _ => "fine-tuned with logistic head",
    };

    /// <summary>One judge for each calibration; they share the fine-tunings. Fine-tuning on the test repetitions too gives one judge, without p-values: nothing is held out.</summary>
    /// <param name="initialWeights">Weights to start from.</param>
    /// <param name="training">How to fine-tune, with its seed; null for <see cref="FineTuningOptions.DefaultTraining"/>.</param>
    /// <param name="leaked">
    /// Repetitions to fine-tune on instead of each fold's, test repetitions among them: as it is often published, and flattering, because the network then knows what it is
    /// tested on.
    /// </param>
    public static IReadOnlyList<FineTunedJudge> All(string initialWeights, TrainingOptions? training = null, IReadOnlyList<LabelledRepetition>? leaked = null)
    {
        var shared = new FineTunedTrials(initialWeights, training ?? FineTuningOptions.DefaultTraining, leaked);
        return leaked is null
            ? [new(shared, FineTunedCalibration.LikeWithLike), new(shared, FineTunedCalibration.AsPacks)]
            : [new(shared, FineTunedCalibration.LikeWithLike)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken) =>
        trials.Run(training, test, cancellationToken) is { } looked
            ? [.. looked.Select(trial => new Judgement(trial.Score, trial.Score < 0, calibration == FineTunedCalibration.AsPacks ? trial.PValueAsPacks : trial.PValue))]
            : null;
}
