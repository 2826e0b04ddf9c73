namespace Spotter.Evaluation;

/// <summary>Which repetitions a method learns from and which it is tested on.</summary>
/// <param name="Training">Repetitions that may be learnt from.</param>
/// <param name="Test">Repetitions that are judged.</param>
public sealed record Fold(IReadOnlyList<LabelledRepetition> Training, IReadOnlyList<LabelledRepetition> Test);

/// <summary>The ways of dividing repetitions into training and test.</summary>
public static class Splits
{
    /// <summary>Each session in turn is held out whole, correct and incorrect repetitions alike: the honest figure for a new recording.</summary>
    public static IReadOnlyList<Fold> Grouped(IReadOnlyList<LabelledRepetition> repetitions) =>
        [.. repetitions
            .Select(repetition => repetition.Session)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(session => new Fold(
                [.. repetitions.Where(repetition => repetition.Session != session)],
                [.. repetitions.Where(repetition => repetition.Session == session)]))];

    /// <summary>
    /// Two thirds of the correct repetitions train; the other third and all incorrect ones test. Sessions lie on both sides, so the figure is
    /// flattering; it is what is often published.
    /// </summary>
    /// <param name="repetitions">All repetitions.</param>
    /// <param name="draws">How often the correct repetitions are divided anew.</param>
    public static IReadOnlyList<Fold> Published(IReadOnlyList<LabelledRepetition> repetitions, int draws = 10)
    {
        LabelledRepetition[] correct = [.. repetitions.Where(repetition => repetition.Correct)];
        var random = new Random(1);
        return [.. Enumerable.Range(0, draws).Select(_ =>
        {
            random.Shuffle(correct);
            var forTraining = correct.Length * 2 / 3;
            return new Fold(correct[..forTraining], [.. correct[forTraining..], .. repetitions.Where(repetition => !repetition.Correct)]);
        })];
    }

    /// <summary>Everything of one data set trains, everything of another tests: other people, other rooms, other cameras.</summary>
    public static IReadOnlyList<Fold> Cross(IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test) =>
        [new Fold(training, test)];
}
