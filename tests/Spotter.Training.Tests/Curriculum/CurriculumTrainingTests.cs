using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Checkpoints;
using Spotter.Training.Curriculum;
using Spotter.Training.Learning;
using Spotter.Training.Tests.Network;

namespace Spotter.Training.Tests.Curriculum;

public sealed class CurriculumTrainingTests : IDisposable
{
    private const string Weight = "st_gcn_networks.3.gcn.conv.bias";

    private readonly string folder = Directory.CreateTempSubdirectory("spotter-curriculum").FullName;
    private readonly string init;

    public CurriculumTrainingTests()
    {
        init = Path.Combine(folder, "init.safetensors");
        using var network = RandomWeights.Network(2);
        SafeTensorsFile.Write(init, network.GetWeights());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task RunAsync_StoppedAfterTheFirstOfTwoRuns_GoesOnWithTheSecond()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var options = Options("mean.onnx", runs: 2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CurriculumTraining.RunAsync(options, new Steps(() => steps++, stop), stop.Token));
        Assert.Equal(1, steps);
        var first = Values("mean.5");
        await CurriculumTraining.RunAsync(options, new Steps(() => steps++), TestContext.Current.CancellationToken);
        Assert.Equal(2, steps);
        Assert.NotEqual(first, Values("mean"));

        using var encoder = StGcnEncoder.Load(options.Output);
        Assert.Contains("bicep-curl", encoder.Description.Training, StringComparison.Ordinal);
        Assert.Contains("seeds 5, 6", encoder.Description.Training, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void WeightMean_OfTwoNetworks_IsHalfwayBetween()
    {
        using var network = RandomWeights.Network(3);
        var (a, b) = (SafeTensorsFile.Read(init), network.GetWeights());
        var mean = WeightMean.Of([a, b]);
        Assert.Equal(a.Keys.Order(StringComparer.Ordinal), mean.Keys.Order(StringComparer.Ordinal));
        Assert.All(mean[Weight].Values.Index(), value => Assert.Equal((a[Weight].Values[value.Index] + b[Weight].Values[value.Index]) / 2, value.Item, 1e-6f));
    }

    [Fact]
    public async Task RunAsync_WeightsOfAnotherTrainingInTheWay_AreRefused()
    {
        File.Copy(init, Path.Combine(folder, "x.5.safetensors"));
        await Assert.ThrowsAsync<CheckpointFormatException>(() =>
            CurriculumTraining.RunAsync(Options("x.onnx", runs: 1), cancellationToken: TestContext.Current.CancellationToken));
    }

    private CurriculumOptions Options(string output, int runs) => new()
    {
        InitialWeights = init,
        Output = Path.Combine(folder, output),
        MotionsPerStep = 2,
        Runs = runs,
        Exercises = [MannequinExercises.BicepCurl],
        Training = new TrainingOptions { Steps = 1, WarmUpSteps = 0, Threads = 1, Seed = 5 },
    };

    private float[] Values(string name) => SafeTensorsFile.Read(Path.Combine(folder, name + ".safetensors"))[Weight].Values;

    private sealed class Steps(Action step, CancellationTokenSource? stop = null) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            step();
            stop?.Cancel();
        }
    }
}
