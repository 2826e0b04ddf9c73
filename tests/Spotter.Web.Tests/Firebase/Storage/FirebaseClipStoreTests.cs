using Spotter.Web.Clips;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Tests.Clips;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Firebase.Storage;

/// <summary>Firebase Storage keeps the contract: against our start of Google's emulator, or the one that FIREBASE_STORAGE_EMULATOR_HOST names.</summary>
public sealed class FirebaseClipStoreTests(NodeServers servers) : ClipStoreContract
{
    private FirebaseClipStore? store;

    protected override IClipStore Open() => store = FirebaseClipStore.Open(new FirebaseOptions
    {
        DatabaseUrl = new Uri("https://demo-spotter.firebaseio.com"),
        Bucket = $"contract-{Guid.NewGuid():N}",
        StorageEmulator = Environment.GetEnvironmentVariable(FirebaseOptions.StorageEmulatorVariable) is { Length: > 0 } host ? host : servers.FirebaseStorage.Authority,
    });

    public override void Dispose()
    {
        store?.Dispose();
        base.Dispose();
    }
}
