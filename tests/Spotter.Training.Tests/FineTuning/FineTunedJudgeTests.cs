using Spotter.Evaluation;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Training.Checkpoints;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;
using Spotter.Training.Tests.Network;

namespace Spotter.Training.Tests.FineTuning;

public sealed class FineTunedJudgeTests : IDisposable
{
    private static readonly TrainingOptions Short = new() { Steps = 2, WarmUpSteps = 1, Threads = 1 };

    private readonly string folder = Directory.CreateTempSubdirectory("spotter-fine-tuned").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Judge_SeveralSessions_GivesPValuesOfEitherCalibration()
    {
        LabelledRepetition[] training = [.. Session("anna", 1), .. Session("ben", 3), .. Session("eva", 5)];
        LabelledRepetition[] test = [.. Session("new", 7)];
        var judges = FineTunedJudge.All(Init(), Short);

        var likeWithLike = judges[0].Judge(training, test, TestContext.Current.CancellationToken)!;
        var asPacks = judges[1].Judge(training, test, TestContext.Current.CancellationToken)!;

        Assert.Equal(likeWithLike.Select(judgement => judgement.Score), asPacks.Select(judgement => judgement.Score));
        Assert.All(likeWithLike.Concat(asPacks), judgement => Assert.InRange(judgement.PValue!.Value, 1.0 / 7, 1));
        var again = FineTunedJudge.All(Init(), Short)[0].Judge(training, test, TestContext.Current.CancellationToken)!;
        Assert.Equal(likeWithLike, again);
    }

    [Fact]
    public void Judge_OnlyCorrectTraining_CannotJudge()
    {
        LabelledRepetition[] training = [.. Session("anna", 1).Where(repetition => repetition.Correct)];
        Assert.Null(FineTunedJudge.All(Init(), Short)[0].Judge(training, training, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Judge_FineTunedOnTheTestToo_SaysThatItLeaks()
    {
        LabelledRepetition[] all = [.. Session("anna", 1), .. Session("ben", 3)];
        var judge = Assert.Single(FineTunedJudge.All(Init(), Short, leaked: all));
        Assert.Contains("LEAKS", judge.Name, StringComparison.Ordinal);
        Assert.All(judge.Judge(all, all, TestContext.Current.CancellationToken)!, judgement => Assert.Null(judgement.PValue));
    }

    private string Init()
    {
        var init = Path.Combine(folder, "init.safetensors");
        if (!File.Exists(init))
        {
            using var network = RandomWeights.Network(2);
            SafeTensorsFile.Write(init, network.GetWeights());
        }

        return init;
    }

    private static IEnumerable<LabelledRepetition> Session(string session, int seed) =>
        Set(session, seed, correct: true).Concat(Set(session, seed + 1, correct: false, new Fault(FaultKind.NoLockout, 40)));

    private static IEnumerable<LabelledRepetition> Set(string session, int seed, bool correct, params Fault[] faults)
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Seed = seed, Repetitions = 2, Faults = faults });
        var cleaned = SkeletonCleaning.Clean(set.Sequence);
        var clip = new RecordedClip { Name = $"{session}-{seed}", Exercise = "shoulder-press", Correct = correct, Session = session, Keypoints = set.Sequence };
        return set.Repetitions.Select(repetition => new LabelledRepetition(clip, cleaned, new ViewEstimate(View.Front, 0), repetition));
    }
}
