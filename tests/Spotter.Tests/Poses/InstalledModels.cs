using System.Collections.Concurrent;
using Spotter.Poses;

namespace Spotter.Tests.Poses;

/// <summary>The pose models of this checkout; tests that need them skip with a clear message where they are not installed.</summary>
internal static class InstalledModels
{
    private static readonly ConcurrentDictionary<PoseModel, Lazy<BlazePoseNetworks>> Loaded = new();

    public static PoseModels Require()
    {
        var models = PoseModels.Default();
        if (models.Problem() is { } problem)
        {
            Assert.Skip(problem);
        }

        return models;
    }

    /// <summary>Networks shared by all tests of the process.</summary>
    public static BlazePoseNetworks RequireNetworks(PoseModel model)
    {
        var models = Require();
        return Loaded.GetOrAdd(model, _ => new Lazy<BlazePoseNetworks>(() => BlazePoseNetworks.Load(models, model))).Value;
    }
}
