using System.CommandLine;
using Spotter.Exercises;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter synth</c>: a mannequin does the exercise, rightly or with faults of known size, and the truth about it is told.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        var exercise = new Option<string>("--exercise") { Description = $"The exercise: {string.Join(", ", MannequinExercises.All.Select(known => known.Name))}.", HelpName = "NAME", DefaultValueFactory = _ => MannequinOptions.ShoulderPress };
        var fault = new Option<string[]>("--fault")
        {
            Description = $"A fault and its size, also with a side (asymmetry:15:left); may be repeated. Kinds: {string.Join(", ", FaultScale.All.Select(scale => scale.Name))}; not all make sense in every exercise.",
            HelpName = "KIND:SIZE",
            DefaultValueFactory = _ => [],
        };
        var view = new Option<string?>("--view") { Description = "front, side, diagonal, or degrees (0 front, 90 facing the right edge); from where the exercise is judged when not given.", HelpName = "VIEW" };
        var repetitions = new Option<int>("--reps") { Description = "Number of repetitions.", DefaultValueFactory = _ => 4, HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "Draws person, tempo and unevenness; the same number gives the same set.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var video = new Option<string?>("--video") { Description = "Clip to write.", HelpName = "FILE" };
        var keypoints = new Option<string?>("--keypoints") { Description = "Exact keypoints to write, .npy.", HelpName = "FILE.npy" };
        var json = new Option<bool>("--json") { Description = "Print the truth as JSON: repetition times, faults, joints and time spans." };
        var command = new Command("synth", "Makes a clip, keypoints or both of a mannequin whose every joint and fault is known.")
        {
            exercise, fault, view, repetitions, seed, video, keypoints, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (clip, points, truth) = (parsed.GetValue(video), parsed.GetValue(keypoints), parsed.GetValue(json));
            if (clip is null && points is null && !truth)
            {
                throw new UsageException("say what is wanted: --video FILE, --keypoints FILE.npy, or --json.");
            }

            var set = Synthesize(new MannequinOptions
            {
                Exercise = parsed.GetRequiredValue(exercise),
                Faults = [.. parsed.GetRequiredValue(fault).Select(ParseFault)],
                Camera = ParseView(parsed.GetValue(view) ?? ViewOf(parsed.GetRequiredValue(exercise))),
                Repetitions = parsed.GetValue(repetitions),
                Seed = parsed.GetValue(seed),
            });
            if (points is not null)
            {
                NpyFile.Write(points, set.Exact);
            }

            if (clip is not null)
            {
                await MannequinClip.WriteAsync(set, clip, cancellationToken: cancellationToken);
            }

            if (truth)
            {
                Console.Out.WriteLine(MannequinTruth.Of(set).ToJson());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static MannequinSequence Synthesize(MannequinOptions options)
    {
        try
        {
            return Mannequin.Synthesize(options);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static Fault ParseFault(string text) => Fault.TryParse(text, out var fault, out var error) ? fault : throw new UsageException(error);

    private static string ViewOf(string exercise) =>
        ExerciseDefinition.Names.Contains(exercise) && !ExerciseDefinition.Load(exercise).Measures.ContainsKey(View.Front) ? "side" : "front";

    private static CameraPlacement ParseView(string text)
    {
        try
        {
            return CameraPlacement.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
