using System.Text.Json;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Tests;

public sealed class TrainingClipsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_KeypointsOfEveryKind_LearnsFromWhatCouldBeJudged()
    {
        foreach (var seed in new[] { "1", "2", "3", "4" })
        {
            Directory.CreateDirectory(folder["good/" + seed]);
            await SpotterProcess.RunAsync("synth", "--view", "front", "--reps", "3", "--seed", seed, "--keypoints", folder[$"good/{seed}/press.npy"]);
        }

        // The same as a JSON file of Spotter's, and as a folder of OpenPose's; and one whose wrists are hidden.
        await SpotterProcess.RunAsync("pose", folder["good/2/press.npy"], "--out", folder["good/2/press.json"]);
        File.Delete(folder["good/2/press.npy"]);
        WriteOpenPose(NpyFile.Read(folder["good/3/press.npy"]), folder["good/3/openpose"]);
        File.Delete(folder["good/3/press.npy"]);
        NpyFile.Write(folder["good/4/press.npy"], WithoutWrists(NpyFile.Read(folder["good/4/press.npy"])));

        // A clip that is none, and one that Spotter annotated.
        await File.WriteAllTextAsync(folder["good/1/broken.mp4"], "no clip");
        await File.WriteAllTextAsync(folder["good/1/press.spotter.mp4"], "annotated");

        var outcome = await SpotterProcess.RunAsync("train", "--exercise", "shoulder-press", "--good", folder["good"], "--out", folder["press.pack.json"]);

        Assert.Equal(0, outcome.ExitCode);
        var data = Assert.Single(ExercisePack.Read(folder["press.pack.json"]).Origin.Data);
        Assert.Equal((View.Front, 3, 9), (data.View, data.Sessions, data.Repetitions));
        Assert.Contains("joints-hidden", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("broken.mp4: left out", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("spotter.mp4", outcome.Error, StringComparison.Ordinal);
    }

    private static void WriteOpenPose(SkeletonSequence keypoints, string target)
    {
        Directory.CreateDirectory(target);
        for (var frame = 0; frame < keypoints.FrameCount; frame++)
        {
            var numbers = keypoints.Keypoints.Slice(frame * Skeleton.JointCount * 3, Skeleton.JointCount * 3).ToArray();
            File.WriteAllText(
                Path.Combine(target, $"press_{frame:D12}_keypoints.json"), JsonSerializer.Serialize(new { version = 1.3, people = new[] { new { pose_keypoints_2d = numbers } } }));
        }
    }

    private static SkeletonSequence WithoutWrists(SkeletonSequence sequence)
    {
        var keypoints = sequence.Keypoints.ToArray();
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            keypoints[at + 2] = (Joint)(at / 3 % Skeleton.JointCount) is Joint.RightWrist or Joint.LeftWrist ? 0.02f : keypoints[at + 2];
        }

        return SkeletonSequence.AtConstantRate(keypoints, 30, sequence.Width, sequence.Height);
    }
}
