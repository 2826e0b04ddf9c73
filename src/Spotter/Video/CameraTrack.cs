using System.Numerics;

namespace Spotter.Video;

/// <summary>Where the background was at one moment.</summary>
/// <param name="Seconds">Time of the frame.</param>
/// <param name="Place">
/// From a place in the first picture to where it is now, about the middle of the picture and in shares of its longer side.
/// </param>
/// <param name="Followed">Whether the background was found again; else it is where it was last seen.</param>
/// <param name="Breaks">How often, up to now, it was lost for good: the picture jumped to something else.</param>
public readonly record struct CameraSample(double Seconds, Matrix3x2 Place, bool Followed = true, int Breaks = 0);

/// <summary>How the background moved over a clip, several times a second; small. Immutable.</summary>
/// <param name="samples">In order of time; kept, not copied.</param>
/// <param name="width">Width of the picture as a share of its longer side.</param>
/// <param name="height">Height of the picture as a share of its longer side.</param>
public sealed class CameraTrack(IReadOnlyList<CameraSample> samples, double width = 1, double height = 1)
{
    // How far the background counts to have gone when the picture jumps to something else.
    private const double UnrecognisedShift = 0.25;

    // Where the background is found again less often than this, it is plain or hidden, and what moves before it (weights, arms) is taken for it: nothing can be said
    // of the camera then. In recordings with any background it is found in all pictures.
    private const double LeastFollowed = 0.75;

    /// <summary>A camera that does not move, or of which nothing is known.</summary>
    public static CameraTrack Still { get; } = new([]);

    /// <summary>
    /// Largest mean displacement of the background from where it was at a moment until another, as a share of the picture's longer side: about
    /// 0.001 on a tripod, 0.03 for a hand that holds still, 0.1 and more where the camera pans or zooms; 0 where the background is hardly found again.
    /// </summary>
    /// <param name="from">The first moment, seconds.</param>
    /// <param name="to">The last moment, seconds.</param>
    public double LargestShift(double from = double.NegativeInfinity, double to = double.PositiveInfinity)
    {
        CameraSample[] between = [.. Trusted(from, to)];
        return between.Select(sample => MeanShift(sample.Place, between[0].Place) + (UnrecognisedShift * (sample.Breaks - between[0].Breaks))).DefaultIfEmpty().Max();
    }

    /// <summary>Way that the background goes in a second, back and forth counted, as a share of the picture's longer side; 0 where it is hardly found again.</summary>
    /// <param name="from">The first moment, seconds.</param>
    /// <param name="to">The last moment, seconds.</param>
    public double ShiftPerSecond(double from = double.NegativeInfinity, double to = double.PositiveInfinity)
    {
        CameraSample[] between = [.. Trusted(from, to)];
        return between.Length < 2
            ? 0
            : between.Zip(between.Skip(1), (before, after) => MeanShift(after.Place, before.Place)).Sum() / (between[^1].Seconds - between[0].Seconds);
    }

    /// <summary>
    /// Share of the moments after the first in which the background could be followed, 0 to 1. Low means that it is plain or hidden and that the shifts
    /// say nothing.
    /// </summary>
    /// <param name="from">The first moment, seconds.</param>
    /// <param name="to">The last moment, seconds.</param>
    public double Followed(double from = double.NegativeInfinity, double to = double.PositiveInfinity) =>
        Between(from, to).Skip(1).Select(sample => sample.Followed ? 1.0 : 0).DefaultIfEmpty().Average();

    // None where the background is followed too seldom.
    private IEnumerable<CameraSample> Trusted(double from, double to) => Followed(from, to) >= LeastFollowed ? Between(from, to) : [];

    private IEnumerable<CameraSample> Between(double from, double to) => samples.Where(sample => sample.Seconds >= from && sample.Seconds <= to);

    // Mean over a grid of places in the picture, so that a zoom or a turn counts by how far it moves things.
    private double MeanShift(Matrix3x2 map, Matrix3x2 other)
    {
        const int Steps = 4;
        double sum = 0;
        for (var row = 0; row <= Steps; row++)
        {
            for (var column = 0; column <= Steps; column++)
            {
                var place = new Vector2((float)(((column / (double)Steps) - 0.5) * width), (float)(((row / (double)Steps) - 0.5) * height));
                sum += Vector2.Distance(Vector2.Transform(place, map), Vector2.Transform(place, other));
            }
        }

        return sum / ((Steps + 1) * (Steps + 1));
    }
}
