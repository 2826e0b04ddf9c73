using Spotter.Skeletons;
using Spotter.Training.Checkpoints;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Tests.Network;
using TorchSharp;

namespace Spotter.Training.Tests.Learning;

public sealed class TrainingLoopTests : IDisposable
{
    private const int Frames = 4;

    private readonly string folder = Directory.CreateTempSubdirectory("spotter-training").FullName;

    private static TrainingOptions Options => new() { Steps = 6, WarmUpSteps = 2, Threads = 1, StateEvery = 2, BackboneRate = 1e-3, HeadRate = 1e-2 };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Run_SameSeed_GivesSameWeights()
    {
        var first = Train(Options);
        var second = Train(Options);
        Assert.All(first, pair => Assert.Equal(pair.Value.Values, second[pair.Key].Values));
    }

    [Fact]
    public void Run_CancelledAndResumed_GivesSameWeightsAsUninterrupted()
    {
        var state = Path.Combine(folder, "state.safetensors");
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        var stop = new Report(progress =>
        {
            seen = progress.Step;
            if (progress.Step == 3)
            {
                cancellation.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Train(Options with { StatePath = state }, stop, cancellation.Token));
        Assert.Equal(3, seen);

        var steps = new List<int>();
        var resumed = Train(Options with { StatePath = state }, new Report(progress => steps.Add(progress.Step)));
        Assert.Equal([4, 5, 6], steps);
        var uninterrupted = Train(Options);
        Assert.All(uninterrupted, pair => Assert.Equal(pair.Value.Values, resumed[pair.Key].Values));
        Assert.Equal([state], Directory.GetFiles(folder));
    }

    [Fact]
    public void Run_LossThatIsEnough_StopsEarlyAndStaysStoppedWhenResumed()
    {
        var state = Path.Combine(folder, "state.safetensors");
        var options = Options with { Steps = 60, EnoughLoss = 0.3, StateEvery = 50, StatePath = state };
        var steps = new List<int>();
        var stopped = Train(options, new Report(progress => steps.Add(progress.Step)));
        Assert.InRange(steps[^1], 3, 59);

        var more = new List<int>();
        var resumed = Train(options, new Report(progress => more.Add(progress.Step)));
        Assert.Empty(more);
        Assert.All(stopped, pair => Assert.Equal(pair.Value.Values, resumed[pair.Key].Values));
    }

    [Fact]
    public void Run_StateOfAnotherTraining_IsRefused()
    {
        var state = Path.Combine(folder, "state.safetensors");
        Train(Options with { StatePath = state, Steps = 1 });
        Assert.Throws<CheckpointFormatException>(() => Train(Options with { StatePath = state, Steps = 1, Seed = 2 }));
    }

    [Fact]
    public void Run_TwoKindsOfMovement_AreLearntApart()
    {
        using var network = RandomWeights.Network(1);
        using var objective = new GoodBadObjective();
        var samples = Samples();
        var losses = new List<double>();
        TrainingLoop.Run(
            network,
            objective,
            new RecordedSource(samples, 8, 1),
            Options with { Steps = 25, AverageDecay = 0 },
            "test",
            new Report(progress => losses.Add(progress.Loss)));
        Assert.True(losses[^1] < 0.5 * losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");

        using var noGradients = torch.no_grad();
        using var input = TrainingLoop.Collate(samples);
        using var features = network.forward(input);
        using var logits = objective.Logits(features);
        Assert.All(samples.Zip(logits.data<float>().ToArray()), pair => Assert.Equal(pair.First.IsGood, pair.Second > 0));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 0.5)]
    public void RateShare_RisesThenFallsAlongCosine(int step, double share) => Assert.Equal(share, Options.RateShare(step), 6);

    private static IReadOnlyDictionary<string, StoredTensor> Train(
        TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var network = RandomWeights.Network(1);
        using var objective = new GoodBadObjective();
        TrainingLoop.Run(network, objective, new RecordedSource(Samples(), 4, options.Seed), options, "test", progress, cancellationToken);
        return network.GetWeights();
    }

    private static IReadOnlyList<TrainingSample> Samples()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, 16).Select(i =>
        {
            var good = i % 2 == 0;
            var input = new float[3 * Frames * Skeleton.JointCount];
            for (var at = 0; at < input.Length; at++)
            {
                input[at] = ((random.NextSingle() - 0.5f) * 0.2f) + (good ? 0.3f : -0.3f);
            }

            return new TrainingSample(input, [], [], good, good ? 0 : 1, i);
        })];
    }

    // Progress<T> reports from other threads, some time later.
    private sealed class Report(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => action(value);
    }
}
