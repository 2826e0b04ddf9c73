using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;

namespace Spotter.Tests;

/// <summary>The mannequin's clips, keypoints and truth from the command line; what the press's clips are judged to be is in <c>FaultClipTests</c>.</summary>
public sealed class SynthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Synth_Video_ShowsTheSetThatIsTold()
    {
        var clip = folder["clip.mp4"];
        var made = await SpotterProcess.RunAsync("synth", "--reps", "1", "--video", clip, "--json");

        var analyzed = await SpotterProcess.RunAsync("analyze", clip, "--exercise", "shoulder-press", "--no-video", "--json");

        Assert.Equal((0, 0), (made.ExitCode, analyzed.ExitCode));
        AssertSame(MannequinTruth.FromJson(made.Output), ReportJson.Deserialize(analyzed.Output));
    }

    [Theory]
    [InlineData("bicep-curl", View.Side)]
    [InlineData("front-raise", View.Side)]
    [InlineData("shoulder-shrug", View.Front)]
    [InlineData("triceps-pushdown", View.Side)]
    public async Task Analyze_RenderedExercise_IsNamedAndCounted(string exercise, View view)
    {
        var clip = folder["clip.mp4"];
        var made = await SpotterProcess.RunAsync("synth", "--exercise", exercise, "--reps", "2", "--seed", "4", "--json");
        var truth = MannequinTruth.FromJson(made.Output);
        Assert.Equal(view, truth.View);
        var set = new MannequinOptions { Exercise = exercise, Camera = CameraPlacement.Parse(view.ToString().ToLowerInvariant()), Repetitions = 2, Seed = 4, Width = 270, Height = 480, FramesPerSecond = 15 };
        await MannequinClip.WriteAsync(Mannequin.Synthesize(set), clip);

        var outcome = await SpotterProcess.RunAsync("analyze", clip, "--no-video", "--json");

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal(exercise, report.Exercise);
        Assert.NotEqual(Verdict.CannotJudge, report.Verdict);
        AssertSame(truth, report);
    }

    [Theory]
    [InlineData("bicep-curl", "elbows-low:20", "short-top")]
    [InlineData("squat", "sway:8", "triceps-pushdown")]
    public async Task Synth_WhatMakesNoSense_IsWrongUsageAndNamesWhatDoes(string exercise, string fault, string named)
    {
        var outcome = await SpotterProcess.RunAsync("synth", "--exercise", exercise, "--fault", fault, "--json");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(named, outcome.Error, StringComparison.Ordinal);
    }

    private static void AssertSame(MannequinTruth truth, Report report)
    {
        Assert.Equal(truth.Repetitions.Count, report.Repetitions.Count);
        Assert.All(report.Repetitions.Zip(truth.Repetitions), pair =>
            Assert.InRange((pair.First.StartSeconds + pair.First.EndSeconds) / 2, pair.Second.StartSeconds, pair.Second.EndSeconds));
    }
}
