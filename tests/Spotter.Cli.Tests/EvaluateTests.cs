using System.Text.Json;

namespace Spotter.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Evaluate_MannequinSessions_TellsEveryMethodsFigures()
    {
        await Record("good", "anna", "1");
        await Record("good", "ben", "2");
        await Record("bad", "anna", "3", "--fault", "no-lockout:45");

        var table = await SpotterProcess.RunAsync("evaluate", "--data", folder.Path, "--exercise", "shoulder-press");
        var json = await SpotterProcess.RunAsync("evaluate", "--data", folder.Path, "--exercise", "shoulder-press", "--protocol", "published", "--json", "--report", folder["report"]);

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains("shoulder-press from the front, grouped: 12 correct and 6 incorrect repetitions, 2 sessions", table.Output, StringComparison.Ordinal);
        Assert.Contains("| Spotter, measures alone |", table.Output, StringComparison.Ordinal);
        Assert.Equal(json.Output.Trim(), (await File.ReadAllTextAsync(folder["report/evaluation.json"])).Trim());
        Assert.Contains("<svg", await File.ReadAllTextAsync(folder["report/evaluation.html"]), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(json.Output);
        Assert.Equal("spotter-evaluation/2", report.RootElement.GetProperty("schema").GetString());
        Assert.Equal("published", report.RootElement.GetProperty("protocol").GetString());
        var methods = report.RootElement.GetProperty("results")[0].GetProperty("methods").EnumerateArray().ToList();
        Assert.InRange(methods.Single(method => method.GetProperty("method").GetString() == "Spotter").GetProperty("rocAuc").GetProperty("value").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Evaluate_CrossWithOneDataSet_IsWrongUsage()
    {
        await Record("good", "anna", "1");
        var outcome = await SpotterProcess.RunAsync("evaluate", "--data", folder.Path, "--exercise", "shoulder-press", "--protocol", "cross");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--data twice", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_FolderWithoutRecordings_IsUnreadable()
    {
        var outcome = await SpotterProcess.RunAsync("evaluate", "--data", folder.Path, "--exercise", "shoulder-press");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("no keypoint files", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task Record(string label, string session, string seed, params string[] more)
    {
        var target = Path.Combine(folder.Path, label, session);
        Directory.CreateDirectory(target);
        var outcome = await SpotterProcess.RunAsync(
            ["synth", "--view", "front", "--reps", "6", "--seed", seed, "--keypoints", Path.Combine(target, $"{seed}.npy"), .. more]);
        Assert.Equal(0, outcome.ExitCode);
    }
}
