using Spotter.OneClass;

namespace Spotter.Evaluation;

/// <summary>How verdicts on whole recordings did, by two ways of joining the p-values of their repetitions.</summary>
/// <param name="Correct">Correct recordings.</param>
/// <param name="FlaggedByAny">Correct recordings flagged when one flagged repetition is enough.</param>
/// <param name="FlaggedTogether">Correct recordings flagged by <see cref="SetTest"/>.</param>
/// <param name="Incorrect">Incorrect recordings.</param>
/// <param name="FoundByAny">Incorrect recordings found when one flagged repetition is enough.</param>
/// <param name="FoundTogether">Incorrect recordings found by <see cref="SetTest"/>.</param>
public sealed record SetVerdicts(int Correct, int FlaggedByAny, int FlaggedTogether, int Incorrect, int FoundByAny, int FoundTogether)
{
    /// <summary>Counts recordings.</summary>
    /// <param name="sets">Label and p-values of the repetitions of each recording.</param>
    /// <param name="falseAlarmRate">The rate at which they are flagged.</param>
    public static SetVerdicts Of(IReadOnlyList<(bool Correct, double[] PValues)> sets, double falseAlarmRate)
    {
        return new SetVerdicts(
            sets.Count(set => set.Correct), Count(true, Enumerable.Min), Count(true, SetTest.PValue),
            sets.Count(set => !set.Correct), Count(false, Enumerable.Min), Count(false, SetTest.PValue));

        int Count(bool correct, Func<IEnumerable<double>, double> join) =>
            sets.Count(set => set.Correct == correct && new Judgement(0, false, join(set.PValues)).IsFlagged(falseAlarmRate));
    }
}
