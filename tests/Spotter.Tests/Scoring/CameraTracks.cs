using System.Numerics;
using Spotter.Video;

namespace Spotter.Tests.Scoring;

/// <summary>Tracks of a camera that moves in a known way.</summary>
internal static class CameraTracks
{
    private const double Interval = 0.2;

    /// <summary>A camera that goes away by so much in all, or shakes so that its way is so long in each second.</summary>
    public static CameraTrack Moving(double seconds, double perSecond, double inAll) => new(
    [
        .. Enumerable.Range(0, (int)(seconds / Interval) + 1)
            .Select(i => new CameraSample(i * Interval, Matrix3x2.CreateTranslation((float)((i % 2 * perSecond * Interval) + (inAll * i * Interval / seconds)), 0))),
    ]);

    /// <summary>A camera that stands still but for one jump of the picture.</summary>
    public static CameraTrack Bumped(double seconds, double at, double by) => new(
    [
        .. Enumerable.Range(0, (int)(seconds / Interval) + 1)
            .Select(i => new CameraSample(i * Interval, Matrix3x2.CreateTranslation(i * Interval < at ? 0 : (float)by, 0))),
    ]);
}
