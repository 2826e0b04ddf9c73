using System.Diagnostics;
using Spotter.Web.Killing;

namespace Spotter.Bench.Web;

/// <summary>Many uploads at once while clips are judged: does the home page stay responsive?</summary>
internal static class WebLoad
{
    public static async Task<int> RunAsync(string sample, int uploads)
    {
        var data = Directory.CreateTempSubdirectory("spotter-load-").FullName;
        var clip = await File.ReadAllBytesAsync(sample);
        using var server = await ServedProcess.StartAsync(data);
        await server.Client.GetAsync("/");
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(server, done.Token);
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, uploads).Select(async number =>
        {
            await server.UploadAsync(clip, $"load-{number}");
            return clock.Elapsed.TotalMilliseconds;
        }));
        var total = clock.Elapsed.TotalSeconds;
        await done.CancelAsync();
        var pages = await watching;
        Console.WriteLine(
            $"{uploads} uploads of {clip.Length / 1024} kB at once: all taken in {total:0.0} s (median {At(times, 0.5):0} ms, last {times.Max():0} ms); "
            + $"home page meanwhile {pages.Length} times: median {At(pages, 0.5):0} ms, 95 % {At(pages, 0.95):0} ms, longest {pages.Max():0} ms");
        server.Kill();
        Directory.Delete(data, recursive: true);
        return 0;
    }

    private static async Task<double[]> WatchAsync(ServedProcess server, CancellationToken done)
    {
        var times = new List<double>();
        do
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await server.Client.GetAsync("/", CancellationToken.None);
            response.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(50, CancellationToken.None);
        }
        while (!done.IsCancellationRequested);

        return [.. times];
    }

    private static double At(double[] times, double share) => times.Order().ElementAt((int)((times.Length - 1) * share));
}
