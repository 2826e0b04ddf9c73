using Spotter.Evaluation;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Export;

namespace Spotter.Training.FineTuning;

/// <summary>
/// The plain pipeline, for evaluation: ST-GCN fine-tuned whole with a logistic-regression head on good and bad repetitions, the head dropped, a one-class SVM on
/// the features of the correct training repetitions. Its verdict is the sign of the decision function.
/// </summary>
public sealed class FineTunedJudge : IFormJudge
{
    private readonly string initialWeights;
    private readonly IReadOnlyList<LabelledRepetition>? leaked;
    private readonly int seed;
    private StGcnEncoder? leaking;

    /// <summary>Fine-tunes for each fold on its training repetitions, or once on given ones.</summary>
    /// <param name="initialWeights">Weights to start from.</param>
    /// <param name="seed">Seed of the fine-tuning.</param>
    /// <param name="leaked">
    /// Repetitions to fine-tune on instead, test repetitions among them: as it is often published, and flattering, because the network then knows what it is
    /// tested on.
    /// </param>
    public FineTunedJudge(string initialWeights, int seed = 1, IReadOnlyList<LabelledRepetition>? leaked = null)
    {
        this.initialWeights = initialWeights;
        this.leaked = leaked;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public string Name => leaked is null ? "fine-tuned with logistic head" : "fine-tuned with logistic head (LEAKS: on the test repetitions too)";

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        var fineTunedOn = leaked ?? training;
        if (fineTunedOn.All(repetition => repetition.Correct) || !fineTunedOn.Any(repetition => repetition.Correct) || !training.Any(repetition => repetition.Correct))
        {
            return null;
        }

        if (leaked is not null)
        {
            leaking ??= FineTune(leaked, cancellationToken);
            return Judge(leaking, training, test);
        }

        using var encoder = FineTune(training, cancellationToken);
        return Judge(encoder, training, test);
    }

    private static IReadOnlyList<Judgement> Judge(StGcnEncoder encoder, IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test)
    {
        float[][] inputs = [.. training.Where(repetition => repetition.Correct).Select(Input)];
        var shown = JointMask.Fit(inputs);
        var model = OneClassModel.Fit([.. inputs.Select(Features)]);
        return [.. test.Select(repetition => model.RelativeScore(Features(Input(repetition)))).Select(score => new Judgement(score, score < 0))];

        double[] Features(float[] input) =>
            Array.ConvertAll(encoder.Encode(shown.Apply(input), input.Length / (3 * Skeleton.JointCount)), value => (double)value);
    }

    private StGcnEncoder FineTune(IReadOnlyList<LabelledRepetition> repetitions, CancellationToken cancellationToken)
    {
        var options = new FineTuningOptions
        {
            InitialWeights = initialWeights,
            Samples = RecordedSource.Samples(Of(true), Of(false)),
            Output = "",
            Training = FineTuningOptions.DefaultTraining with { Seed = seed },
        };
        using var network = FineTuningTraining.Train(options, null, cancellationToken);
        return StGcnEncoder.Load(StGcnExport.ToOnnx(network, FineTuningTraining.Describe(options)));

        IEnumerable<CorrectRepetition> Of(bool correct) => repetitions.Where(repetition => repetition.Correct == correct && repetition.View is not null)
            .Select(repetition => new CorrectRepetition(repetition.Cleaned, repetition.Repetition, repetition.View!.Value, "evaluation", repetition.Session));
    }

    private static float[] Input(LabelledRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);
}
