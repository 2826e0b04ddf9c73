using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;
using Spotter.Tests.Poses;
using Spotter.Tests.Video;

namespace Spotter.Tests;

/// <summary>A mannequin that does one thing wrong, filmed, judged and told so: the whole way, with the pack that ships, for each kind of fault of the press and each view.</summary>
public sealed class FaultClipTests : IDisposable
{
    private static readonly FormChecker Checker = new(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("front", "no-lockout:50", "elbow-extension-degrees")]
    [InlineData("front", "short-bottom:35", "elbow-flexion-degrees")]
    [InlineData("front", "elbows-low:30", "elbow-height-bottom")]
    [InlineData("front", "elbows-forward:50", "elbow-flare")]
    [InlineData("front", "sway:14", "trunk-sway-degrees")]
    [InlineData("front", "asymmetry:40", "asymmetry-degrees")]
    [InlineData("front", "late-side:0.25", "side-delay")]
    [InlineData("front", "wrist-off:60", "forearm-tilt-bottom-degrees")]
    [InlineData("side", "no-lockout:50", "elbow-extension-degrees")]
    [InlineData("side", "short-bottom:40", "elbow-flexion-degrees")]
    [InlineData("side", "lean-back:25", "trunk-lean-degrees")]
    [InlineData("side", "sway:20", "trunk-sway-degrees")]
    [InlineData("side", "knee-drive:50", "knee-drive-degrees")]
    [InlineData("side", "wrist-off:40", "forearm-tilt-degrees")]
    public async Task Check_LargeFault_IsIncorrectAndNamed(string view, string fault, string measure)
    {
        var report = await CheckAsync(view, fault);

        Assert.Equal(Verdict.Incorrect, report.Verdict);
        Assert.All(report.Repetitions, repetition => Assert.Contains(repetition.Findings, finding => finding.Measure == measure));
    }

    // The view shows no measure of it: the network, or what the fault does to others, flags it.
    [Theory]
    [InlineData("front", "lean-back:30")]
    [InlineData("side", "asymmetry:40")]
    public async Task Check_FaultWithoutAMeasure_IsIncorrect(string view, string fault)
    {
        var report = await CheckAsync(view, fault);

        Assert.Equal(Verdict.Incorrect, report.Verdict);
        Assert.All(report.Repetitions, repetition => Assert.NotEmpty(repetition.Findings));
        Assert.DoesNotContain(report.Repetitions.SelectMany(repetition => repetition.Findings), finding => finding.Measure == "bounce");
    }

    // What docs/evaluation.md lists as not found on clips: they get a verdict all the same, and never a finding that is not there.
    [Theory]
    [InlineData("front", "elbow-flare:60")]
    [InlineData("front", "knee-drive:70")]
    [InlineData("front", "rush:3", "seconds-up", "path-distance")] // whoever rushes, and is found to, also leaves the usual path
    [InlineData("front", "bounce:0.2", "bounce")]
    [InlineData("side", "elbows-low:60")]
    [InlineData("side", "elbows-forward:80")]
    [InlineData("side", "elbow-flare:60")]
    [InlineData("side", "bounce:0.2", "bounce")]
    [InlineData("side", "rush:3", "seconds-up")]
    [InlineData("side", "late-side:0.25")]
    public async Task Check_FaultThatTheViewHardlyShows_IsJudgedWithoutOtherFindings(string view, string fault, params string[] told)
    {
        var report = await CheckAsync(view, fault);

        Assert.NotEqual(Verdict.CannotJudge, report.Verdict);
        Assert.All(report.Repetitions.SelectMany(repetition => repetition.Findings), finding => Assert.Contains(finding.Measure, told));
    }

    private async Task<Report> CheckAsync(string view, string fault)
    {
        InstalledModels.Require();
        var set = Mannequin.Synthesize(new MannequinOptions
        {
            Faults = [Fault.Parse(fault)],
            Camera = CameraPlacement.Parse(view),
            Repetitions = 2,
            Seed = 5,
            Width = 270,
            Height = 480,
            FramesPerSecond = 15,
            IdleSeconds = 0.5,
        });
        await MannequinClip.WriteAsync(set, folder["clip.mp4"]);
        var report = await Checker.CheckAsync(folder["clip.mp4"], new CheckOptions());

        Assert.Equal("shoulder-press", report.Exercise);
        Assert.Empty(report.Reasons);
        Assert.Equal(2, report.Repetitions.Count);
        return report;
    }
}
