using System.CommandLine;
using System.Globalization;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.StGcn;
using Spotter.Training.Curriculum;
using Spotter.Training.FineTuning;
using Spotter.Training.Learning;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter train</c>: a pack from correct repetitions, on the feature network there is or on one trained anew.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var exercise = new Option<string>("--exercise") { Description = "The exercise.", HelpName = "NAME", Required = true };
        var good = new Option<string[]>("--good")
        {
            Description = "Folder of correct repetitions: clips or keypoints (each subfolder one recording session), or a data set with sessions.csv; may be repeated.",
            HelpName = "DIR",
            Required = true,
        };
        var init = new Option<string?>("--init") { Description = "Weights that --fine-tune starts from: .safetensors, or a PyTorch .pt or .pth file.", HelpName = "FILE" };
        var bad = new Option<string[]>("--bad")
        {
            Description = "Folder of incorrect repetitions, laid out like the good ones, for --fine-tune; the pack itself rests on good ones only. May be repeated.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
        };
        var fineTune = new Option<bool>("--fine-tune")
        {
            Description = "First train the feature network, which is written beside the pack: with --bad on good against bad repetitions, else by the synthetic curriculum.",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the fine-tuning; the same seed gives the same network.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var runs = new Option<int>("--runs")
        {
            Description = "Runs of the synthetic curriculum, with seeds from --seed on, whose mean weights are the network; the one that ships is the mean of 3.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        var steps = new Option<int?>("--steps")
        {
            Description = "Steps of each run of the synthetic curriculum, or at most of each fine-tuning on good and bad repetitions; there is a usual number of either.",
            HelpName = "N",
        };
        var output = new Option<string>("--out") { Description = "The pack to write, NAME.pack.json.", HelpName = "FILE", Required = true };
        var pose = PoseOptions.Model();
        var rate = PoseOptions.Rate();
        var command = new Command("train", "Learns an exercise from correct repetitions.") { exercise, good, bad, init, fineTune, seed, runs, steps, output, pose, rate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetRequiredValue(output);
            if (!target.EndsWith(PackCatalogue.Suffix, StringComparison.Ordinal))
            {
                throw new UsageException($"--out {target}: give a name that ends in {PackCatalogue.Suffix}, such as models/shoulder-press{PackCatalogue.Suffix}.");
            }

            var definition = UsageException.Exercise(parsed.GetRequiredValue(exercise));
            if (parsed.GetValue(init) is not null && !parsed.GetValue(fineTune))
            {
                throw new UsageException("--init is for --fine-tune: without it the feature network is taken as it is.");
            }

            if (parsed.GetRequiredValue(bad).Length > 0 && !parsed.GetValue(fineTune))
            {
                throw new UsageException("--bad is for --fine-tune: without it a pack is learnt from good repetitions alone.");
            }

            if (parsed.GetValue(runs) != 1 && (parsed.GetValue(runs) < 1 || !parsed.GetValue(fineTune) || parsed.GetRequiredValue(bad).Length > 0))
            {
                throw new UsageException("--runs is a number from 1 on, for --fine-tune without --bad.");
            }

            if (parsed.GetValue(steps) is < 2 || (parsed.GetValue(steps) is not null && !parsed.GetValue(fineTune)))
            {
                throw new UsageException("--steps is a number from 2 on, for --fine-tune.");
            }

            var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
            var beside = new PackCatalogue(folder);
            if (parsed.GetValue(fineTune) && beside.Names.Where(name => beside.PathOf(name) != Path.GetFullPath(target)).ToArray() is { Length: > 0 } others)
            {
                throw new UsageException(
                    $"--fine-tune writes a new {PackCatalogue.BackboneFile} into {folder}, with which its packs of {string.Join(", ", others)} could not be used any more. Give a folder of its own with --out.");
            }

            var correct = await ReadAsync(parsed.GetRequiredValue(good), true);
            var incorrect = await ReadAsync(parsed.GetRequiredValue(bad), false);
            Directory.CreateDirectory(folder);
            IReadOnlyDictionary<CorrectRepetition, double>? heldOut = null;
            string backbone;
            if (!parsed.GetValue(fineTune))
            {
                backbone = Path.Combine(folder, PackCatalogue.BackboneFile);
                if (!File.Exists(backbone))
                {
                    AtomicFile.Write(backbone, stream => stream.Write(File.ReadAllBytes(PackCatalogue.Default.BackbonePath))); // a pack is used with the network beside it
                }
            }
            else
            {
                var weights = parsed.GetValue(init) ?? throw new UsageException("--fine-tune needs --init: the weights to start from.");
                (backbone, heldOut) = incorrect.Count > 0
                    ? await FineTuneAsync(weights, correct, incorrect, WithSteps(FineTuningOptions.DefaultTraining with { Seed = parsed.GetValue(seed) }, parsed.GetValue(steps)), folder, cancellationToken)
                    : (await RunCurriculumAsync(weights, WithSteps(new TrainingOptions { Seed = parsed.GetValue(seed) }, parsed.GetValue(steps)), parsed.GetValue(runs), folder, cancellationToken), null);
            }

            using var encoder = StGcnEncoder.Load(backbone, Environment.ProcessorCount);
            var pack = PackFitting.Fit(
                definition, correct, encoder, PackFitting.Identify(backbone, encoder), Version(encoder), CommandText(parsed), heldOutScores: heldOut, cancellationToken: cancellationToken);
            pack.Write(target);
            Summarise(pack, target);
            return ExitCode.Done;

            async Task<List<CorrectRepetition>> ReadAsync(string[] folders, bool label)
            {
                var repetitions = new List<CorrectRepetition>();
                foreach (var recordings in folders)
                {
                    repetitions.AddRange(await TrainingClips.ReadAsync(
                        recordings, label, definition, parsed.GetValue(pose), PoseOptions.Checked(parsed.GetValue(rate)), Console.Error.WriteLine, cancellationToken));
                }

                return repetitions;
            }
        });
        return command;
    }

    /// <summary>The client's method: the whole network with a logistic head on good and bad repetitions, and once more without each group of sessions for the calibration.</summary>
    private static async Task<(string Backbone, IReadOnlyDictionary<CorrectRepetition, double> HeldOut)> FineTuneAsync(
        string init, List<CorrectRepetition> good, List<CorrectRepetition> bad, TrainingOptions training, string folder, CancellationToken cancellationToken)
    {
        var options = new FineTuningOptions
        {
            InitialWeights = init,
            Samples = RecordedSource.Samples(good, bad),
            Output = Path.Combine(folder, PackCatalogue.BackboneFile),
            Training = training with { StatePath = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"backbone.{training.Seed}.state")) },
        };
        await FineTuningTraining.RunAsync(options, new StepLines("fine-tuning"), cancellationToken);
        var heldOut = await Task.Run(
            () => HeldOutFineTuning.Scores(options, good, bad, new StepLines("fine-tuning without some sessions"), cancellationToken), cancellationToken);
        foreach (var state in HeldOutFineTuning.StateFiles(options).Append(options.Training.StatePath!))
        {
            File.Delete(state);
        }

        return (options.Output, heldOut);
    }

    private static async Task<string> RunCurriculumAsync(string init, TrainingOptions training, int runs, string folder, CancellationToken cancellationToken)
    {
        var options = new CurriculumOptions
        {
            InitialWeights = init,
            Output = Path.Combine(folder, PackCatalogue.BackboneFile),
            Runs = runs,
            Training = training,
        };
        await CurriculumTraining.RunAsync(options, new StepLines("curriculum"), cancellationToken);
        return options.Output;
    }

    private static TrainingOptions WithSteps(TrainingOptions training, int? steps) => steps is { } number
        ? training with { Steps = number, WarmUpSteps = Math.Min(training.WarmUpSteps, number / 2), StateEvery = Math.Min(training.StateEvery, Math.Max(1, number / 4)) }
        : training;

    /// <summary>The date would make two equal trainings differ: a pack is named after what it was made with.</summary>
    private static string Version(StGcnEncoder encoder) =>
        $"{typeof(FormChecker).Assembly.GetName().Version!.ToString(3)}+{encoder.Description.Name}.{encoder.Description.Version}";

    private static string CommandText(ParseResult parsed) => "spotter " + string.Join(' ', parsed.Tokens.Select(token => token.Value));

    private static void Summarise(ExercisePack pack, string target)
    {
        foreach (var data in pack.Origin.Data)
        {
            Console.Error.WriteLine($"{data.Source}: {data.Repetitions} correct repetitions in {data.Sessions} sessions from the {data.View.ToString().ToLowerInvariant()}");
        }

        foreach (var view in pack.Views)
        {
            Console.Error.WriteLine($"{view.View.ToString().ToLowerInvariant()}: false alarms {ExercisesCommand.Trust(new ViewModel(view).Fusion.Calibration, pack.FalseAlarmRate)}");
        }

        Console.Error.WriteLine($"written to {target}");
    }

    /// <summary>A line now and then, for a terminal and a log alike.</summary>
    private sealed class StepLines(string what) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 10 == 0 || value.Step == value.Steps)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: step {value.Step} of {value.Steps}, loss {value.Loss:0.000}"));
            }
        }
    }
}
