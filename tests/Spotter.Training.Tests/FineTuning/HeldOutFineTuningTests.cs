using Spotter.Exercises;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Checkpoints;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;
using Spotter.Training.Tests.Network;

namespace Spotter.Training.Tests.FineTuning;

public sealed class HeldOutFineTuningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spotter-held-out").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Scores_TwoSessions_CalibrateAPackOfTheFineTunedNetwork()
    {
        CorrectRepetition[] good = [.. Repetitions(1, "anna"), .. Repetitions(2, "ben")];
        CorrectRepetition[] bad = [.. Repetitions(3, "anna", new Fault(FaultKind.NoLockout, 40)), .. Repetitions(4, "ben", new Fault(FaultKind.NoLockout, 40))];
        var options = Options(good, bad);

        await FineTuningTraining.RunAsync(options, cancellationToken: TestContext.Current.CancellationToken);
        var scores = HeldOutFineTuning.Scores(options, good, bad, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(good.ToHashSet(), scores.Keys.ToHashSet());
        Assert.All(scores.Values, score => Assert.True(double.IsFinite(score)));
        Assert.Equal([true, true, false, false], HeldOutFineTuning.StateFiles(options).Select(File.Exists));
        using var encoder = StGcnEncoder.Load(options.Output);
        var pack = PackFitting.Fit(
            ExerciseDefinition.Load("shoulder-press"), good, encoder, PackFitting.Identify(options.Output, encoder), "1", "test", heldOutScores: scores);
        var calibration = new Branch(Assert.Single(pack.Views).Network).Calibration;
        Assert.Equal(good.Select(repetition => scores[repetition]), calibration.Scores);
        Assert.Equal(2, calibration.SessionCount);

        // Killed after its first fine-tuning and started again, it gives the same.
        var again = HeldOutFineTuning.Scores(options, good, bad, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(scores[good[0]], again[good[0]]);
    }

    [Fact]
    public void Scores_OneSession_SaysThatAnotherIsNeeded()
    {
        CorrectRepetition[] good = [.. Repetitions(1, "anna")];
        CorrectRepetition[] bad = [.. Repetitions(3, "anna", new Fault(FaultKind.NoLockout, 40))];
        var exception = Assert.Throws<PackFormatException>(() => HeldOutFineTuning.Scores(Options(good, bad), good, bad));
        Assert.Contains("Record more sessions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_BadFromAViewWithoutGood_AreLeftOut()
    {
        CorrectRepetition[] good = [.. Repetitions(1, "anna")];
        var side = Repetitions(3, "anna").Select(repetition => repetition with { View = new ViewEstimate(View.Side, 80) });
        Assert.All(RecordedSource.Samples(good, side), sample => Assert.True(sample.IsGood));
    }

    private FineTuningOptions Options(CorrectRepetition[] good, CorrectRepetition[] bad)
    {
        var init = Path.Combine(folder, "init.safetensors");
        if (!File.Exists(init))
        {
            using var network = RandomWeights.Network(2);
            SafeTensorsFile.Write(init, network.GetWeights());
        }

        return new FineTuningOptions
        {
            InitialWeights = init,
            Samples = RecordedSource.Samples(good, bad),
            Output = Path.Combine(folder, "tuned.onnx"),
            BatchSize = 2,
            Training = new TrainingOptions { Steps = 2, WarmUpSteps = 1, Threads = 1, StatePath = Path.Combine(folder, "state") },
        };
    }

    private static IEnumerable<CorrectRepetition> Repetitions(int seed, string session, params Fault[] faults)
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Seed = seed, Repetitions = 3, Faults = faults });
        var cleaned = SkeletonCleaning.Clean(set.Sequence);
        return set.Repetitions.Select(repetition => new CorrectRepetition(cleaned, repetition, new ViewEstimate(View.Front, 0), "mannequin", session));
    }
}
