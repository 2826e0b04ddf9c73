using Spotter.Poses;

namespace Spotter.Tests.Poses;

/// <summary>The pose models of this checkout; tests that need them skip with a clear message where they are not installed.</summary>
internal static class InstalledModels
{
    public static PoseModels Require()
    {
        var models = PoseModels.Default();
        if (models.Problem() is { } problem)
        {
            Assert.Skip(problem);
        }

        return models;
    }
}
