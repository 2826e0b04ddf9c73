using System.CommandLine;
using System.Globalization;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.StGcn;
using Spotter.Training.Curriculum;
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
        var fineTune = new Option<bool>("--fine-tune") { Description = "First train the feature network by the synthetic curriculum; it is written beside the pack." };
        var seed = new Option<int>("--seed") { Description = "Seed of the fine-tuning; the same seed gives the same network.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var output = new Option<string>("--out") { Description = "The pack to write, NAME.pack.json.", HelpName = "FILE", Required = true };
        var pose = PoseOptions.Model();
        var rate = PoseOptions.Rate();
        var command = new Command("train", "Learns an exercise from correct repetitions.") { exercise, good, init, fineTune, seed, output, pose, rate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetRequiredValue(output);
            if (!target.EndsWith(PackCatalogue.Suffix, StringComparison.Ordinal))
            {
                throw new UsageException($"--out {target}: give a name that ends in {PackCatalogue.Suffix}, such as models/shoulder-press{PackCatalogue.Suffix}.");
            }

            var definition = ExerciseDefinition.Load(parsed.GetRequiredValue(exercise));
            var correct = new List<CorrectRepetition>();
            foreach (var folder in parsed.GetRequiredValue(good))
            {
                correct.AddRange(await TrainingClips.ReadAsync(
                    folder, definition, parsed.GetValue(pose), PoseOptions.Checked(parsed.GetValue(rate)), Console.Error.WriteLine, cancellationToken));
            }

            var backbone = parsed.GetValue(fineTune)
                ? await FineTuneAsync(parsed.GetValue(init), parsed.GetValue(seed), Path.GetDirectoryName(Path.GetFullPath(target))!, cancellationToken)
                : PackCatalogue.Default.BackbonePath;
            using var encoder = StGcnEncoder.Load(backbone, Environment.ProcessorCount);
            var pack = PackFitting.Fit(
                definition, correct, encoder, PackFitting.Identify(backbone, encoder), Version(encoder), CommandText(parsed), cancellationToken: cancellationToken);
            pack.Write(target);
            Summarise(pack, target);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> FineTuneAsync(string? init, int seed, string folder, CancellationToken cancellationToken)
    {
        var options = new CurriculumOptions
        {
            InitialWeights = init ?? throw new UsageException("--fine-tune needs --init: the weights to start from."),
            Output = Path.Combine(folder, PackCatalogue.BackboneFile),
            Training = new TrainingOptions { Seed = seed, StatePath = Path.Combine(folder, $"backbone.{seed.ToString(CultureInfo.InvariantCulture)}.state") },
        };
        Directory.CreateDirectory(folder);
        await CurriculumTraining.RunAsync(options, new StepLines(), cancellationToken);
        File.Delete(options.Training.StatePath);
        return options.Output;
    }

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
    private sealed class StepLines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 10 == 0 || value.Step == value.Steps)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {value.Step} of {value.Steps}, loss {value.Loss:0.000}"));
            }
        }
    }
}
