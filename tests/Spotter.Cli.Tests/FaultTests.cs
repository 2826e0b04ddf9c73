using Spotter.Scoring;

namespace Spotter.Tests;

/// <summary>A mannequin that does one thing wrong, filmed, judged and told so: the whole way, with the packs that ship.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("front", "no-lockout:50", "elbow-extension-degrees")]
    [InlineData("front", "elbows-low:30", "elbow-height-bottom")]
    [InlineData("front", "elbows-forward:40", "elbow-flare")]
    [InlineData("front", "sway:12", "trunk-sway-degrees")]
    [InlineData("front", "late-side:0.25:right", "side-delay")]
    [InlineData("side", "no-lockout:50", "elbow-extension-degrees")]
    [InlineData("side", "lean-back:20", "trunk-lean-degrees")]
    [InlineData("side", "knee-drive:40", "knee-drive-degrees")]
    public async Task Analyze_LargeFault_IsIncorrectAndNamesIt(string view, string fault, string measure)
    {
        var clip = folder["clip.mp4"];
        await SpotterProcess.RunAsync("synth", "--view", view, "--reps", "2", "--seed", "5", "--fault", fault, "--video", clip);

        var outcome = await SpotterProcess.RunAsync("analyze", clip, "--no-video", "--json");

        Assert.Equal(0, outcome.ExitCode);
        var report = ReportJson.Deserialize(outcome.Output);
        Assert.Equal("shoulder-press", report.Exercise);
        Assert.Equal(2, report.Repetitions.Count);
        Assert.Equal(Verdict.Incorrect, report.Verdict);
        Assert.All(report.Repetitions, repetition => Assert.Contains(repetition.Findings, finding => finding.Measure == measure));
    }
}
