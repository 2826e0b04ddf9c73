using System.Diagnostics;
using Spotter.Web;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;

namespace Spotter.Tests;

/// <summary><c>spotter worker</c>, and what it has in common with <c>spotter serve --backend</c>.</summary>
public sealed class WorkerTests : IDisposable
{
    private const string NoDatabase = "postgresql://someone@127.0.0.1:1/none";
    private const string FirebaseDatabase = "https://demo-default-rtdb.firebaseio.com";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("worker", "--backend")]
    [InlineData("worker --backend embedded", "embedded")]
    [InlineData("worker --backend sqlite", "sqlite")]
    [InlineData("serve --backend sqlite", "sqlite")]
    [InlineData("worker --backend postgres", "SPOTTER_POSTGRES")]
    [InlineData("serve --backend postgres", "SPOTTER_POSTGRES")]
    [InlineData("worker --backend postgres --postgres " + NoDatabase, "SPOTTER_CLIPS")]
    [InlineData("worker --backend postgres --postgres " + NoDatabase + " --clips s3://", "s3://bucket")]
    [InlineData("worker --backend postgres --postgres " + NoDatabase + " --clips s3://bucket//a", "s3://bucket")]
    [InlineData("worker --backend postgres --postgres " + NoDatabase + " --clips c --firebase-bucket b", "is for --backend firebase")]
    [InlineData("serve --backend embedded --clips c", "is for --backend postgres")]
    [InlineData("worker --backend firebase", "--firebase-database")]
    [InlineData("serve --backend firebase --firebase-database " + FirebaseDatabase, "--firebase-bucket")]
    [InlineData("worker --backend firebase --firebase-database x --firebase-bucket b", "looks like")]
    [InlineData("worker --backend postgres --postgres " + NoDatabase + " --clips c --workers 0", "from 1 to 64")]
    public async Task BackEnd_NotSaidOrSaidWrong_ExitsTwoAndSaysWhat(string command, string expected) =>
        await AssertRefusedAsync(2, expected, [], command.Split(' '));

    [Theory]
    [InlineData("FIREBASE_DATABASE_EMULATOR_HOST", "FIREBASE_STORAGE_EMULATOR_HOST")]
    [InlineData("FIREBASE_STORAGE_EMULATOR_HOST", "FIREBASE_DATABASE_EMULATOR_HOST")]
    public async Task BackEnd_OneEmulatorOfTwo_ExitsTwo(string variable, string expected) => await AssertRefusedAsync(
        2, expected, new() { [variable] = "127.0.0.1:9000" }, "worker", "--backend", "firebase", "--firebase-database", FirebaseDatabase, "--firebase-bucket", "b");

    [Fact]
    public async Task Serve_DatabaseOutOfReach_ExitsOneWithOneSentence() => await AssertRefusedAsync(
        1, "SPOTTER_POSTGRES", [], "serve", "--backend", "postgres", "--postgres", NoDatabase, "--clips", folder["clips"], "--data", folder["data"], "--urls", "http://127.0.0.1:0");

    [Fact]
    public async Task Worker_DatabaseOutOfReach_ExitsOneWithOneSentence() => await AssertRefusedAsync(1, "SPOTTER_POSTGRES", [], Worker());

    [Fact]
    public async Task Worker_WithoutPacks_RefusesToStart()
    {
        var packs = Directory.CreateDirectory(folder["packs"]).FullName;
        await AssertRefusedAsync(3, "feature network", [], Worker("--packs", packs));

        File.CreateSymbolicLink(Path.Combine(packs, "backbone.onnx"), Path.Combine(SharedData.Repository, "models", "backbone.onnx"));
        await AssertRefusedAsync(3, "no exercise pack", [], Worker("--packs", packs));
        await AssertRefusedAsync(3, "no exercise pack", new() { ["SPOTTER_PACKS"] = packs }, Worker());
    }

    [Fact]
    public async Task Worker_WithoutFfmpeg_RefusesToStart() => await AssertRefusedAsync(1, "Install it with", new() { ["PATH"] = folder.Path }, Worker());

    [Fact]
    public async Task Worker_WithoutPoseModels_RefusesToStart() => await AssertRefusedAsync(1, "is not installed", new() { ["SPOTTER_MODELS"] = folder.Path }, Worker());

    [Fact]
    public async Task Worker_S3WithoutARegion_ExitsOneAndSaysWhatToSet()
    {
        await using var server = await StartPostgresAsync();

        await AssertRefusedAsync(
            1,
            "AWS_REGION",
            new() { ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_ACCESS_KEY_ID"] = "a", ["AWS_SECRET_ACCESS_KEY"] = "b", ["AWS_CONFIG_FILE"] = folder["none"], ["AWS_SHARED_CREDENTIALS_FILE"] = folder["none"] },
            "worker", "--backend", "postgres", "--postgres", server.Address, "--clips", "s3://bucket/beginning");
    }

    [Fact]
    public async Task Worker_CtrlC_GivesTheJobBackUncounted()
    {
        await using var server = await StartPostgresAsync();
        await using var backEnd = await OpenAsync(server.Address);
        var id = await HandInAsync(backEnd, Path.Combine(SharedData.Repository, "samples", "press-good.mp4"), null);
        using var worker = await RunningWorker.StartAsync(server.Address, folder);
        await UntilAsync(async () => (await backEnd.Jobs.FindAsync(id))!.State == JobState.Running);

        var code = await worker.InterruptAsync();

        var job = (await backEnd.Jobs.FindAsync(id))!;
        Assert.Equal((0, JobState.Waiting, 0), (code, job.State, job.Attempts));
        Assert.Empty(await backEnd.Clips.ListAttemptsAsync(id));
        Assert.Empty(Directory.EnumerateDirectories(folder["scratch"]));
    }

    [Fact]
    public async Task Worker_ExerciseThatItLacks_LeavesTheClipToOthersAndJudgesTheNext()
    {
        await using var server = await StartPostgresAsync();
        await using var backEnd = await OpenAsync(server.Address);
        using (var process = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=duration=0.5:size=160x120:rate=20", "-pix_fmt", "yuv420p", folder["short.mp4"]]))
        {
            await process.WaitForExitAsync();
        }

        var lacking = await HandInAsync(backEnd, folder["short.mp4"], "juggling");
        var other = await HandInAsync(backEnd, folder["short.mp4"], null);
        using var worker = await RunningWorker.StartAsync(server.Address, folder, "--packs", Path.Combine(SharedData.Repository, "models"));
        await UntilAsync(async () => (await backEnd.Jobs.FindAsync(other))!.IsOver);
        await worker.InterruptAsync();

        Assert.Equal(JobState.Done, (await backEnd.Jobs.FindAsync(other))!.State);
        var job = (await backEnd.Jobs.FindAsync(lacking))!;
        Assert.Equal((JobState.Waiting, 0, "no-pack"), (job.State, job.Attempts, job.Problem?.Code));
    }

    public void Dispose() => folder.Dispose();

    private string[] Worker(params string[] more) =>
        ["worker", "--backend", "postgres", "--postgres", NoDatabase, "--clips", folder["clips"], "--scratch", folder["scratch"], .. more];

    private static async Task AssertRefusedAsync(int exitCode, string expected, Dictionary<string, string> environment, params string[] arguments)
    {
        var outcome = await SpotterProcess.RunWithAsync(environment, arguments);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.StartsWith("spotter: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    private static async Task<TemporaryPostgres> StartPostgresAsync()
    {
        var server = await TemporaryPostgres.StartAsync();
        Assert.SkipWhen(server is null, "needs PostgreSQL: sudo apt-get install postgresql");
        return server;
    }

    private Task<BackEnd> OpenAsync(string address) =>
        PostgresBackEnd.WithFolder(address, folder["clips"])(new BackEndSetting(folder.Path, new JobPolicy(), TimeProvider.System), CancellationToken.None);

    private async Task<string> HandInAsync(BackEnd backEnd, string clip, string? exercise)
    {
        var (id, local) = (JobId.New(), folder["local"]);
        File.Copy(clip, local);
        await backEnd.Clips.SaveAsync(ClipName.Original(id), local);
        var details = $$"""{"title":"Clip","language":"en","container":"mp4","bytes":1,"seconds":1{{(exercise is null ? "" : $",\"exercise\":\"{exercise}\"")}}}""";
        await backEnd.Jobs.EnqueueAsync(new NewJob { Id = id, Kind = "judge", Details = details });
        return id;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "did not come to pass");
            await Task.Delay(50);
        }
    }

    private sealed class RunningWorker(Process process) : IDisposable
    {
        public static async Task<RunningWorker> StartAsync(string database, TemporaryFolder folder, params string[] more)
        {
            string[] arguments = ["worker", "--backend", "postgres", "--clips", folder["clips"], "--scratch", folder["scratch"], .. more];
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Spotter.Cli"), arguments) { RedirectStandardError = true, UseShellExecute = false };
            start.Environment["SPOTTER_POSTGRES"] = database;
            start.Environment["SPOTTER_PACKS"] = Path.Combine(SharedData.Repository, "models");
            var process = Process.Start(start)!;
            var line = await process.StandardError.ReadLineAsync();
            Assert.Contains("waiting for clips", line, StringComparison.Ordinal);
            _ = process.StandardError.ReadToEndAsync();
            return new RunningWorker(process);
        }

        public async Task<int> InterruptAsync()
        {
            using (var sent = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await sent.WaitForExitAsync();
            }

            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
            return process.ExitCode;
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }
}
