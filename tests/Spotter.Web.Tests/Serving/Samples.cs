using Spotter.Tests;

namespace Spotter.Web.Tests.Serving;

/// <summary>Clips that come with the repository.</summary>
internal static class Samples
{
    public static string Good { get; } = Path.Combine(SharedData.Repository, "samples", "press-good.mp4");

    public static string NoLockout { get; } = Path.Combine(SharedData.Repository, "samples", "press-no-lockout.mp4");
}
