using System.Collections.Concurrent;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Jobs;

namespace Spotter.Web.Tests.Firebase;

/// <summary>The store in a Realtime Database keeps the contract.</summary>
public class FirebaseJobStoreTests : JobStoreContract, IAsyncDisposable
{
    private readonly ConcurrentBag<FirebaseJobStore> stores = [];
    private Lazy<TestDatabase>? database;

    protected override IJobStore Open(JobPolicy policy, TimeProvider time) => OpenAgain(policy, time);

    protected override IJobStore OpenAgain(JobPolicy policy, TimeProvider time)
    {
        Interlocked.CompareExchange(ref database, new Lazy<TestDatabase>(() => StartAsync(time).GetAwaiter().GetResult()), null);
        var store = new FirebaseJobStore(database.Value.NewClient(clock: time), database.Value.Root, policy, time);
        stores.Add(store);
        return store;
    }

    // Once behind the key, once behind the job: only its run makes it exist.
    protected override async Task DieWhileEnqueueingAsync(NewJob job, TimeProvider time)
    {
        var started = database!.Value;
        foreach (var lost in new[] { "/jobs/", "/runs/" })
        {
            await using var dying = new FirebaseJobStore(started.NewClient(new DatabasePatience { Attempts = 1 }, time), started.Root, Policy, time);
            started.Server.Fault = (method, path, _) => method == "PUT" && path.Contains(lost, StringComparison.Ordinal) ? DatabaseFault.LoseRequest : DatabaseFault.None;
            await Assert.ThrowsAsync<FirebaseException>(() => dying.EnqueueAsync(job));
        }

        started.Server.Fault = (_, _, _) => DatabaseFault.None;
    }

    private protected virtual Task<TestDatabase> StartAsync(TimeProvider time) => TestDatabase.StartAsync(time);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        if (database is { IsValueCreated: true })
        {
            await database.Value.DisposeAsync();
        }
    }
}

/// <summary>The store keeps the contract also where a reply to a write tells neither the tag nor the server's values, and it has to read what it wrote.</summary>
public sealed class FirebaseJobStoreTerseReplyTests : FirebaseJobStoreTests
{
    private protected override async Task<TestDatabase> StartAsync(TimeProvider time)
    {
        var started = await base.StartAsync(time);
        started.Server.IsTerse = true;
        return started;
    }
}
