using System.Text.Json;
using Spotter.Explanation;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;
using Spotter.Video;

namespace Spotter.Tests;

public sealed class AnalyzeTests(AnalyzedSamples samples) : IClassFixture<AnalyzedSamples>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Analyze_GoodSample_IsCorrectAndWritesAClipThatBrowsersPlay()
    {
        var outcome = samples.Good;

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal("shoulder-press", report.Exercise);
        Assert.Equal(Verdict.Correct, report.Verdict);
        Assert.True(report.Repetitions.Count >= 3);
        Assert.Empty(report.Reasons);
        var clip = await VideoInfo.ReadAsync(samples.Folder[report.AnnotatedVideo!]);
        Assert.Equal("h264", clip.Codec);
        Assert.Equal("yuv420p", clip.PixelFormat);
        Assert.Equal(outcome.Output.Trim(), (await File.ReadAllTextAsync(samples.Folder["report.json"])).Trim());
    }

    [Fact]
    public async Task Analyze_NoLockoutSample_BlamesTheElbowsAtTheTop()
    {
        Assert.Equal(0, samples.NoLockout.ExitCode);
        var report = ReportJson.Deserialize(await File.ReadAllTextAsync(samples.Folder["no-lockout/report.json"]));
        Assert.Equal(Verdict.Incorrect, report.Verdict);
        Assert.Contains(
            report.Repetitions.SelectMany(repetition => repetition.Findings),
            finding => finding.Joint is "right-elbow" or "left-elbow" && finding.Measure == "elbow-extension-degrees");
        Assert.Null(report.AnnotatedVideo);
        Assert.Equal([samples.Folder["no-lockout/report.json"]], Directory.GetFileSystemEntries(samples.Folder["no-lockout"]));

        // One fault of both arms in every repetition is one thing to say.
        var thing = Assert.Single(RepeatedFinding.Of(report.Repetitions));
        Assert.Equal(report.Repetitions.Count, thing.All.Count);
    }

    [Fact]
    public void Analyze_NoLockoutSample_SaysTheOneThingOnce()
    {
        var outcome = samples.NoLockout;

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(2, outcome.Output.Split("straighten your arms").Length);
        Assert.Contains("Reps 1, 2, 3, 4", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_Library_GivesTheSameReportAsTheCommandLine()
    {
        using var checker = new FormChecker(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));
        var report = await checker.CheckAsync(AnalyzedSamples.Sample("press-good.mp4"), new CheckOptions());

        var printed = ReportJson.Deserialize(samples.Good.Output);
        Assert.Equal(ReportJson.Serialize(report with { Timing = printed.Timing, AnnotatedVideo = printed.AnnotatedVideo }), samples.Good.Output.Trim());
    }

    [Theory]
    [InlineData("front", 0)]
    [InlineData("side", 0)]
    [InlineData("diagonal", 4)]
    public async Task Analyze_MannequinFromAView_IsJudgedWhereThereIsAModel(string view, int exitCode)
    {
        var clip = folder[view + ".mp4"];
        var set = new MannequinOptions { Camera = CameraPlacement.Parse(view), Repetitions = 3, Width = 270, Height = 480, FramesPerSecond = 15 };
        await MannequinClip.WriteAsync(Mannequin.Synthesize(set), clip);

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

/// <summary>The samples as the program analyses them, each once.</summary>
public sealed class AnalyzedSamples : IAsyncLifetime
{
    internal TemporaryFolder Folder { get; } = new();

    /// <summary>Printed as JSON, with the annotated clip and the report in the folder.</summary>
    internal SpotterProcess.Outcome Good { get; private set; } = null!;

    /// <summary>Printed as text, with the report alone in the folder <c>no-lockout</c>.</summary>
    internal SpotterProcess.Outcome NoLockout { get; private set; } = null!;

    internal static string Sample(string name) => Path.Combine(SharedData.Repository, "samples", name);

    public async ValueTask InitializeAsync()
    {
        Good = await SpotterProcess.RunAsync("analyze", Sample("press-good.mp4"), "--out", Folder.Path, "--json");
        NoLockout = await SpotterProcess.RunAsync("analyze", Sample("press-no-lockout.mp4"), "--out", Folder["no-lockout"], "--no-video", "--language", "en");
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
