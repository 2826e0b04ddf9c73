using Spotter.Evaluation;

namespace Spotter.Tests.Evaluation;

public sealed class SplitsTests
{
    private static readonly LabelledRepetition[] Repetitions =
        [.. Enumerable.Range(0, 24).Select(i => Recordings.Press(correct: i % 4 != 0, session: $"s{i / 6}", number: i))];

    [Fact]
    public void Grouped_AnyFold_KeepsSessionsApart()
    {
        var folds = Splits.Grouped(Repetitions);
        Assert.Equal(4, folds.Count);
        Assert.All(folds, fold => Assert.Empty(fold.Training.Select(item => item.Session).Intersect(fold.Test.Select(item => item.Session))));
        Assert.Equal(Repetitions.ToHashSet(), folds.SelectMany(fold => fold.Test).ToHashSet());
    }

    [Fact]
    public void Published_AnyDraw_TrainsOnTwoThirdsOfTheCorrect()
    {
        var folds = Splits.Published(Repetitions, draws: 3);
        Assert.All(folds, fold => Assert.Equal(12, fold.Training.Count));
        Assert.All(folds, fold => Assert.DoesNotContain(fold.Training, item => !item.Correct));
        Assert.All(folds, fold => Assert.Equal(6, fold.Test.Count(item => !item.Correct)));
        Assert.All(folds, fold => Assert.Empty(fold.Training.Intersect(fold.Test)));
    }

    [Fact]
    public void PoseTrainerSplit_OtherCount_GivesNone() => Assert.Null(PoseTrainerSplit.Divide(Repetitions));

    [Theory]
    [InlineData(36, 15)]
    [InlineData(16, 7)]
    [InlineData(28, 12)]
    [InlineData(32, 13)]
    public void PoseTrainerSplit_ItsCounts_TestsTwoFifths(int count, int test)
    {
        var fold = PoseTrainerSplit.Divide([.. Enumerable.Range(0, count).Select(i => Recordings.Press(i % 2 == 0, "s", i))])!;
        Assert.Equal((test, count - test), (fold.Test.Count, fold.Training.Count));
        Assert.Empty(fold.Training.Intersect(fold.Test));
    }
}
