using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Streams;
using Spotter.Training.Tests.Network;
using TorchSharp;

namespace Spotter.Training.Tests.FineTuning;

public sealed class FineTuningTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spotter-fine-tuning").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FewSteps_WritesBackboneAndEqualWeights(bool withMotion)
    {
        var init = Path.Combine(folder, "init.safetensors");
        using (var joints = RandomWeights.Network(2))
        using (var motion = RandomWeights.Network(3))
        {
            SafeTensorsFile.Write(init, new BackboneWeights(joints.GetWeights(), withMotion ? motion.GetWeights() : null).ToTensors());
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
                Training = new TrainingOptions { Steps = 2, WarmUpSteps = 1, Threads = 1, StatePath = Path.Combine(folder, "state") },
            },
            cancellationToken: TestContext.Current.CancellationToken);

        using var encoder = StGcnEncoder.Load(output);
        Assert.Contains("2 good and 2 bad", encoder.Description.Training, StringComparison.Ordinal);

        // The weights beside the backbone are where a later training starts from: they must be the same network.
        var tuned = BackboneWeights.Load(Path.ChangeExtension(output, ".safetensors"));
        float[][] streams = [.. tuned.Streams.Select(own => Features(own.Stream, own.Weights, samples))];
        Assert.Equal(withMotion ? 2 : 1, streams.Length);
        float[] expected = [.. Enumerable.Range(0, samples.Length).SelectMany(at => streams.SelectMany(own => own.Skip(at * StGcnNetwork.FeatureCount).Take(StGcnNetwork.FeatureCount)))];
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

    private static float[] Features(StreamKind stream, IReadOnlyDictionary<string, StoredTensor> weights, TrainingSample[] samples)
    {
        using var network = new StGcnNetwork();
        network.SetWeights(weights);
        using var noGradients = torch.no_grad();
        using var input = TrainingLoop.Collate([.. samples.Select(sample => sample with { Input = StreamInput.Of(stream, sample.Input) })]);
        using var features = network.forward(input);
        return features.data<float>().ToArray();
    }

    private static TrainingSample Sample(bool good, int seed)
    {
        var random = new Random(seed);
        var input = Enumerable.Range(0, 3 * 4 * Skeleton.JointCount).Select(_ => random.NextSingle() - 0.5f).ToArray();
        return new TrainingSample(input, [], [], good, good ? 0 : 1, seed);
    }
}
