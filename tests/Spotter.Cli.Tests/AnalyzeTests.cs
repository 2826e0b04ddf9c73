using System.Text.Json;
using Spotter.Explanation;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Tests;

public sealed class AnalyzeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static string Sample(string name) => Path.Combine(SharedData.Repository, "samples", name);

    [Fact]
    public async Task Analyze_GoodSample_IsCorrectAndWritesAClipThatBrowsersPlay()
    {
        var outcome = await SpotterProcess.RunAsync("analyze", Sample("press-good.mp4"), "--out", folder.Path, "--json");

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal("shoulder-press", report.Exercise);
        Assert.Equal(Verdict.Correct, report.Verdict);
        Assert.True(report.Repetitions.Count >= 3);
        Assert.Empty(report.Reasons);
        var clip = await VideoInfo.ReadAsync(folder[report.AnnotatedVideo!]);
        Assert.Equal("h264", clip.Codec);
        Assert.Equal("yuv420p", clip.PixelFormat);
        Assert.Equal(outcome.Output.Trim(), (await File.ReadAllTextAsync(folder["report.json"])).Trim());
    }

    [Fact]
    public async Task Analyze_NoLockoutSample_BlamesTheElbowsAtTheTop()
    {
        var outcome = await SpotterProcess.RunAsync("analyze", Sample("press-no-lockout.mp4"), "--no-video", "--json");

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal(Verdict.Incorrect, report.Verdict);
        Assert.Contains(
            report.Repetitions.SelectMany(repetition => repetition.Findings),
            finding => finding.Joint is "right-elbow" or "left-elbow" && finding.Measure == "elbow-extension-degrees");
        Assert.Null(report.AnnotatedVideo);

        // One fault of both arms in every repetition is one thing to say.
        var thing = Assert.Single(RepeatedFinding.Of(report.Repetitions));
        Assert.Equal(report.Repetitions.Count, thing.All.Count);
    }

    [Fact]
    public async Task Analyze_NoLockoutSample_SaysTheOneThingOnce()
    {
        var outcome = await SpotterProcess.RunAsync("analyze", Sample("press-no-lockout.mp4"), "--no-video", "--language", "en");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(2, outcome.Output.Split("straighten your arms").Length);
        Assert.Contains("Reps 1, 2, 3, 4", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_Library_GivesTheSameReportAsTheCommandLine()
    {
        var outcome = await SpotterProcess.RunAsync("analyze", Sample("press-good.mp4"), "--no-video", "--json");
        using var checker = new FormChecker(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));
        var report = await checker.CheckAsync(Sample("press-good.mp4"), new CheckOptions());

        var printed = ReportJson.Deserialize(outcome.Output);
        Assert.Equal(ReportJson.Serialize(report with { Timing = printed.Timing }), outcome.Output.Trim());
    }

    [Theory]
    [InlineData("front", 0)]
    [InlineData("side", 0)]
    [InlineData("diagonal", 4)]
    public async Task Analyze_MannequinFromAView_IsJudgedWhereThereIsAModel(string view, int exitCode)
    {
        var clip = folder[view + ".mp4"];
        Assert.Equal(0, (await SpotterProcess.RunAsync("synth", "--view", view, "--reps", "3", "--video", clip)).ExitCode);

        var outcome = await SpotterProcess.RunAsync("analyze", clip, "--exercise", "shoulder-press", "--no-video", "--json");

        Assert.Equal(exitCode, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal(view, report.View.ToString()!.ToLowerInvariant());
        Assert.Equal(exitCode == 0 ? [] : [ReasonCodes.UnsupportedView], report.Reasons.Select(reason => reason.Code));
        Assert.Equal(exitCode == 0 ? 3 : 0, report.Repetitions.Count);
    }

    [Fact]
    public async Task Analyze_Keypoints_AreJudgedWithoutVideo()
    {
        await SpotterProcess.RunAsync("synth", "--view", "front", "--reps", "3", "--keypoints", folder["a.npy"]);

        var outcome = await SpotterProcess.RunAsync("analyze", folder["a.npy"], "--json");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(3, ReportJson.Deserialize(outcome.Output).Repetitions.Count);
    }

    [Fact]
    public async Task Analyze_FolderOfOpenPose_IsJudgedAsTheSameKeypointsInOneFile()
    {
        await SpotterProcess.RunAsync("synth", "--view", "front", "--reps", "2", "--keypoints", folder["a.npy"]);
        Directory.CreateDirectory(folder["openpose"]);
        var keypoints = NpyFile.Read(folder["a.npy"]);
        for (var frame = 0; frame < keypoints.FrameCount; frame++)
        {
            var numbers = keypoints.Keypoints.Slice(frame * Skeleton.JointCount * 3, Skeleton.JointCount * 3).ToArray();
            await File.WriteAllTextAsync(
                folder[$"openpose/press_{frame:D12}_keypoints.json"],
                JsonSerializer.Serialize(new { version = 1.3, people = new[] { new { pose_keypoints_2d = numbers } } }));
        }

        var file = await SpotterProcess.RunAsync("analyze", folder["a.npy"], "--json");
        var outcome = await SpotterProcess.RunAsync("analyze", folder["openpose"], "--json");

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal(ReportJson.Serialize(ReportJson.Deserialize(file.Output) with { Timing = report.Timing }), outcome.Output.Trim());
    }

    public void Dispose() => folder.Dispose();
}
