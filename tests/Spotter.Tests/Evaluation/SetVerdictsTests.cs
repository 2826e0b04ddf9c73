using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class SetVerdictsTests
{
    [Fact]
    public void Of_OneOddRepetitionAmongTen_IsFlaggedOnlyWhereOneIsEnough()
    {
        double[] oneOdd = [0.05, .. Enumerable.Repeat(0.5, 9)];
        var verdicts = SetVerdicts.Of([(true, oneOdd), (true, [0.4, 0.6]), (false, [0.05, 0.08, 0.09, 0.5]), (false, [0.01, 0.01])], 0.1);

        Assert.Equal(new SetVerdicts(Correct: 2, FlaggedByAny: 1, FlaggedTogether: 0, Incorrect: 2, FoundByAny: 2, FoundTogether: 2), verdicts);
    }
}
