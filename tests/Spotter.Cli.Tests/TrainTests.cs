using System.Diagnostics;

namespace Spotter.Tests;

/// <summary><c>spotter train</c> as a user runs it: the same seed gives the same pack, and a training that was killed goes on where it was.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Train_Twice_WritesTheSamePack()
    {
        await Record("good", "anna", "1");
        await Record("good", "ben", "2");
        string[] train = ["train", "--exercise", "shoulder-press", "--good", folder["good"], "--out", folder["shoulder-press.pack.json"]];

        var first = await SpotterProcess.RunAsync(train);
        var pack = await File.ReadAllBytesAsync(folder["shoulder-press.pack.json"]);
        var second = await SpotterProcess.RunAsync(train);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("12 correct repetitions in 2 sessions", first.Error, StringComparison.Ordinal);
        Assert.Equal(pack, await File.ReadAllBytesAsync(folder["shoulder-press.pack.json"]));

        // The network lies beside it, so that the folder can be used as it is; without it the message says what to do.
        var use = new Dictionary<string, string> { ["SPOTTER_PACKS"] = folder.Path };
        var listed = await SpotterProcess.RunWithAsync(use, "exercises");
        File.Delete(folder["backbone.onnx"]);
        var missing = await SpotterProcess.RunWithAsync(use, "analyze", folder[Path.Combine("good", "anna", "1.npy")]);
        Assert.Equal(0, listed.ExitCode);
        Assert.Contains("shoulder-press", listed.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("SPOTTER_PACKS", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_KilledWhileFineTuning_GoesOnAndEndsWithTheSamePack()
    {
        foreach (var (session, seed) in new[] { ("anna", 1), ("ben", 3) })
        {
            await Record("good", session, $"{seed}");
            await Record("bad", session, $"{seed + 1}", "--fault", "no-lockout:45");
        }

        string[] train =
        [
            "train", "--exercise", "shoulder-press", "--good", folder["good"], "--bad", folder["bad"], "--fine-tune", "--steps", "2",
            "--init", Path.Combine(SharedData.Repository, "models", "backbone.safetensors"), "--out", folder["shoulder-press.pack.json"],
        ];
        var whole = await SpotterProcess.RunAsync(train);
        Assert.Equal(0, whole.ExitCode);
        string[] written = ["shoulder-press.pack.json", "backbone.onnx", "backbone.safetensors"];
        byte[][] expected = [.. written.Select(name => File.ReadAllBytes(folder[name]))];
        Array.ForEach(written, name => File.Delete(folder[name]));

        await KillOnceThereIsAStateAsync(train);
        Assert.False(File.Exists(folder["shoulder-press.pack.json"]));
        var resumed = await SpotterProcess.RunAsync(train);

        Assert.Equal(0, resumed.ExitCode);
        Assert.All(written.Zip(expected), one => Assert.Equal(one.Second, File.ReadAllBytes(folder[one.First])));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.state*"));
    }

    [Theory]
    [InlineData("train", "--good", "x", "--out", "x.pack.json")]
    [InlineData("evaluate", "--data", "x")]
    public async Task Run_UnknownExercise_IsWrongUsage(string command, params string[] rest)
    {
        var outcome = await SpotterProcess.RunAsync([command, "--exercise", "handstand", .. rest]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("handstand", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FineTuneBesideOtherPacks_IsRefusedBeforeItBreaksThem()
    {
        var other = folder["bicep-curl.pack.json"];
        await File.WriteAllTextAsync(other, "{}");
        var outcome = await SpotterProcess.RunAsync(
            "train", "--exercise", "shoulder-press", "--good", folder.Path, "--init", "x.safetensors", "--fine-tune", "--out", folder["shoulder-press.pack.json"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("bicep-curl", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([other], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--steps", "5")]
    [InlineData("--init", "x.safetensors")]
    public async Task Train_OptionOfFineTuningWithoutIt_IsWrongUsage(string option, string value)
    {
        var outcome = await SpotterProcess.RunAsync(
            "train", "--exercise", "shoulder-press", "--good", folder.Path, option, value, "--out", folder["shoulder-press.pack.json"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--fine-tune", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task KillOnceThereIsAStateAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Spotter.Cli"), arguments) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["SPOTTER_PACKS"] = Path.Combine(SharedData.Repository, "models");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && Directory.GetFiles(folder.Path, "*.state*").Length == 0)
        {
            await Task.Delay(20);
        }

        process.Kill(); // SIGKILL
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
        _ = await errors;
    }

    private async Task Record(string label, string session, string seed, params string[] more)
    {
        var target = Path.Combine(folder.Path, label, session);
        Directory.CreateDirectory(target);
        var outcome = await SpotterProcess.RunAsync(
            ["synth", "--exercise", "shoulder-press", "--view", "front", "--reps", "6", "--seed", seed, "--keypoints", Path.Combine(target, $"{seed}.npy"), .. more]);
        Assert.Equal(0, outcome.ExitCode);
    }
}
