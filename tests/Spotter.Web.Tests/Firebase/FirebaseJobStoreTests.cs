using System.Collections.Concurrent;
using Spotter.Web.Firebase;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Jobs;

namespace Spotter.Web.Tests.Firebase;

/// <summary>The store in a Realtime Database keeps the contract.</summary>
public sealed class FirebaseJobStoreTests : JobStoreContract, IAsyncDisposable
{
    private readonly ConcurrentBag<FirebaseJobStore> stores = [];
    private Lazy<TestDatabase>? database;

    protected override IJobStore Open(JobPolicy policy, TimeProvider time) => OpenAgain(policy, time);

    protected override IJobStore OpenAgain(JobPolicy policy, TimeProvider time)
    {
        Interlocked.CompareExchange(ref database, new Lazy<TestDatabase>(() => TestDatabase.StartAsync(time).GetAwaiter().GetResult()), null);
        var store = new FirebaseJobStore(database.Value.NewClient(clock: time), database.Value.Root, policy, time);
        stores.Add(store);
        return store;
    }

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
