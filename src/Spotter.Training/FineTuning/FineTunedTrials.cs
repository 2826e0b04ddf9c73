using Spotter.Evaluation;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>Networks fine-tuned on training repetitions, and what they say of test repetitions; made once, however many judges ask.</summary>
internal sealed class FineTunedTrials(string initialWeights, TrainingOptions trainingOptions, IReadOnlyList<LabelledRepetition>? leaked)
{
    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>(StringComparer.Ordinal);

    private readonly Dictionary<(object Training, object Test), Trial[]?> known = [];

    /// <summary>Whether the test repetitions are fine-tuned on, too.</summary>
    public bool Leaks => leaked is not null;

    /// <summary>Fine-tunes and looks; null when there are not both good and bad repetitions, or a test repetition is seen from where no good one is.</summary>
    public IReadOnlyList<Trial>? Run(IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue((training, test), out var trials))
        {
            trials = Look(training, test, cancellationToken);
            known.Add((training, test), trials);
        }

        return trials;
    }

    private Trial[]? Look(IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        var options = new FineTuningOptions { InitialWeights = initialWeights, Samples = [], Output = "", Training = trainingOptions };
        CorrectRepetition[] good = Of(training, true), bad = Of(training, false), tested = Of(test, null);
        if (tested.Length < test.Count)
        {
            return null;
        }

        using var all = Leaks
            ? HeldOutNetwork.Train(options, Of(leaked!, true), Of(leaked!, false), Nothing, null, cancellationToken, good)
            : HeldOutNetwork.Train(options, good, bad, Nothing, null, cancellationToken);
        if (all is null || !tested.All(repetition => all.Knows(repetition.View.View)))
        {
            return null;
        }

        double[] scores = [.. tested.Select(all.Score)];
        var (calibration, heldOut) = Leaks ? (null, []) : Calibrate(options, good, bad, tested, cancellationToken);
        return [.. scores.Select((score, i) => new Trial(
            score, calibration?.PValue(heldOut.Select(own => own[i]).ToArray().AsSpan()), calibration?.PValue(score)))];
    }

    /// <summary>Calibration scores of networks that each left some sessions out, and the scores of the test repetitions under each.</summary>
    private static (ConformalCalibration? Calibration, List<double[]> Scores) Calibrate(
        FineTuningOptions options, CorrectRepetition[] good, CorrectRepetition[] bad, CorrectRepetition[] tested, CancellationToken cancellationToken)
    {
        List<double> own = [];
        List<int> sessions = [], models = [];
        List<double[]> scores = [];
        foreach (var held in HeldOutFineTuning.Folds(good))
        {
            // A session without which no bad repetition is left gives no calibration scores.
            using var network = HeldOutNetwork.Train(options, good, bad, held, null, cancellationToken);
            if (network is null || !good.Concat(tested).All(repetition => network.Knows(repetition.View.View)))
            {
                continue;
            }

            foreach (var repetition in good.Where(repetition => held.Contains(repetition.Session)))
            {
                own.Add(network.Score(repetition));
                sessions.Add(Array.FindIndex(good, other => other.Session == repetition.Session));
                models.Add(scores.Count);
            }

            scores.Add([.. tested.Select(network.Score)]);
        }

        return (own.Count > 0 ? new ConformalCalibration([.. own], [.. sessions], [.. models]) : null, scores);
    }

    private static CorrectRepetition[] Of(IEnumerable<LabelledRepetition> repetitions, bool? correct) =>
    [
        .. repetitions.Where(repetition => (correct ?? repetition.Correct) == repetition.Correct && repetition.View is not null)
            .Select(repetition => new CorrectRepetition(repetition.Cleaned, repetition.Repetition, repetition.View!.Value, "evaluation", repetition.Session)),
    ];
}

/// <summary>A test repetition as fine-tuned networks see it.</summary>
/// <param name="Score">Relative score under the network of all training sessions.</param>
/// <param name="PValue">Compared with the calibration scores by the networks that gave them; null where none could be made.</param>
/// <param name="PValueAsPacks">The score under the network of all sessions compared with them.</param>
internal readonly record struct Trial(double Score, double? PValue, double? PValueAsPacks);
