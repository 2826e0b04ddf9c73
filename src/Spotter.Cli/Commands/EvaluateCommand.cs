using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.FineTuning;
using Spotter.Training.Flows;
using Spotter.Training.Mannequins;
using Spotter.Training.Network;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter evaluate</c>: how well Spotter and other methods judge recordings whose labels are known.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var data = new Option<string[]>("--data")
        {
            Description = "Folder of labelled keypoints (.npy): with sessions.csv, or with the folders good and bad, each subfolder one recording session. Given twice for cross; else all are put together.",
            HelpName = "DIR",
            Required = true,
        };
        var exercise = new Option<string>("--exercise") { Description = "The exercise.", HelpName = "NAME", Required = true };
        var protocol = new Option<EvaluationProtocol>("--protocol")
        {
            Description = "grouped: whole sessions held out. published: two thirds of the correct repetitions train, sessions on both sides. cross: train on one data set, test on the other, both ways.",
            DefaultValueFactory = _ => EvaluationProtocol.Grouped,
        };
        var init = new Option<string?>("--init") { Description = "Published weights, whose untrained features are compared: .safetensors, or a PyTorch .pt or .pth file.", HelpName = "FILE" };
        var fineTune = new Option<bool>("--fine-tune")
        {
            Description = "Also compare --init fine-tuned with a logistic head on good and bad repetitions, as the protocol has it: grouped, without the sessions tested; published, on all of them. Takes minutes.",
        };
        var detectors = new Option<bool>("--detectors") { Description = "Also compare other one-class detectors on the same features: a Gaussian with shrinkage, nearest neighbours, the largest deviation, a normalising flow." };
        var backbones = new Option<string[]>("--backbone")
        {
            Description = "Also compare another feature network (.onnx) in the place of the one that ships; may be repeated, and then their mean figures are told, too.",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var folder = new Option<string?>("--report") { Description = "Folder for evaluation.html, a page with plots that needs nothing else, and evaluation.json.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print all figures as JSON." };
        var rate = PoseOptions.Rate();
        var command = new Command("evaluate", "Measures how well labelled recordings are judged, beside other methods.") { data, exercise, protocol, init, fineTune, detectors, backbones, folder, json, rate };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var definition = UsageException.Exercise(parsed.GetRequiredValue(exercise));
                var clips = Read(parsed.GetRequiredValue(data), definition, PoseOptions.Checked(parsed.GetValue(rate)), cancellationToken);
                var target = parsed.GetValue(folder);
                var asked = new Asked(
                    parsed.GetValue(protocol), parsed.GetValue(init), parsed.GetValue(fineTune), parsed.GetValue(detectors), parsed.GetRequiredValue(backbones), target is not null);
                if (target is not null)
                {
                    Directory.CreateDirectory(target); // not found out after an hour
                }

                var report = Evaluate(definition, clips, asked, cancellationToken);
                if (target is not null)
                {
                    AtomicFile.WriteAllText(Path.Combine(target, "evaluation.html"), EvaluationPage.Write(report, "spotter " + string.Join(' ', parsed.Tokens.Select(token => token.Value))));
                    AtomicFile.WriteAllText(Path.Combine(target, "evaluation.json"), JsonSerializer.Serialize(report, Json));
                }

                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Json));
                }
                else
                {
                    Console.Write(string.Join('\n', report.Results.Select(EvaluationTable.Write)));
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static List<(string Name, IReadOnlyList<RecordedClip> Clips)> Read(
        string[] folders, ExerciseDefinition definition, double rate, CancellationToken cancellationToken)
    {
        var sets = new List<(string, IReadOnlyList<RecordedClip>)>();
        foreach (var folder in folders)
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            var clips = DatasetReader.Read(folder, definition.Name, rate, cancellationToken);

            // Two sets may both have a session that is called by the same date.
            sets.Add((name, folders.Length == 1 ? clips : [.. clips.Select(clip => clip with { Session = $"{name}/{clip.Session}" })]));
        }

        return sets;
    }

    private static EvaluationReport Evaluate(
        ExerciseDefinition definition,
        List<(string Name, IReadOnlyList<RecordedClip> Clips)> sets,
        Asked asked,
        CancellationToken cancellationToken)
    {
        (string Name, IReadOnlyList<LabelledRepetition> Repetitions)[] repetitions =
            [.. sets.Select(set => (set.Name, LabelledRepetition.Cut(set.Clips.Where(clip => !clip.IsNearDuplicate), definition)))];
        if (asked.Protocol == EvaluationProtocol.Cross && sets.Count != 2)
        {
            throw new UsageException("--protocol cross trains on one data set and tests on another: give --data twice.");
        }

        if (asked.FineTune && asked.Init is null)
        {
            throw new UsageException("--fine-tune needs --init: the weights to start from.");
        }

        using var shipped = StGcnEncoder.Load(PackCatalogue.Default.BackbonePath, Environment.ProcessorCount);
        using var published = asked.Init is null ? null : LoadPublished(asked.Init);
        (string Name, StGcnEncoder Encoder)[] backbones =
            [.. asked.Backbones.Select(path => (Path.GetFileNameWithoutExtension(path), StGcnEncoder.Load(path, Environment.ProcessorCount)))];
        try
        {
            var results = new List<EvaluationResult>();
            foreach (var (name, folds) in ProtocolFolds.Divide(asked.Protocol, definition, repetitions))
            {
                var (judges, means) = ComparedMethods.For(definition, new Comparison
                {
                    Shipped = shipped,
                    Published = published,
                    Backbones = backbones,
                    Rivals = asked.Detectors ? [.. RivalDetectors.All, (FlowDetector.Name, FlowDetector.Fit)] : [],
                    AcrossViews = asked.Protocol == EvaluationProtocol.Cross,
                    More = [.. Trained(definition, shipped, asked, folds)],
                });
                var result = ExerciseEvaluation.Run(name, folds, judges, means, cancellationToken);
                results.Add(asked.LearningCurves
                    ? result with { LearningCurves = LearningCurve.Run(folds, PackJudge.All(definition, shipped), cancellationToken: cancellationToken) }
                    : result);
            }

            if (asked.Protocol == EvaluationProtocol.Published)
            {
                results.AddRange(sets.Select(set => OwnSplit(definition, set.Clips, cancellationToken)).OfType<EvaluationResult>());
            }

            return Report(definition, asked.Protocol, results, repetitions.SelectMany(set => set.Repetitions));
        }
        finally
        {
            Array.ForEach(backbones, backbone => backbone.Encoder.Dispose());
        }
    }

    /// <summary>The methods that need the mannequin or training.</summary>
    private static IEnumerable<IFormJudge> Trained(ExerciseDefinition definition, StGcnEncoder shipped, Asked asked, IReadOnlyList<Fold> folds)
    {
        if (MannequinJudge.Supports(definition))
        {
            yield return new MannequinJudge(definition, shipped);
            yield return new MannequinGaussianJudge(definition);
        }

        if (asked.FineTune)
        {
            var all = folds.SelectMany(fold => fold.Training.Concat(fold.Test)).Distinct().ToArray();
            foreach (var judge in FineTunedJudge.All(asked.Init!, leaked: asked.Protocol == EvaluationProtocol.Published ? all : null))
            {
                yield return judge;
            }
        }
    }

    private static EvaluationReport Report(
        ExerciseDefinition definition, EvaluationProtocol protocol, List<EvaluationResult> results, IEnumerable<LabelledRepetition> repetitions)
    {
        var notJudged = repetitions.Count(repetition => !ProtocolFolds.IsJudged(definition, repetition));
        if (notJudged > 0)
        {
            Console.Error.WriteLine($"{notJudged} repetitions are seen from where {definition.Name} has no measures; they are left out.");
        }

        return results.Count > 0
            ? new EvaluationReport(definition.Name, protocol, results, notJudged)
            : throw new Video.VideoFormatException($"No repetition of {definition.Name} was found that is seen from where it can be judged.");
    }

    /// <summary>Pose Trainer's classifiers on the files and the division for which their figures are published, where these are the recordings.</summary>
    private static EvaluationResult? OwnSplit(ExerciseDefinition definition, IReadOnlyList<RecordedClip> clips, CancellationToken cancellationToken) =>
        PoseTrainerRules.Supports(definition.Name) && PoseTrainerSplit.Divide(LabelledRepetition.Cut(clips, definition, whole: true)) is { } fold
            ? ExerciseEvaluation.Run(
                "Pose Trainer's own split", [fold], Enum.GetValues<DtwRule>().Select(rule => new DtwClassifier(definition.Name, rule)), cancellationToken: cancellationToken)
            : null;

    private static StGcnEncoder LoadPublished(string path)
    {
        using var network = StGcnNetwork.Load(path);
        var description = new BackboneDescription("untrained", "1", BackboneDescription.BodyFramePreprocessing, "as published");
        return StGcnEncoder.Load(StGcnExport.ToOnnx(network, description, sixteenBits: false));
    }

    /// <summary>What the command line asks for beside the recordings.</summary>
    private sealed record Asked(EvaluationProtocol Protocol, string? Init, bool FineTune, bool Detectors, IReadOnlyList<string> Backbones, bool LearningCurves);
}
