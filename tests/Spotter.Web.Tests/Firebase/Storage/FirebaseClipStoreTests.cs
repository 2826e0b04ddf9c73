using Spotter.Web.Clips;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Tests.Clips;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase.Storage;

/// <summary>Firebase Storage keeps the contract: against our start of Google's emulator, or the one that FIREBASE_STORAGE_EMULATOR_HOST names.</summary>
public sealed class FirebaseClipStoreTests(NodeServers servers) : ClipStoreContract
{
    private readonly List<FirebaseClipStore> stores = [];
    private readonly string bucket = $"contract-{Guid.NewGuid():N}";

    protected override IClipStore Open()
    {
        stores.Add(FirebaseClipStore.Open(new FirebaseOptions
        {
            DatabaseUrl = new Uri("https://demo-spotter.firebaseio.com"),
            Bucket = bucket,
            StorageEmulator = Environment.GetEnvironmentVariable(FirebaseOptions.StorageEmulatorVariable) is { Length: > 0 } host ? host : servers.FirebaseStorage.Authority,
        }));
        return stores[^1];
    }

    public override void Dispose()
    {
        stores.ForEach(store => store.Dispose());
        base.Dispose();
    }
}
