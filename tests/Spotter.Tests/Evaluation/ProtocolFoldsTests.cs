using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Tests.Evaluation;

public sealed class ProtocolFoldsTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    [Fact]
    public void Divide_SeveralViews_KeepsThemApart()
    {
        LabelledRepetition[] all = [.. Side("a", 3), .. Side("b", 3), .. Side("c", 4).Select(Front), .. Side("d", 1).Select(Diagonal)];

        var divided = ProtocolFolds.Divide(EvaluationProtocol.Grouped, Press, [("all", all)]);

        Assert.Equal(2, divided.Count); // the press has no measures for the diagonal
        Assert.All(divided, part => Assert.Single(part.Folds.SelectMany(fold => fold.Training.Concat(fold.Test)).Select(repetition => repetition.View!.Value.View).Distinct()));
        Assert.Equal([4, 6], divided.Select(part => part.Folds.Sum(fold => fold.Test.Count)));
    }

    [Fact]
    public void Divide_Cross_TrainsOnOneSetAndTestsOnTheOther()
    {
        var divided = ProtocolFolds.Divide(EvaluationProtocol.Cross, Press, [("one", [.. Side("a", 3)]), ("two", [.. Side("b", 2), .. Side("c", 2).Select(Front)])]);

        Assert.Equal(["cross, one to two", "cross, one to two", "cross, two to one"], divided.Select(part => part.Protocol));
        Assert.All(divided.SelectMany(part => part.Folds), fold =>
            Assert.Empty(fold.Training.Select(repetition => repetition.Session).Intersect(fold.Test.Select(repetition => repetition.Session))));
        Assert.Equal([2, 2, 3], divided.Select(part => part.Folds[0].Test.Count));
        Assert.Equal([3, 3, 2], divided.Select(part => part.Folds[0].Training.Count)); // no front view in the first set: all of it is taken
    }

    [Fact]
    public void Divide_CrossWithOneSet_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ProtocolFolds.Divide(EvaluationProtocol.Cross, Press, [("one", [.. Side("a", 3)])]));

    private static IEnumerable<LabelledRepetition> Side(string session, int count) =>
        Enumerable.Range(0, count).Select(i => Recordings.Press(correct: i > 0, session, i) with { View = new ViewEstimate(View.Side, 80) });

    private static LabelledRepetition Front(LabelledRepetition repetition) => repetition with { View = new ViewEstimate(View.Front, 0) };

    private static LabelledRepetition Diagonal(LabelledRepetition repetition) => repetition with { View = new ViewEstimate(View.Diagonal, 45) };
}
