using Spotter.Web.Clips;
using Spotter.Web.Embedded;

namespace Spotter.Web.Tests.Clips;

/// <summary>The embedded store keeps the contract.</summary>
public sealed class FileClipStoreTests : ClipStoreContract
{
    protected override IClipStore Open() => new FileClipStore(Folder.File("clips"));
}
