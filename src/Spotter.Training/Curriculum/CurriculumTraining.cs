using System.Globalization;
using Spotter.StGcn;
using Spotter.Synthesis;
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

    /// <summary>
    /// The backbone that is written, <c>.onnx</c>; the weights go beside it, with the extension <c>.safetensors</c>. Until all is done each training keeps its
    /// state and then its weights there, so that what was killed goes on where it was.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>Version told in the backbone's metadata: raise it with every change of what is learnt or how.</summary>
    public string Version { get; init; } = "4";

    /// <summary>Motions in a batch, each seen from two places.</summary>
    public int MotionsPerStep { get; init; } = 8;

    /// <summary>
    /// Trainings, with seeds from that of <see cref="Training"/> on, whose mean weights are the result: trainings from one start end so near to each other that
    /// their mean is a network, too, and one that depends less on the seed. M. Wortsman et al., "Model soups", ICML 2022.
    /// </summary>
    public int Runs { get; init; } = 1;

    /// <summary>The exercises that are learnt.</summary>
    public IReadOnlyList<MannequinExercise> Exercises { get; init; } = MannequinExercises.All;

    /// <summary>How long and how fast.</summary>
    public TrainingOptions Training { get; init; } = new();
}

/// <summary>
/// Teaches ST-GCN exercises with the mannequin alone: no recording of a person is used, so the weights may be given to anybody.
/// </summary>
public static class CurriculumTraining
{
    /// <summary>Name of the backbone in its metadata.</summary>
    public const string BackboneName = "st-gcn-exercises";

    // Batches of each exercise before the first step, with other motions than those that are trained on.
    private const int StartBatches = 12;

    /// <summary>Trains and writes the backbone and its weights.</summary>
    /// <exception cref="CheckpointFormatException">The weights to start from cannot be read, or the state file belongs to another training.</exception>
    /// <exception cref="IOException">A result cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; the same call goes on with it.</exception>
    public static Task RunAsync(CurriculumOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(options, progress, cancellationToken), cancellationToken);

    private static void Run(CurriculumOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        int[] seeds = [.. Enumerable.Range(options.Training.Seed, options.Runs)];
        using var network = StGcnNetwork.Load(options.InitialWeights);
        network.SetWeights(WeightMean.Of([.. seeds.Select(seed => Weights(options, seed, progress, cancellationToken))]));
        BackboneFiles.Write(network, options.Output, Describe(options, seeds));
        foreach (var seed in seeds)
        {
            File.Delete(RunPath(options, seed));
        }
    }

    /// <summary>The weights of one training: from its file where it was finished before.</summary>
    private static IReadOnlyDictionary<string, StoredTensor> Weights(
        CurriculumOptions options, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var (path, description) = (RunPath(options, seed), Describe(options, [seed]));
        if (File.Exists(path))
        {
            var (stored, notes) = SafeTensorsFile.Parse(File.ReadAllBytes(path));
            return BackboneDescription.FromNotes(notes)?.Training == description.Training
                ? stored
                : throw new CheckpointFormatException($"'{path}' holds the weights of another training; delete it, or write the result to another folder.");
        }

        var training = options.Training with { Seed = seed, StatePath = Path.ChangeExtension(path, ".state") };
        using var network = StGcnNetwork.Load(options.InitialWeights);
        using var objective = new CurriculumObjective(options.Exercises.Count);
        var source = new MannequinSource(seed, options.MotionsPerStep, options.Exercises);
        set_num_threads(training.Threads);
        objective.Start(network, Enumerable.Range(1, StartBatches * options.Exercises.Count).Select(step => source.Batch(-step)));
        var run = string.Create(CultureInfo.InvariantCulture, $"curriculum of {Names(options)}, {options.MotionsPerStep} motions");
        TrainingLoop.Run(network, objective, source, training, run, progress, cancellationToken);
        var weights = BackboneFiles.Rounded(network);
        BackboneFiles.WriteWeights(weights, path, description);
        File.Delete(training.StatePath);
        return weights;
    }

    private static BackboneDescription Describe(CurriculumOptions options, int[] seeds)
    {
        var drawn = seeds.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"seed {seeds[0]}")
            : $"mean weights of the seeds {string.Join(", ", seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))}";
        var training = string.Create(
            CultureInfo.InvariantCulture,
            $"Synthetic curriculum: {options.Training.Steps} steps of {options.MotionsPerStep} motions in 2 views of {Names(options)}, {drawn}; no recordings.");
        return new BackboneDescription(BackboneName, options.Version, BackboneDescription.BodyFramePreprocessing, training);
    }

    private static string Names(CurriculumOptions options) => string.Join(", ", options.Exercises.Select(exercise => exercise.Name));

    // Beside the result, so that trainings that were finished before a kill are not repeated.
    private static string RunPath(CurriculumOptions options, int seed) =>
        Path.ChangeExtension(options.Output, string.Create(CultureInfo.InvariantCulture, $".{seed}.safetensors"));
}
