using System.Globalization;
using Spotter.Packs;
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
        foreach (var (number, held) in Folds(good).Index())
        {
            using var network = HeldOutNetwork.Train(
                options with { Training = options.Training with { StatePath = StatePath(options, number) } }, good, bad, held, progress, cancellationToken)
                ?? throw new PackFormatException(
                    "Fine-tuning needs good and bad repetitions in several recording sessions, so that one can be held out for the calibration. Record more sessions, or train without --fine-tune.");
            foreach (var repetition in good.Where(repetition => held.Contains(repetition.Session)))
            {
                scores[repetition] = network.Score(repetition);
            }
        }

        return scores;
    }

    /// <summary>Groups of sessions that are left out together.</summary>
    internal static IReadOnlyList<IReadOnlySet<string>> Folds(IEnumerable<CorrectRepetition> good) =>
    [
        .. good.Select(repetition => repetition.Session).Distinct(StringComparer.Ordinal).Index()
            .GroupBy(session => session.Index % LargestFoldCount, session => session.Item).Select(fold => fold.ToHashSet(StringComparer.Ordinal)),
    ];

    /// <summary>The state files that <see cref="Scores"/> leaves, so that a training that was killed goes on from there.</summary>
    public static IEnumerable<string> StateFiles(FineTuningOptions options) =>
        Enumerable.Range(0, LargestFoldCount).Select(number => StatePath(options, number)).OfType<string>();

    private static string? StatePath(FineTuningOptions options, int fold) => options.Training.StatePath is { } path
        ? string.Create(CultureInfo.InvariantCulture, $"{path}.without-{fold + 1}")
        : null;
}
