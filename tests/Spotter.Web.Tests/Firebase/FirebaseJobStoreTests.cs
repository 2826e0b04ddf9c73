using System.Collections.Concurrent;
using Spotter.Web.Firebase;
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
