using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Jobs;

namespace Spotter.Web.Tests.Firebase;

/// <summary>The store in a Realtime Database when requests and replies are lost, workers die and clocks differ.</summary>
public sealed class FirebaseJobStoreFaultTests : IAsyncLifetime
{
    private static readonly JobPolicy Policy = new() { LeaseTime = TimeSpan.FromSeconds(30), MaxAttempts = 3, FirstBackOff = TimeSpan.FromSeconds(10) };

    private static readonly DatabasePatience OneShortTry = new() { Attempts = 1, Timeout = TimeSpan.FromMilliseconds(500) };

    private readonly ManualTime time = new();
    private readonly List<FirebaseJobStore> stores = [];
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync(time);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    [Fact]
    public async Task EveryStep_ReplyLost_HappensOnce()
    {
        var store = Open();
        var aside = (await EnqueueAsync(store)).Id;
        Assert.True(await store.FailAsync((await store.ClaimAsync("w"))!.Lease, new JobProblem("x", ""), retry: false));
        var done = (await EnqueueAsync(store)).Id;
        LoseOneReply(HttpMethod.Put);
        var claim = (await store.ClaimAsync("worker"))!;
        Assert.Equal((done, 1), (claim.Job.Id, claim.Lease.Attempt));

        LoseOneReply(HttpMethod.Put);
        var lease = (await store.HeartbeatAsync(claim.Lease, new JobProgress("pose", 1, 2)))!;
        LoseOneReply(HttpMethod.Put);
        Assert.True(await store.FinishAsync(lease, "outcome"));
        LoseOneReply(HttpMethod.Put);
        Assert.True(await store.RetryAsync(aside));
        LoseOneReply(HttpMethod.Put);
        Assert.True(await store.CancelAsync(aside));
        Assert.Equal((JobState.Done, 1, "outcome"), await StandAsync(store, done));
        Assert.Equal(JobState.Cancelled, (await store.FindAsync(aside))!.State);

        LoseOneReply(HttpMethod.Patch);
        Assert.True(await store.DeleteAsync(aside));
        Assert.Null(await store.FindAsync(aside));
        LoseOneReply(HttpMethod.Put);
        await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}", ClientKey = "key" });
        Assert.Equal(2, (await store.ListAsync(new JobQuery())).Count);
    }

    [Fact]
    public async Task Finish_StuckInTheNetworkUntilTheJobWasTakenOver_CommitsNothing()
    {
        var (slow, other) = (Open(OneShortTry), Open());
        var id = (await EnqueueAsync(other)).Id;
        var late = (await other.ClaimAsync("slow"))!.Lease;
        var stuck = 0;
        database.Server.Fault = (method, _, _) => method == "PUT" && stuck++ == 0 ? DatabaseFault.Stall : DatabaseFault.None;

        await Assert.ThrowsAsync<FirebaseException>(() => slow.FinishAsync(late, "late"));
        time.Pass(Policy.LeaseTime);
        var newest = (await other.ClaimAsync("other"))!.Lease;
        await database.Server.LetGoAsync();

        Assert.Equal((JobState.Running, 2, null), await StandAsync(other, id));
        Assert.False(await other.FinishAsync(late, "late"));
        Assert.True(await other.FinishAsync(newest, "newest"));
        Assert.Equal((JobState.Done, 2, "newest"), await StandAsync(other, id));
    }

    [Fact]
    public async Task Finish_ArrivesAfterItWasGivenUp_IsRecognised()
    {
        var (slow, store) = (Open(OneShortTry), Open());
        var id = (await EnqueueAsync(store)).Id;
        var lease = (await store.ClaimAsync("slow"))!.Lease;
        var stuck = 0;
        database.Server.Fault = (method, _, _) => method == "PUT" && stuck++ == 0 ? DatabaseFault.Stall : DatabaseFault.None;
        await Assert.ThrowsAsync<FirebaseException>(() => slow.FinishAsync(lease, "outcome"));
        await database.Server.LetGoAsync();

        Assert.True(await store.FinishAsync(lease, "outcome"));
        Assert.Equal((JobState.Done, 1, "outcome"), await StandAsync(store, id));
    }

    [Fact]
    public async Task Enqueue_FirstOneDiedBehindItsKey_TheNextOneHandsItIn()
    {
        var (dying, other) = (Open(new DatabasePatience { Attempts = 1 }), Open());
        var first = new NewJob { Id = JobId.New(), Kind = "judge", Details = "{\"a\":1}", ClientKey = "upload" };
        database.Server.Fault = (method, path, _) => method == "PUT" && path.Contains("/jobs/", StringComparison.Ordinal) ? DatabaseFault.LoseRequest : DatabaseFault.None;
        await Assert.ThrowsAsync<FirebaseException>(() => dying.EnqueueAsync(first));
        Assert.Null(await other.FindByClientKeyAsync("upload"));
        database.Server.Fault = (_, _, _) => DatabaseFault.None;

        var job = await other.EnqueueAsync(first with { Id = JobId.New() });

        Assert.Equal((first.Id, "{\"a\":1}"), (job.Id, job.Details));
        Assert.Equal(first.Id, (await other.ClaimAsync("worker"))!.Job.Id);
        Assert.Null(await other.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Clock_OfAWorkerWrong_LeasesGoByTheServers()
    {
        var early = new ManualTime();
        early.Pass(TimeSpan.FromHours(3));
        var (worker, other) = (Open(clock: early), Open());
        await EnqueueAsync(worker);

        var lease = (await worker.ClaimAsync("worker"))!.Lease;

        Assert.Equal(early.GetUtcNow() + Policy.LeaseTime, lease.Until);
        time.Pass(Policy.LeaseTime - TimeSpan.FromSeconds(1));
        Assert.Null(await other.ClaimAsync("other"));
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.NotNull(await other.ClaimAsync("other"));
    }

    [Fact]
    public async Task Clock_SetWhileAWorkerRuns_LeasesGoByTheServers()
    {
        var local = new ManualTime();
        var (worker, other) = (Open(clock: local), Open());
        Assert.Null(await worker.ClaimAsync("worker"));
        await EnqueueAsync(other);
        await EnqueueAsync(other);
        await other.ClaimAsync("other");

        local.Set(TimeSpan.FromHours(3));
        var lease = (await worker.ClaimAsync("worker"))!.Lease;

        Assert.Equal(1, lease.Attempt); // the one that nobody held
        Assert.Equal(local.GetUtcNow() + Policy.LeaseTime, lease.Until);
        Assert.Null(await worker.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Clock_OfAnIdleWorkerRunsFast_IsComparedAgain()
    {
        var local = new ManualTime();
        var (worker, other) = (Open(clock: local), Open());
        Assert.Null(await worker.ClaimAsync("worker"));

        time.Pass(TimeSpan.FromMinutes(10));
        local.Pass(TimeSpan.FromMinutes(10) + Policy.LeaseTime);
        await EnqueueAsync(other);
        await other.ClaimAsync("other");

        Assert.Null(await worker.ClaimAsync("worker"));
    }

    [Fact]
    public async Task Claim_SeveralAtOnceWhileManyWait_EachJobOnce()
    {
        var claimers = Enumerable.Range(0, 4).Select(_ => Open()).ToList();
        for (var i = 0; i < 40; i++)
        {
            await EnqueueAsync(claimers[0]);
            time.Pass(TimeSpan.FromMilliseconds(1));
        }

        var claimed = await Task.WhenAll(claimers.Select((store, number) => Task.Run(async () =>
        {
            var ids = new List<string>();
            while (await store.ClaimAsync($"worker {number}") is { } claim)
            {
                ids.Add(claim.Job.Id);
            }

            return ids;
        })));

        Assert.Equal(40, claimed.SelectMany(ids => ids).Distinct().Count());
        Assert.Equal(40, claimed.Sum(ids => ids.Count));
    }

    [Fact]
    public async Task Worker_WithoutWork_HearsOfItAndHardlyAsks()
    {
        var (idle, busy) = (Open(), Open());
        await idle.WaitForWorkAsync(TimeSpan.FromSeconds(10)); // until the stream is there
        Assert.Null(await idle.ClaimAsync("idle"));
        var before = database.Server.Requests;

        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await idle.ClaimAsync("idle"));
        }

        Assert.Equal(before, database.Server.Requests);
        var wait = idle.WaitForWorkAsync(TimeSpan.FromSeconds(60));
        var job = await EnqueueAsync(busy);
        await wait.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(job.Id, (await idle.ClaimAsync("idle"))!.Job.Id);
    }

    [Fact]
    public async Task Claim_JobRemovedByHand_IsPassedOver()
    {
        var store = Open();
        var removed = await EnqueueAsync(store);
        var next = await EnqueueAsync(store);
        await database.Client.DeleteAsync(database.Root.Child("jobs").Child(removed.Id));

        Assert.Equal(next.Id, (await store.ClaimAsync("worker"))!.Job.Id);
        Assert.Null(await database.Client.GetAsync(database.Root.Child("runs").Child(removed.Id)));
    }

    [Fact]
    public async Task BackEnd_DatabaseOutOfReachOrWithoutIndexes_SaysWhatToDo()
    {
        database.Server.Indexes = new HashSet<string>();
        var open = FirebaseBackEnd.With(database.Options, _ => throw new InvalidOperationException("not reached"));

        var noIndex = await Assert.ThrowsAsync<BackEndException>(() => open(new BackEndSetting("", Policy, time), CancellationToken.None));
        Assert.Contains("firebase deploy", noIndex.Message, StringComparison.Ordinal);

        open = FirebaseBackEnd.With(database.Options with { DatabaseEmulator = "127.0.0.1:1" }, _ => throw new InvalidOperationException("not reached"));
        var unreachable = await Assert.ThrowsAsync<BackEndException>(() => open(new BackEndSetting("", Policy, TimeProvider.System), CancellationToken.None));
        Assert.Contains("127.0.0.1:1", unreachable.Message, StringComparison.Ordinal);
    }

    private FirebaseJobStore Open(DatabasePatience? patience = null, TimeProvider? clock = null)
    {
        stores.Add(new FirebaseJobStore(database.NewClient(patience, clock ?? time), database.Root, Policy, clock ?? time));
        return stores[^1];
    }

    private void LoseOneReply(HttpMethod method)
    {
        var lost = 0;
        database.Server.Fault = (asked, _, _) => asked == method.Method && Interlocked.Increment(ref lost) == 1 ? DatabaseFault.LoseReply : DatabaseFault.None;
    }

    private static Task<Job> EnqueueAsync(FirebaseJobStore store) => store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });

    private static async Task<(JobState, int, string?)> StandAsync(FirebaseJobStore store, string id) =>
        await store.FindAsync(id) is { } job ? (job.State, job.Attempts, job.Outcome) : throw new InvalidOperationException("The job is gone.");
}
