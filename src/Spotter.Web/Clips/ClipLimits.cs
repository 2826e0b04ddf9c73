namespace Spotter.Web.Clips;

/// <summary>How large and how long a clip may be, as servers, workers and firebase/*.rules have it.</summary>
internal static class ClipLimits
{
    /// <summary>Bytes.</summary>
    public const long Bytes = 500L << 20;

    /// <summary>Seconds.</summary>
    public const double Seconds = 300;
}
