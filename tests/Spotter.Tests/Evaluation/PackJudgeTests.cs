using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Tests.Evaluation;

public sealed class PackJudgeTests : IDisposable
{
    private readonly StGcnEncoder encoder = StGcnEncoder.Load(Path.Combine(SharedData.Repository, "models", "backbone.onnx"));

    [Fact]
    public void Judge_LeaningRepetitions_AreFoundByEveryMethod()
    {
        LabelledRepetition[] training = [.. Enumerable.Range(0, 24).Select(i => Good($"s{i / 6}", i))];
        LabelledRepetition[] test = [Good("t", 30), Bad("t", 31), Bad("t", 32)];

        foreach (var judge in PackJudge.All(ExerciseDefinition.Load("shoulder-press"), encoder))
        {
            var judgements = judge.Judge(training, test, TestContext.Current.CancellationToken)!;
            Assert.All(judgements.Skip(1), bad => Assert.True(bad.Score < judgements[0].Score, judge.Name));
            Assert.All(judgements, judgement => Assert.InRange(judgement.PValue!.Value, 1 / 25.0, 1));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(24)] // all in one session
    public void Judge_LeaningRepetitions_AreFoundWithOtherDetectorsToo(int sessionSize)
    {
        LabelledRepetition[] training = [.. Enumerable.Range(0, 24).Select(i => Good($"s{i / sessionSize}", i))];
        LabelledRepetition[] test = [Good("t", 30), Bad("t", 31)];

        var rivals = ComparedMethods.For(ExerciseDefinition.Load("shoulder-press"), new Comparison { Shipped = encoder, Rivals = RivalDetectors.All }).Judges.OfType<RivalJudge>().ToArray();
        Assert.Equal(2 * RivalDetectors.All.Count, rivals.Length);
        foreach (var judge in rivals)
        {
            var judgements = judge.Judge(training, test, TestContext.Current.CancellationToken)!;
            Assert.True(judgements[1].Score < judgements[0].Score, judge.Name);
            Assert.Equal(1 / 25.0, judgements[1].PValue!.Value, 1e-9);
        }
    }

    [Fact]
    public void Judge_ViewThatWasNotLearnt_CannotBeJudged()
    {
        LabelledRepetition[] training = [.. Enumerable.Range(0, 12).Select(i => Good($"s{i / 6}", i))];
        var front = Good("t", 30) with { View = new ViewEstimate(View.Front, 0) };
        Assert.All(
            PackJudge.All(ExerciseDefinition.Load("shoulder-press"), encoder),
            judge => Assert.Null(judge.Judge(training, [front], TestContext.Current.CancellationToken)));
    }

    public void Dispose() => encoder.Dispose();

    private static LabelledRepetition Good(string session, int i) =>
        Recordings.Press(correct: true, session, i, lean: 0.05 + (0.03 * Math.Sin(i * 1.7)), top: 1 - (0.1 * Math.Abs(Math.Sin(i)))) with { View = new ViewEstimate(View.Side, 80) };

    private static LabelledRepetition Bad(string session, int i) =>
        Recordings.Press(correct: false, session, i, lean: 0.6) with { View = new ViewEstimate(View.Side, 80) };
}
