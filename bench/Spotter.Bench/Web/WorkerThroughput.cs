using System.Diagnostics;
using Spotter.Tests;
using Spotter.Video;
using Spotter.Web;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Killing;
using Spotter.Web.Work;

namespace Spotter.Bench.Web;

/// <summary>
/// How much faster two worker processes judge real clips than one, on this machine and PostgreSQL. Both processes live throughout; in the rounds of one, the other's
/// time is stopped. Rounds alternate, so that what else the machine does falls on both alike.
/// </summary>
internal static class WorkerThroughput
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string sample, int clips, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("spotter-throughput-").FullName;
        await using var server = await TemporaryPostgres.StartAsync(isDurable: true) ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var place = new KillPlace(KillPlace.Postgres, server.Address, Path.Combine(folder, "clips"));
        await using (var backEnd = await place.Open(new BackEndSetting(folder, KillPlan.Policy(LeaseTime), TimeProvider.System), CancellationToken.None))
        using (var first = KillableWorker.Start(place, Path.Combine(folder, "workers"), LeaseTime, isReal: true))
        using (var second = KillableWorker.Start(place, Path.Combine(folder, "workers"), LeaseTime, isReal: true))
        {
            var info = await VideoInfo.ReadAsync(sample);
            await Task.WhenAll(first.Ready, second.Ready);
            await JudgeAsync(backEnd, sample, info, 4); // models read, code compiled
            var ratios = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var (one, two) = round % 2 == 0 ? (await WithOneAsync(), await WithTwoAsync()) : Swap(await WithTwoAsync(), await WithOneAsync());
                ratios.Add(one.Wall / two.Wall);
                Console.WriteLine($"round {round + 1}, one worker:  {Text(one)}");
                Console.WriteLine($"round {round + 1}, two workers: {Text(two)}; {one.Wall / two.Wall:0.00} times as much");
            }

            Console.WriteLine($"two workers against one: {ratios.Order().ElementAt(ratios.Count / 2):0.00} in the median of {rounds} rounds of {clips} clips of {info.DurationSeconds:0.0} s");

            async Task<Round> WithOneAsync()
            {
                second.Freeze();
                var round = await WithTwoAsync();
                second.Thaw();
                return round;
            }

            async Task<Round> WithTwoAsync()
            {
                var (own, all) = (ProcessorTime.Of(first.Id) + ProcessorTime.Of(second.Id), ProcessorTime.OfMachine());
                var seconds = await JudgeAsync(backEnd, sample, info, clips);
                return new Round(seconds, (ProcessorTime.Of(first.Id) + ProcessorTime.Of(second.Id) - own).TotalSeconds, (ProcessorTime.OfMachine() - all).TotalSeconds);
            }

            string Text(Round round) =>
                $"{clips / round.Wall * 60:0.0} clips a minute ({clips * info.DurationSeconds / round.Wall:0.00} × real time); the workers kept {round.Own / round.Wall:0.00} of "
                + $"{Environment.ProcessorCount} cores busy ({round.Own / clips:0.0} s a clip), everything on the machine {round.All / round.Wall:0.00}";
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static (Round One, Round Two) Swap(Round two, Round one) => (one, two);

    /// <summary>What a round took, in seconds: by the clock, processor time of the workers with their children, and of everything on the machine.</summary>
    private sealed record Round(double Wall, double Own, double All);

    /// <summary>Hands in clips and waits until all are judged.</summary>
    /// <returns>Seconds between the moment before the first claim and the last commit.</returns>
    private static async Task<double> JudgeAsync(BackEnd backEnd, string sample, VideoInfo info, int clips)
    {
        var request = new ClipRequest
        {
            Title = "clip",
            Language = "en",
            Container = info.Container,
            Bytes = new FileInfo(sample).Length,
            Seconds = info.DurationSeconds,
            Packs = [],
        };
        var ids = Enumerable.Range(0, clips).Select(_ => JobId.New()).ToList();
        foreach (var id in ids)
        {
            var copy = Path.Combine(Path.GetTempPath(), $"spotter-{id}");
            File.Copy(sample, copy);
            await backEnd.Clips.SaveAsync(ClipName.Original(id), copy);
        }

        var clock = Stopwatch.StartNew();
        foreach (var id in ids)
        {
            await backEnd.Jobs.EnqueueAsync(new NewJob { Id = id, Kind = ClipRequest.Kind, Details = request.ToJson() });
        }

        foreach (var id in ids)
        {
            while (await backEnd.Jobs.FindAsync(id) is { IsOver: false })
            {
                await Task.Delay(Look);
            }

            if (await backEnd.Jobs.FindAsync(id) is not { State: JobState.Done })
            {
                throw new InvalidOperationException("A clip was not judged.");
            }
        }

        return clock.Elapsed.TotalSeconds;
    }
}
