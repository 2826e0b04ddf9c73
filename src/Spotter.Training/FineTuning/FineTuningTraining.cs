using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.Export;
using Spotter.Training.Learning;
using Spotter.Training.Network;

namespace Spotter.Training.FineTuning;

/// <summary>What fine-tuning starts from, learns from, and writes.</summary>
public sealed record FineTuningOptions
{
    /// <summary>Weights to start from: <c>.safetensors</c> (the published ones, or those beside a backbone), or a PyTorch <c>.pt</c> or <c>.pth</c> file.</summary>
    public required string InitialWeights { get; init; }

    /// <summary>Good and bad repetitions, see <see cref="RecordedSource.Samples"/>.</summary>
    public required IReadOnlyList<TrainingSample> Samples { get; init; }

    /// <summary>The backbone that is written, <c>.onnx</c>; the weights go beside it, with the extension <c>.safetensors</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Name told in the backbone's metadata.</summary>
    public string Name { get; init; } = "st-gcn-fine-tuned";

    /// <summary>Version told in the backbone's metadata.</summary>
    public string Version { get; init; } = "1";

    /// <summary>Repetitions in a batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>How long and how fast: gentler than the curriculum, as recordings are few.</summary>
    public TrainingOptions Training { get; init; } = DefaultTraining;

    /// <summary>A hundred steps at most, fewer when good and bad are told apart before.</summary>
    public static TrainingOptions DefaultTraining { get; } = new()
    {
        Steps = 100,
        WarmUpSteps = 10,
        BackboneRate = 1e-4,
        HeadRate = 3e-3,
        AverageDecay = 0.95,
        EnoughLoss = 0.05,
        StateEvery = 10,
    };
}

/// <summary>
/// Fine-tunes the whole network with a logistic-regression head on recordings of good and bad repetitions, drops the head, and writes the backbone.
/// Features of repetitions that were learnt from are flattering: judge the result on sessions that were left out.
/// </summary>
public static class FineTuningTraining
{
    /// <summary>Trains and writes the backbone and its weights.</summary>
    /// <exception cref="ArgumentException">The samples are not of both kinds.</exception>
    /// <exception cref="CheckpointFormatException">The weights to start from cannot be read, or the state file belongs to another training.</exception>
    /// <exception cref="IOException">A result cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; with a state file it can be resumed.</exception>
    public static Task RunAsync(FineTuningOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.Samples.All(sample => sample.IsGood) || options.Samples.All(sample => !sample.IsGood))
        {
            throw new ArgumentException("Fine-tuning tells good from bad repetitions and needs some of both.", nameof(options));
        }

        return Task.Run(() => Run(options, progress, cancellationToken), cancellationToken);
    }

    private static void Run(FineTuningOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var network = Train(options, progress, cancellationToken);
        BackboneFiles.Write(network, options.Output, Describe(options));
    }

    /// <summary>The fine-tuned network; the head is dropped.</summary>
    internal static StGcnNetwork Train(FineTuningOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var network = StGcnNetwork.Load(options.InitialWeights);
        try
        {
            using var objective = new GoodBadObjective();
            var source = new RecordedSource(options.Samples, options.BatchSize, options.Training.Seed);
            var run = string.Create(CultureInfo.InvariantCulture, $"good and bad, batches of {options.BatchSize}, data {Fingerprint(options.Samples)}");
            TrainingLoop.Run(network, objective, source, options.Training, run, progress, cancellationToken);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What is told about the backbone.</summary>
    internal static BackboneDescription Describe(FineTuningOptions options)
    {
        var good = options.Samples.Count(sample => sample.IsGood);
        var training = string.Create(
            CultureInfo.InvariantCulture,
            $"Fine-tuned with a logistic head: {good} good and {options.Samples.Count - good} bad repetitions, at most {options.Training.Steps} steps, seed {options.Training.Seed}.");
        return new BackboneDescription(options.Name, options.Version, BackboneDescription.BodyFramePreprocessing, training);
    }

    // So that a training is not resumed on other recordings.
    private static string Fingerprint(IReadOnlyList<TrainingSample> samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var sample in samples)
        {
            hash.AppendData(MemoryMarshal.AsBytes(sample.Input.AsSpan()));
            hash.AppendData([(byte)(sample.IsGood ? 1 : 0)]);
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
