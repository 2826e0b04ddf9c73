using System.Numerics;

namespace Spotter.Poses;

/// <summary>The two alignment points of a person from frame to frame, smoothed strongly: a region that jitters makes the landmarks jitter.</summary>
internal sealed class RegionFollower
{
    // MediaPipe's own constants for these points; the scale is the diameter of the circle round the body.
    private readonly OneEuroFilter[] filters = [.. Enumerable.Range(0, 4).Select(_ => new OneEuroFilter(minimumCutoff: 0.01, beta: 10))];

    public RegionOfInterest Next(Vector2 center, Vector2 above, double seconds)
    {
        var diameter = 2 * Vector2.Distance(center, above);
        var scale = diameter > 1e-6f ? 1 / diameter : 1;
        var (x, y) = (filters[0].Apply(center.X, seconds, scale), filters[1].Apply(center.Y, seconds, scale));
        var (aboveX, aboveY) = (filters[2].Apply(above.X, seconds, scale), filters[3].Apply(above.Y, seconds, scale));
        return RegionOfInterest.FromAlignment(new Vector2((float)x, (float)y), new Vector2((float)aboveX, (float)aboveY));
    }

    public void Reset() => Array.ForEach(filters, filter => filter.Reset());
}
