using System.Globalization;
using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.Export;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>What the curriculum starts from and where its results go.</summary>
public sealed record CurriculumOptions
{
    /// <summary>Weights to start from: <c>.safetensors</c>, or a PyTorch <c>.pt</c> or <c>.pth</c> file.</summary>
    public required string InitialWeights { get; init; }

    /// <summary>The backbone that is written, <c>.onnx</c>; the weights go beside it, with the extension <c>.safetensors</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Version told in the backbone's metadata: raise it with every change of what is learnt or how.</summary>
    public string Version { get; init; } = "2";

    /// <summary>Motions in a batch, each seen from two places.</summary>
    public int MotionsPerStep { get; init; } = 8;

    /// <summary>How long and how fast.</summary>
    public TrainingOptions Training { get; init; } = new();
}

/// <summary>
/// Teaches ST-GCN the press with the mannequin alone: no recording of a person is used, so the weights may be given to anybody.
/// </summary>
public static class CurriculumTraining
{
    /// <summary>Name of the backbone in its metadata.</summary>
    public const string BackboneName = "st-gcn-press";

    // Batches before the first step, with other motions than those that are trained on.
    private const int StartBatches = 32;

    /// <summary>Trains and writes the backbone and its weights.</summary>
    /// <exception cref="CheckpointFormatException">The weights to start from cannot be read, or the state file belongs to another training.</exception>
    /// <exception cref="IOException">A result cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; with a state file it can be resumed.</exception>
    public static Task RunAsync(CurriculumOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(options, progress, cancellationToken), cancellationToken);

    private static void Run(CurriculumOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var network = StGcnNetwork.Load(options.InitialWeights);
        using var objective = new CurriculumObjective();
        var source = new MannequinSource(options.Training.Seed, options.MotionsPerStep);
        set_num_threads(options.Training.Threads);
        objective.Start(network, Enumerable.Range(1, StartBatches).Select(step => source.Batch(-step)));
        var run = string.Create(CultureInfo.InvariantCulture, $"curriculum, {options.MotionsPerStep} motions");
        TrainingLoop.Run(network, objective, source, options.Training, run, progress, cancellationToken);

        var training = string.Create(
            CultureInfo.InvariantCulture,
            $"Synthetic curriculum: {options.Training.Steps} steps of {options.MotionsPerStep} motions in 2 views, seed {options.Training.Seed}; no recordings.");
        var description = new BackboneDescription(BackboneName, options.Version, BackboneDescription.BodyFramePreprocessing, training);
        BackboneFiles.Write(network, options.Output, description);
    }
}
