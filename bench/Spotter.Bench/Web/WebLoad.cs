using System.Diagnostics;
using System.Globalization;
using Spotter.Web.Killing;

namespace Spotter.Bench.Web;

/// <summary>Pages and status while nothing goes on, and while many uploads at once are taken and judged: how much slower are they?</summary>
internal static class WebLoad
{
    private const int Idle = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string sample, int uploads)
    {
        var data = Directory.CreateTempSubdirectory("spotter-load-").FullName;
        var clip = await File.ReadAllBytesAsync(sample);
        using var server = await ServedProcess.StartAsync(data);
        var first = await server.UploadAsync(clip, "first");
        while (await server.StateAsync(first) is "waiting" or "running")
        {
            await Task.Delay(Pause);
        }

        string[] paths = ["/", "/history", "/coach", "/r/" + first, "/api/clips/" + first];
        await WatchAsync(server, paths, round => round < 3, []); // whatever is made at the first time
        var idle = new List<(string Path, double Time)>();
        await WatchAsync(server, paths, round => round < Idle, idle);

        var busy = new List<(string Path, double Time)>();
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(server, paths, round => round == 0 || !done.IsCancellationRequested, busy);
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, uploads).Select(async number =>
        {
            await server.UploadAsync(clip, $"load-{number}");
            return clock.Elapsed.TotalMilliseconds;
        }));
        await done.CancelAsync();
        await watching;

        Console.WriteLine($"{uploads} uploads of {clip.Length / 1024} kB at once while clips are judged: all taken in {times.Max() / 1000:0.0} s, half of them in {At(times, 0.5) / 1000:0.0} s");
        Console.WriteLine("| | idle: median (95 %) ms | under load: median (95 %, longest) ms | ratio: median (95 %) | times asked |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, path) in new[] { "home", "history", "coach", "result", "status" }.Zip(paths))
        {
            var (before, under) = (TimesOf(idle, path), TimesOf(busy, path));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {At(before, 0.5):0} ({At(before, 0.95):0}) | {At(under, 0.5):0} ({At(under, 0.95):0}, {under.Max():0}) | {At(under, 0.5) / At(before, 0.5):0.0} ({At(under, 0.95) / At(before, 0.95):0.0}) | {before.Length}, {under.Length} |"));
        }

        server.Kill();
        Directory.Delete(data, recursive: true);
        return 0;
    }

    private static async Task WatchAsync(ServedProcess server, string[] paths, Func<int, bool> goesOn, List<(string Path, double Time)> times)
    {
        for (var round = 0; goesOn(round); round++)
        {
            foreach (var path in paths)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await server.Client.GetAsync(path, CancellationToken.None);
                response.EnsureSuccessStatusCode();
                times.Add((path, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            }

            await Task.Delay(Pause);
        }
    }

    private static double[] TimesOf(List<(string Path, double Time)> times, string path) => [.. times.Where(one => one.Path == path).Select(one => one.Time)];

    private static double At(double[] times, double share) => times.Order().ElementAt((int)((times.Length - 1) * share));
}
