using Spotter.Web.Tests;
using Spotter.Web.Tests.Browser;
using Spotter.Web.Tests.Serving;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Spotter.Web.Tests;

/// <summary>
/// Begins with the collections that take longest, so that at the end no core waits for the other: largest first (R. Graham, "Bounds on multiprocessing timing
/// anomalies", SIAM Journal on Applied Mathematics 17, 1969).
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(BrowserTests), nameof(CoachBrowserTests), nameof(ServerKillTests), nameof(ResultBrowserTests), nameof(KeptFileBrowserTests), nameof(UploadBrowserTests), nameof(ClipApiTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)) is var at and >= 0 ? at : Longest.Length)];
}
