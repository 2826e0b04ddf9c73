using System.CommandLine;
using System.Globalization;
using Spotter.Poses;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter pose</c>: the keypoints of a clip as a file.</summary>
internal static class PoseCommand
{
    public static Command Create()
    {
        var clip = new Argument<string>("CLIP") { Description = "A video, or keypoints: a .npy file (T × 18 × 3), a .json file of spotter pose, or a folder of OpenPose JSON files (COCO-18 or BODY_25)." };
        var output = new Option<string>("--out") { Description = "Keypoint file to write: .npy (T × 18 × 3) or .json.", HelpName = "FILE", Required = true };
        var pose = PoseOptions.Model();
        var rate = PoseOptions.Rate();
        var command = new Command("pose", "Finds the body in every frame and writes the keypoints.") { clip, output, pose, rate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetRequiredValue(output);
            var format = Path.GetExtension(target).ToLowerInvariant();
            if (format is not (".npy" or ".json"))
            {
                throw new UsageException($"--out {target}: give a file that ends in .npy or .json.");
            }

            using var progress = new ProgressLine();
            var track = await ClipSource.FollowAsync(
                parsed.GetRequiredValue(clip), parsed.GetValue(pose), PoseOptions.Checked(parsed.GetValue(rate)), progress, cancellationToken);
            progress.Clear();
            var keypoints = track.InClipPixels();
            if (format == ".npy")
            {
                NpyFile.Write(target, keypoints);
            }
            else
            {
                AtomicFile.WriteAllText(target, KeypointJson.Serialize(keypoints));
            }

            // A NumPy file holds no times.
            var readBack = format == ".npy" ? string.Create(CultureInfo.InvariantCulture, $"; read it back with --fps {keypoints.FramesPerSecond:0.###}") : "";
            await Console.Error.WriteLineAsync($"{track.FramesWithPose} of {keypoints.FrameCount} frames show a person; written to {target}{readBack}");
            return ExitCode.Done;
        });
        return command;
    }
}
