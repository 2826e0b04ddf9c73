using System.CommandLine;
using Spotter.Annotation;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter analyze</c>: clip in; report and annotated clip out.</summary>
internal static class AnalyzeCommand
{
    /// <summary>What the name of an annotated clip ends in.</summary>
    internal const string AnnotatedEnding = ".spotter.mp4";

    public static Command Create()
    {
        var clip = new Argument<string>("CLIP") { Description = "A video, or keypoints: a .npy file (T × 18 × 3), a .json file of spotter pose, or a folder of OpenPose JSON files (COCO-18 or BODY_25)." };
        var exercise = new Option<string?>("--exercise") { Description = "The exercise; without it the best-fitting pack is named and used.", HelpName = "NAME" };
        var output = new Option<string?>("--out") { Description = "Folder for the annotated clip and report.json; made where it is missing (default: the annotated clip goes beside the clip, and no report.json is written).", HelpName = "DIR" };
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
            var folder = parsed.GetValue(output);
            var catalogue = PackCatalogue.Default;
            var options = new CheckOptions
            {
                Exercise = Known(catalogue, parsed.GetValue(exercise)),
                Method = parsed.GetValue(method),
                Pose = parsed.GetValue(pose),
                KeypointsPerSecond = PoseOptions.Checked(parsed.GetValue(rate)),
                AnnotatedClip = parsed.GetValue(noVideo) || ClipSource.IsKeypoints(source) ? null : AnnotatedPath(source, folder),
            };
            OutputFolder.Check(folder ?? (options.AnnotatedClip is { } annotated ? Path.GetDirectoryName(annotated) : null));
            using var checker = new FormChecker(catalogue);
            using var progress = new ProgressLine();
            try
            {
                var report = await checker.CheckAsync(source, options, progress, cancellationToken);
                progress.Clear();
                Deliver(report, options.AnnotatedClip);
                return report.Verdict == Verdict.CannotJudge ? ExitCode.CannotJudge : ExitCode.Done;
            }
            catch (AnnotationException e)
            {
                progress.Clear();
                Deliver(e.Report, annotatedClip: null);
                throw;
            }

            void Deliver(Report report, string? annotatedClip)
            {
                if (folder is not null)
                {
                    AtomicFile.WriteAllText(Path.Combine(folder, "report.json"), ReportJson.Serialize(report));
                }

                Print(report, annotatedClip, parsed.GetValue(json));
            }
        });
        return command;
    }

    private static void Print(Report report, string? annotatedClip, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(ReportJson.Serialize(report));
        }
        else
        {
            ReportText.Write(Terminal.Out, report, annotatedClip);
        }
    }

    private static string? Known(PackCatalogue catalogue, string? exercise) => exercise is null || catalogue.Names.Contains(exercise, StringComparer.Ordinal)
        ? exercise
        : throw new UsageException($"There is no pack for \"{exercise}\". There are: {string.Join(", ", catalogue.Names)}.");

    private static string AnnotatedPath(string clip, string? folder) => Path.Combine(
        folder ?? Path.GetDirectoryName(Path.GetFullPath(clip))!, Path.GetFileNameWithoutExtension(clip) + AnnotatedEnding);
}
