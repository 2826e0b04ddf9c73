using System.Collections.Concurrent;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;

namespace Spotter.Web.Tests.Firebase;

/// <summary>Many workers, of whom some vanish in the middle, on a network that loses requests and replies: each job is committed once.</summary>
public sealed class FirebaseChaosTests : IAsyncLifetime
{
    private const int Workers = 6;
    private const int Jobs = 60;

    private static readonly JobPolicy Policy = new() { LeaseTime = TimeSpan.FromSeconds(1.5), MaxAttempts = 1000, FirstBackOff = TimeSpan.FromMilliseconds(20) };
    private static readonly DatabasePatience Patience = new() { Timeout = TimeSpan.FromSeconds(2), FirstPause = TimeSpan.FromMilliseconds(5), Attempts = 4 };

    private readonly ConcurrentDictionary<string, int> commits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> claimed = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> twice = [];
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Workers_OnABadNetwork_CommitEachJobOnce()
    {
        var seed = Environment.TickCount;
        var faults = new Random(seed);
        database.Server.Engine.Written = (before, now) => CommitCount.Add(commits, before, now);
        database.Server.Fault = (_, _, isStream) =>
        {
            lock (faults)
            {
                return isStream ? DatabaseFault.None : faults.Next(100) switch
                {
                    < 6 => DatabaseFault.LoseReply,
                    < 9 => DatabaseFault.LoseRequest,
                    < 12 => DatabaseFault.Unavailable,
                    _ => DatabaseFault.None,
                };
            }
        };
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var cuts = new Timer(_ => database.Server.CutStreams(), null, 300, 300);
        var work = Enumerable.Range(0, Workers).Select(number => Task.Run(() => WorkAsync(number, seed, over.Token))).ToList();
        await HandInAsync();
        await Task.WhenAll(work);

        Assert.True(commits.Count == Jobs && commits.Values.All(count => count == 1), $"seed {seed}: {commits.Count} of {Jobs} were committed, {commits.Values.Count(count => count > 1)} more than once");
        Assert.True(twice.IsEmpty, $"seed {seed}: two workers believe that they committed {string.Join(", ", twice)}");
        database.Server.Fault = (_, _, _) => DatabaseFault.None;
        await using var store = NewStore();
        foreach (var (id, outcome) in claimed)
        {
            Assert.Equal(outcome, (await store.FindAsync(id))!.Outcome);
        }
    }

    private FirebaseJobStore NewStore() => new(database.NewClient(Patience), database.Root, Policy, TimeProvider.System);

    private async Task HandInAsync()
    {
        await using var store = NewStore();
        for (var i = 0; i < Jobs; i++)
        {
            var job = new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}", ClientKey = $"upload-{i}" };
            await InsistAsync(() => store.EnqueueAsync(job));
        }
    }

    private async Task WorkAsync(int number, int seed, CancellationToken over)
    {
        await using var store = NewStore();
        var random = new Random(HashCode.Combine(seed, number));
        for (var round = 0; commits.Count < Jobs && !over.IsCancellationRequested; round++)
        {
            var claim = await InsistAsync(() => store.ClaimAsync($"worker {number}", over));
            if (claim is null)
            {
                await store.WaitForWorkAsync(TimeSpan.FromMilliseconds(50), over);
                continue;
            }

            var (lease, vanishes) = (claim.Lease, random.Next(8) == 0);
            if (random.Next(2) == 0)
            {
                await Task.Delay(random.Next(20), over);
                lease = await InsistAsync(() => store.HeartbeatAsync(lease, new JobProgress("pose", 1, 2), over));
            }

            if (vanishes)
            {
                // For longer than its lease, and then it comes back.
                await Task.Delay(Policy.LeaseTime * 1.2, over);
            }

            var outcome = $"{number}:{round}";
            if (lease is not null && await InsistAsync(() => store.FinishAsync(lease, outcome, over)) && !claimed.TryAdd(claim.Job.Id, outcome))
            {
                twice.Add(claim.Job.Id);
            }
        }
    }

    private static async Task<T> InsistAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (FirebaseException e) when (e.IsTransient)
            {
                await Task.Delay(10);
            }
        }
    }
}
