using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Tests.Network;
using TorchSharp;

namespace Spotter.Training.Tests.FineTuning;

public sealed class FineTuningTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spotter-fine-tuning").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task RunAsync_FewSteps_WritesBackboneAndEqualWeights()
    {
        var init = Path.Combine(folder, "init.safetensors");
        using (var network = RandomWeights.Network(2))
        {
            SafeTensorsFile.Write(init, network.GetWeights());
        }

        var output = Path.Combine(folder, "tuned.onnx");
        TrainingSample[] samples = [Sample(true, 1), Sample(false, 2), Sample(true, 3), Sample(false, 4)];
        await FineTuningTraining.RunAsync(
            new FineTuningOptions
            {
                InitialWeights = init,
                Samples = samples,
                Output = output,
                BatchSize = 2,
                Training = new TrainingOptions { Steps = 2, WarmUpSteps = 1, Threads = 1 },
            },
            cancellationToken: TestContext.Current.CancellationToken);

        using var encoder = StGcnEncoder.Load(output);
        Assert.Contains("2 good and 2 bad", encoder.Description.Training, StringComparison.Ordinal);

        // The weights beside the backbone are where a later training starts from: they must be the same network.
        using var tuned = StGcnNetwork.Load(Path.ChangeExtension(output, ".safetensors"));
        using var noGradients = torch.no_grad();
        using var input = TrainingLoop.Collate(samples);
        using var features = tuned.forward(input);
        var expected = features.data<float>().ToArray();
        var actual = encoder.Encode(samples.SelectMany(sample => sample.Input).ToArray(), 4, samples.Length);
        var unit = Math.Max(1, expected.Max(Math.Abs));
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / unit, 0, 1e-3);
    }

    [Fact]
    public async Task RunAsync_OnlyGoodRepetitions_SaysWhatIsMissing()
    {
        var options = new FineTuningOptions { InitialWeights = "none", Samples = [Sample(true, 1)], Output = Path.Combine(folder, "x.onnx") };
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => FineTuningTraining.RunAsync(options));
        Assert.Contains("some of both", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_GoodAndBad_AreBalanced()
    {
        TrainingSample[] samples = [Sample(false, 0), .. Enumerable.Range(1, 9).Select(i => Sample(true, i))];
        var batch = new RecordedSource(samples, 8, 1).Batch(0);
        Assert.Equal(4, batch.Count(sample => sample.IsGood));
        Assert.Equal(batch, new RecordedSource(samples, 8, 1).Batch(0));
    }

    private static TrainingSample Sample(bool good, int seed)
    {
        var random = new Random(seed);
        var input = Enumerable.Range(0, 3 * 4 * Skeleton.JointCount).Select(_ => random.NextSingle() - 0.5f).ToArray();
        return new TrainingSample(input, [], [], good, good ? 0 : 1, seed);
    }
}
