using System.Globalization;
using Spotter.Web.Coaching;

namespace Spotter.Web.Pages.Coach;

/// <summary>Where the share of false alarms lies, version by version, as a small drawing of 300 × 110 units.</summary>
/// <param name="versions">The versions, newest first.</param>
internal sealed class TrustGrowth(IReadOnlyList<PackVersion> versions)
{
    private const double Left = 12;
    private const double Right = 288;
    private const double Top = 8;
    private const double Bottom = 90;
    private const double HighestRate = 0.6;

    /// <summary>For each version that can flag anything, oldest first.</summary>
    public IReadOnlyList<Bar> Bars { get; } =
    [
        .. versions.Reverse().Where(version => version.CanFlag).Select((version, at) => new Bar(
            Number(Left + ((Right - Left) * at / Math.Max(1, versions.Count - 1))), Y(version.Low), Y(version.High), version.Number)),
    ];

    /// <summary>Height of a rate in the drawing.</summary>
    public static string Y(double rate) => Number(Bottom - ((Bottom - Top) * Math.Clamp(rate / HighestRate, 0, 1)));

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>One version, drawn.</summary>
    internal sealed record Bar(string X, string Low, string High, int Number);
}
