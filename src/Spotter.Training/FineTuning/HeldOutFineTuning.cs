using System.Globalization;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>
/// How the features of correct repetitions look to a network that was fine-tuned without their recording session. A network knows the repetitions that it was
/// fine-tuned on, and a threshold that rests on these would flag most correct repetitions of anybody else; so the fine-tuning is repeated without each group of
/// sessions.
/// </summary>
public static class HeldOutFineTuning
{
    /// <summary>Sessions beyond this many share a fine-tuning.</summary>
    public const int LargestFoldCount = 4;

    /// <summary>Relative score of each correct repetition under a network and a one-class SVM that have not seen its session.</summary>
    /// <param name="options">How to fine-tune; its samples are not used. Each repeated fine-tuning keeps a state file of its own.</param>
    /// <param name="good">Correct repetitions.</param>
    /// <param name="bad">Incorrect repetitions; those of a session are left out with it.</param>
    /// <param name="progress">Told after each step of each fine-tuning.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="PackFormatException">There are too few sessions to hold one out.</exception>
    public static IReadOnlyDictionary<CorrectRepetition, double> Scores(
        FineTuningOptions options,
        IReadOnlyList<CorrectRepetition> good,
        IReadOnlyList<CorrectRepetition> bad,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var scores = new Dictionary<CorrectRepetition, double>();
        var folds = good.Select(repetition => repetition.Session).Distinct(StringComparer.Ordinal).Index()
            .GroupBy(session => session.Index % LargestFoldCount, session => session.Item).Select(fold => fold.ToHashSet(StringComparer.Ordinal)).ToArray();
        foreach (var (number, held) in folds.Index())
        {
            CorrectRepetition[] rest = [.. good.Where(repetition => !held.Contains(repetition.Session))];
            var samples = RecordedSource.Samples(rest, bad.Where(repetition => !held.Contains(repetition.Session)));
            if (samples.All(sample => sample.IsGood) || samples.All(sample => !sample.IsGood))
            {
                throw new PackFormatException(
                    "Fine-tuning needs good and bad repetitions in several recording sessions, so that one can be held out for the calibration. Record more sessions, or train without --fine-tune.");
            }

            var fold = options with { Samples = samples, Training = options.Training with { StatePath = StatePath(options, number) } };
            using var network = FineTuningTraining.Train(fold, progress, cancellationToken);
            using var encoder = StGcnEncoder.Load(StGcnExport.ToOnnx(network, FineTuningTraining.Describe(fold)));
            foreach (var view in good.GroupBy(repetition => repetition.View.View))
            {
                Score(view.Key, rest, [.. view.Where(repetition => held.Contains(repetition.Session))], encoder, scores);
            }
        }

        return scores;
    }

    /// <summary>The state files that <see cref="Scores"/> leaves, so that a training that was killed goes on from there.</summary>
    public static IEnumerable<string> StateFiles(FineTuningOptions options) =>
        Enumerable.Range(0, LargestFoldCount).Select(number => StatePath(options, number)).OfType<string>();

    private static void Score(
        View view, CorrectRepetition[] rest, CorrectRepetition[] held, StGcnEncoder encoder, Dictionary<CorrectRepetition, double> scores)
    {
        float[][] inputs = [.. rest.Where(repetition => repetition.View.View == view).Select(RecordedSource.Input)];
        if (held.Length > 0 && inputs.Length == 0)
        {
            throw new PackFormatException(
                $"All good repetitions from the {view.ToString().ToLowerInvariant()} are of one recording session, and calibration needs another. Record a second session.");
        }

        if (held.Length == 0)
        {
            return;
        }

        var shown = JointMask.Fit(inputs);
        var model = OneClassModel.Fit([.. inputs.Select(input => Features(encoder, shown.Apply(input)))]);
        foreach (var repetition in held)
        {
            scores[repetition] = model.RelativeScore(Features(encoder, shown.Apply(RecordedSource.Input(repetition))));
        }
    }

    private static double[] Features(StGcnEncoder encoder, float[] input) =>
        Array.ConvertAll(encoder.Encode(input, input.Length / (3 * Skeleton.JointCount)), value => (double)value);

    private static string? StatePath(FineTuningOptions options, int fold) => options.Training.StatePath is { } path
        ? string.Create(CultureInfo.InvariantCulture, $"{path}.without-{fold + 1}")
        : null;
}
