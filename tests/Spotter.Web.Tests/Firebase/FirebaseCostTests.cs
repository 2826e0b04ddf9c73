using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;

namespace Spotter.Web.Tests.Firebase;

/// <summary>What a job costs in requests and bytes, which a project pays for; docs/firebase.md tells the figures.</summary>
public sealed class FirebaseCostTests
{
    private const string Details = """{"title":"Overhead press, third set","person":"anna","exercise":"shoulder-press","language":"en"}""";
    private const string Outcome = """{"attempt":"0123456789abcdefghijkl","verdict":"incorrect","exercise":"shoulder-press","repetitions":8,"incorrect":2,"pValue":0.01,"headline":"Straighten your right elbow fully at the top.","files":["annotated.mp4","report.json"]}""";

    [Fact]
    public async Task Job_FromHandingInToItsEnd_CostsFewSmallRequests()
    {
        await using var database = await TestDatabase.StartAsync();
        var meter = new Meter();
        using var client = new RealtimeDatabase(database.Options, handler: meter);
        await using var store = new FirebaseJobStore(client, database.Root, new JobPolicy(), TimeProvider.System);
        await store.EnqueueAsync(NewJob());
        await store.FinishAsync((await store.ClaimAsync("machine:1234:1"))!.Lease, Outcome);

        Lease? lease = null;
        var enqueue = await meter.MeasureAsync(() => store.EnqueueAsync(NewJob()));
        var claim = await meter.MeasureAsync(async () => lease = (await store.ClaimAsync("machine:1234:1"))!.Lease);
        var beat = await meter.MeasureAsync(async () => lease = await store.HeartbeatAsync(lease!, new JobProgress("pose", 120, 300, 4.5)));
        var finish = await meter.MeasureAsync(() => store.FinishAsync(lease!, Outcome));
        var status = await meter.MeasureAsync(() => store.FindAsync(lease!.JobId));

        TestContext.Current.TestOutputHelper?.WriteLine($"enqueue {enqueue}, claim {claim}, heartbeat {beat}, finish {finish}, look {status}");
        Assert.Equal((2, 4, 1, 1, 2), (enqueue.Requests, claim.Requests, beat.Requests, finish.Requests, status.Requests));
        Assert.InRange(enqueue.Down + claim.Down + finish.Down, 1, 4096);
        Assert.InRange(beat.Down, 1, 512);
    }

    [Fact]
    public async Task List_OfTheFewInTheLine_DoesNotReadThroughAllThatAreKept()
    {
        await using var database = await TestDatabase.StartAsync();
        var meter = new Meter();
        using var client = new RealtimeDatabase(database.Options, handler: meter);
        await using var store = new FirebaseJobStore(client, database.Root, new JobPolicy(), TimeProvider.System);
        await store.EnqueueAsync(NewJob()); // the oldest of all, and still in the line
        var oldest = (await store.ClaimAsync("machine:1234:1"))!;
        for (var kept = 0; kept < 250; kept++)
        {
            await store.EnqueueAsync(NewJob());
            await store.FinishAsync((await store.ClaimAsync("machine:1234:2"))!.Lease, Outcome);
        }

        await store.EnqueueAsync(NewJob());
        await store.EnqueueAsync(NewJob());

        var query = new JobQuery { Kind = "judge", Limit = 200 };
        var first = await meter.MeasureAsync(async () => Assert.Equal(2, (await store.ListAsync(query with { State = JobState.Waiting })).Count));
        var again = await meter.MeasureAsync(async () => Assert.Equal(2, (await store.ListAsync(query with { State = JobState.Waiting })).Count));
        var running = await meter.MeasureAsync(async () => Assert.Equal(oldest.Job.Id, Assert.Single(await store.ListAsync(query with { State = JobState.Running })).Id));
        var done = await meter.MeasureAsync(async () => Assert.Equal(20, (await store.ListAsync(query with { State = JobState.Done, Limit = 20 })).Count));

        TestContext.Current.TestOutputHelper?.WriteLine($"waiting {first}, again {again}, running {running}, done {done}");
        Assert.Equal((4, 2, 2, 4), (first.Requests, again.Requests, running.Requests, done.Requests));
        Assert.InRange(again.Down, 1, 2048);
    }

    private static NewJob NewJob() => new() { Id = JobId.New(), Kind = "judge", Details = Details };

    private sealed record Cost(int Requests, long Up, long Down);

    private sealed class Meter() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private int requests;
        private long up;
        private long down;

        public async Task<Cost> MeasureAsync(Func<Task> work)
        {
            (requests, up, down) = (0, 0, 0);
            await work();
            return new Cost(requests, up, down);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref requests);
            Interlocked.Add(ref up, request.Content?.Headers.ContentLength ?? 0);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Interlocked.Add(ref down, (await response.Content.ReadAsByteArrayAsync(cancellationToken)).Length);
            return response;
        }
    }
}
