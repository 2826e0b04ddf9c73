using System.CommandLine;
using Spectre.Console;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter analyze</c>: clip in; report and annotated clip out.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var clip = new Argument<string>("CLIP") { Description = "A video, or keypoints: a .npy file (T × 18 × 3) or a folder of OpenPose JSON files (COCO-18 or BODY_25)." };
        var exercise = new Option<string?>("--exercise") { Description = "The exercise; without it the best-fitting pack is named and used.", HelpName = "NAME" };
        var output = new Option<string?>("--out") { Description = "Folder for the annotated clip and report.json (default: beside the clip).", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON on stdout." };
        var noVideo = new Option<bool>("--no-video") { Description = "Make no annotated clip." };
        var method = new Option<Method>("--method") { Description = "What decides: both branches, the network's features alone (the plain method), or the measures alone.", DefaultValueFactory = _ => Method.Fused };
        var pose = PoseOptions.Model();
        var rate = PoseOptions.Rate();
        var command = new Command("analyze", "Judges a clip: a verdict for each repetition, what to change, and the clip with the skeleton drawn on it.")
        {
            clip, exercise, output, json, noVideo, method, pose, rate,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetRequiredValue(clip);
            var options = new CheckOptions
            {
                Exercise = parsed.GetValue(exercise),
                Method = parsed.GetValue(method),
                Pose = parsed.GetValue(pose),
                KeypointsPerSecond = PoseOptions.Checked(parsed.GetValue(rate)),
                AnnotatedClip = parsed.GetValue(noVideo) || ClipSource.IsKeypoints(source) ? null : AnnotatedPath(source, parsed.GetValue(output)),
            };
            using var checker = new FormChecker(PackCatalogue.Default);
            using var progress = new ProgressLine();
            var report = await checker.CheckAsync(source, options, progress, cancellationToken);
            progress.Clear();
            if (parsed.GetValue(output) is { } folder)
            {
                AtomicFile.WriteAllText(Path.Combine(folder, "report.json"), ReportJson.Serialize(report));
            }

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ReportJson.Serialize(report));
            }
            else
            {
                ReportText.Write(Terminal.Out, report, options.AnnotatedClip);
            }

            return report.Verdict == Verdict.CannotJudge ? ExitCode.CannotJudge : ExitCode.Done;
        });
        return command;
    }

    private static string AnnotatedPath(string clip, string? folder)
    {
        folder ??= Path.GetDirectoryName(Path.GetFullPath(clip))!;
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Path.GetFileNameWithoutExtension(clip) + ".spotter.mp4");
    }
}
