using System.Diagnostics;
using System.Globalization;
using Spotter.Annotation;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Video;

namespace Spotter.Bench;

/// <summary>
/// What each stage of <c>spotter analyze</c> costs on one clip, and the ratios of the design's table: how many times faster than the clip plays, how well
/// the stages overlap, memory, and how long the program takes to its first frame.
/// </summary>
internal static class StagesBench
{
    private const int Rounds = 3;
    private static readonly int Cores = Environment.ProcessorCount;

    /// <param name="clip">A video; null makes a 720p one of 30 frames a second out of the sample in the repository.</param>
    public static async Task<int> RunAsync(string? clip)
    {
        var folder = Directory.CreateTempSubdirectory("spotter-bench-");
        try
        {
            clip ??= Enlarged(Path.Combine(Root(), "samples", "press-good.mp4"), Path.Combine(folder.FullName, "press-720p.mp4"));
            var video = await VideoInfo.ReadAsync(clip);
            Console.WriteLine(Invariant($"{video.Width} × {video.Height}, {video.FramesPerSecond:0.##} frames/s, {video.DurationSeconds:0.0} s; {Cores} cores; medians of {Rounds} rounds\n"));
            var rounds = new List<Round>();
            for (var round = 0; round < Rounds; round++)
            {
                rounds.Add(await MeasureAsync(clip, Path.Combine(folder.FullName, "out.mp4")));
            }

            Print(rounds, video);
            Program(clip, folder.FullName, video);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Round> MeasureAsync(string clip, string target)
    {
        using var checker = new FormChecker(PackCatalogue.Default);
        var decode = await Cost.OfAsync(async () =>
        {
            var reader = await VideoReader.OpenAsync(clip);
            await foreach (var frame in reader.ReadFramesAsync())
            {
            }
        });
        var track = default(PoseTrack)!;
        var follow = await Cost.OfAsync(async () => track = await ClipSource.FollowAsync(clip, PoseModel.Full, 30));
        var report = checker.Judge(track, new CheckOptions()); // loads the network
        var judge = await Cost.OfAsync(() => Task.FromResult(report = checker.Judge(track, new CheckOptions())));
        var annotate = await Cost.OfAsync(() => ClipAnnotator.AnnotateAsync(clip, target, report, track.Skeleton));
        var whole = await Cost.OfAsync(() => checker.CheckAsync(clip, new CheckOptions { AnnotatedClip = target }));
        var bare = await Cost.OfAsync(() => checker.CheckAsync(clip, new CheckOptions()));
        return new Round(decode, follow, judge, annotate, whole, bare, track.Skeleton.FrameCount);
    }

    private static void Print(List<Round> rounds, VideoInfo video)
    {
        (string Name, Func<Round, Cost> Of)[] stages =
        [
            ("decoding alone", round => round.Decode),
            ("decoding and pose", round => round.Follow),
            ("repetitions, features, verdict, findings", round => round.Judge),
            ("annotated clip: decoding, painting, encoding", round => round.Annotate),
            ("whole, with annotated clip", round => round.Whole),
            ("whole, without", round => round.Bare),
        ];
        Console.WriteLine("| stage | wall s | CPU s | CPU ms a frame | times real time |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, of) in stages)
        {
            var (wall, cpu) = (Median(rounds, round => of(round).Wall), Median(rounds, round => of(round).Cpu));
            Console.WriteLine(Invariant($"| {name} | {wall:0.00} | {cpu:0.00} | {1000 * cpu / rounds[0].Frames:0.0} | {video.DurationSeconds / wall:0.00} |"));
        }

        Console.WriteLine();
        Console.WriteLine(Invariant($"wall ÷ larger of (CPU of the stages ÷ cores, slowest stage), with annotated clip: {Median(rounds, round => round.Overlap):0.00} (target 1.3 at most)"));
    }

    // The program as a user starts it: time to the end of a clip of five frames bounds the time to the first, without judging more closely; memory is the largest of the program itself.
    private static void Program(string clip, string folder, VideoInfo video)
    {
        var program = Path.Combine(Root(), "src", "Spotter.Cli", "bin", "Release", "net10.0", "linux-x64", "Spotter.Cli");
        if (!File.Exists(program))
        {
            Console.WriteLine("start and memory: build the program first (./spotter doctor)");
            return;
        }

        var five = Path.Combine(folder, "five.mp4");
        Ffmpeg(["-i", clip, "-frames:v", "5", "-an", "-y", five]);
        foreach (string[] command in new[] { ["pose", five, "--out", Path.Combine(folder, "five.npy")], new[] { "analyze", five, "--no-video", "--json" } })
        {
            var starts = Enumerable.Range(0, 5).Select(_ => Time(program, command).Seconds).Order().ToArray();
            Console.WriteLine(Invariant($"start of spotter {command[0]} to its end with a clip of 5 frames: {starts[2]:0.00} s, least {starts[0]:0.00} s (target 1.5 s to the first frame)"));
        }

        foreach (var repeats in new[] { 1, 4 })
        {
            var longer = Path.Combine(folder, $"times{repeats}.mp4");
            Ffmpeg(["-stream_loop", (repeats - 1).ToString(CultureInfo.InvariantCulture), "-i", clip, "-c", "copy", "-y", longer]);
            var megabytes = Time(program, ["analyze", longer, "--out", folder]).PeakBytes / 1e6;
            Console.WriteLine(Invariant($"memory of the program, clip of {repeats * video.DurationSeconds:0} s: {megabytes:0} MB (target 500 MB for any length)"));
        }
    }

    private static (double Seconds, long PeakBytes) Time(string program, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }

        Task.WaitAll(output, error);
        return (clock.Elapsed.TotalSeconds, peak);
    }

    private static string Enlarged(string sample, string target)
    {
        Ffmpeg(["-stream_loop", "1", "-i", sample, "-vf", "scale=720:1280", "-c:v", "libx264", "-crf", "23", "-y", target]);
        return target;
    }

    private static void Ffmpeg(string[] arguments)
    {
        using var process = Process.Start("ffmpeg", ["-nostdin", "-v", "error", .. arguments]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg {string.Join(' ', arguments)} failed.");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        }

        return folder.FullName;
    }

    private static double Median(List<Round> rounds, Func<Round, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Round(Cost Decode, Cost Follow, Cost Judge, Cost Annotate, Cost Whole, Cost Bare, int Frames)
    {
        public double Overlap
        {
            get
            {
                Cost[] stages = [Follow, Judge, Annotate];
                return Whole.Wall / Math.Max(stages.Sum(stage => stage.Cpu) / Cores, stages.Max(stage => stage.Wall));
            }
        }
    }

    /// <summary>Time on the clock and on the processor, that of ended child processes included.</summary>
    private readonly record struct Cost(double Wall, double Cpu)
    {
        // Fields 14 to 17 of /proc/self/stat: user and system time of the process and of its waited-for children, in hundredths of a second.
        private const int FirstField = 11; // counted from the one after the name

        public static async Task<Cost> OfAsync(Func<Task> work)
        {
            var before = Used();
            var clock = Stopwatch.StartNew();
            await work();
            return new Cost(clock.Elapsed.TotalSeconds, Used() - before);
        }

        private static double Used()
        {
            var stat = File.ReadAllText("/proc/self/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[FirstField..(FirstField + 4)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / 100.0;
        }
    }
}
