using System.Globalization;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Checkpoints;
using Spotter.Training.Export;
using Spotter.Training.Learning;
using Spotter.Training.Streams;

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
    public string Version { get; init; } = "5";

    /// <summary>Motions in a batch, each seen from two places.</summary>
    public int MotionsPerStep { get; init; } = 8;

    /// <summary>
    /// Trainings of each network, with seeds from that of <see cref="Training"/> on, whose mean weights are the result: trainings from one start end so near to each other that
    /// their mean is a network, too, and one that depends less on the seed. M. Wortsman et al., "Model soups", ICML 2022.
    /// </summary>
    public int Runs { get; init; } = 1;

    /// <summary>The exercises that are learnt.</summary>
    public IReadOnlyList<MannequinExercise> Exercises { get; init; } = MannequinExercises.All;

    /// <summary>How long and how fast.</summary>
    public TrainingOptions Training { get; init; } = new();
}

/// <summary>
/// Teaches ST-GCN exercises with the mannequin alone, one network on joints and one on their motion: no recording of a person is used, so the weights may be given to anybody.
/// </summary>
public static class CurriculumTraining
{
    /// <summary>Name of the backbone in its metadata.</summary>
    public const string BackboneName = "st-gcn-exercises";

    // What the networks of a backbone are shown.
    private static readonly StreamKind[] Streams = [StreamKind.Joints, StreamKind.Motion];

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
        var initial = BackboneWeights.Load(options.InitialWeights);
        (StreamKind Stream, int Seed)[] runs = [.. from stream in Streams from seed in seeds select (stream, seed)];
        var trained = runs.Index().ToLookup(
            run => run.Item.Stream,
            run => Weights(options, initial, run.Item.Stream, run.Item.Seed, progress is null ? null : new Overall(progress, run.Index, runs.Length), cancellationToken));
        var weights = new BackboneWeights(WeightMean.Of([.. trained[StreamKind.Joints]]), WeightMean.Of([.. trained[StreamKind.Motion]]));
        BackboneFiles.Write(weights, options.Output, Describe(options, seeds));
        foreach (var (stream, seed) in runs)
        {
            File.Delete(RunPath(options, stream, seed));
        }
    }

    /// <summary>The weights of one training: from its file where it was finished before.</summary>
    private static IReadOnlyDictionary<string, StoredTensor> Weights(
        CurriculumOptions options, BackboneWeights initial, StreamKind stream, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var (path, description) = (RunPath(options, stream, seed), Describe(options, [seed]));
        if (File.Exists(path))
        {
            var (stored, notes) = SafeTensorsFile.Parse(File.ReadAllBytes(path));
            return BackboneDescription.FromNotes(notes)?.Training == description.Training
                ? stored
                : throw new CheckpointFormatException($"'{path}' holds the weights of another training; delete it, or write the result to another folder.");
        }

        var training = options.Training with { Seed = seed, StatePath = Path.ChangeExtension(path, ".state") };
        var source = new MannequinSource(seed, options.MotionsPerStep, options.Exercises);
        var run = string.Create(CultureInfo.InvariantCulture, $"curriculum of {Names(options)} on {stream}, {options.MotionsPerStep} motions");
        var weights = BackboneFiles.Rounded(StreamCurriculum.Train(initial, stream, source, training, run, progress, cancellationToken));
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
    private static string RunPath(CurriculumOptions options, StreamKind stream, int seed) =>
        Path.ChangeExtension(options.Output, string.Create(CultureInfo.InvariantCulture, $".{stream.ToString().ToLowerInvariant()}-{seed}.safetensors"));

    /// <summary>Tells the steps of one of several trainings as those of all.</summary>
    private sealed class Overall(IProgress<TrainingProgress> all, int before, int trainings) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Report(value with { Step = (before * value.Steps) + value.Step, Steps = trainings * value.Steps });
    }
}
