using System.Numerics;

namespace Spotter.Video;

/// <summary>The shift, turn and zoom that explain most of a set of moved points.</summary>
internal static class SimilarityFit
{
    /// <summary>Fewest points that a fit may rest on.</summary>
    public const int LeastPoints = 6;

    private const int Rounds = 6;

    /// <summary>
    /// Least squares over the points that agree, found by leaving out what does not follow, from two starts: a guess and the median shift.
    /// The start that more points come to agree with wins.
    /// </summary>
    /// <param name="points">Pairs of places before and after, in pixels.</param>
    /// <param name="guess">What the map may well be.</param>
    /// <param name="agreeing">How many follow the result within a pixel.</param>
    /// <returns>The map from before to after; null where too few points agree on one.</returns>
    public static Matrix3x2? Fit(IReadOnlyList<(Vector2 From, Vector2 To)> points, Matrix3x2 guess, out int agreeing)
    {
        agreeing = 0;
        if (points.Count < LeastPoints)
        {
            return null;
        }

        var best = Refine(points, guess, out agreeing);
        var other = Refine(points, Matrix3x2.CreateTranslation(Median(points, 0), Median(points, 1)), out var othersAgreeing);
        if (othersAgreeing > agreeing)
        {
            (best, agreeing) = (other, othersAgreeing);
        }

        return best;
    }

    private static Matrix3x2? Refine(IReadOnlyList<(Vector2 From, Vector2 To)> points, Matrix3x2 map, out int agreeing)
    {
        const float FirstTolerance = 3;
        const float Tolerance = 1;
        const float LargestZoom = 1.3f;
        agreeing = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var tolerance = round == 0 ? FirstTolerance : Tolerance;
            var following = points.Where(point => Vector2.Distance(Vector2.Transform(point.From, map), point.To) < tolerance).ToList();
            agreeing = following.Count;
            if (agreeing < LeastPoints)
            {
                agreeing = 0;
                return null;
            }

            map = LeastSquares(following);
        }

        var zoom = MathF.Sqrt(map.GetDeterminant());
        if (zoom is > 1 / LargestZoom and < LargestZoom)
        {
            return map;
        }

        agreeing = 0;
        return null;
    }

    private static float Median(IReadOnlyList<(Vector2 From, Vector2 To)> points, int axis)
    {
        var shifts = points.Select(point => (point.To - point.From)[axis]).Order().ToArray();
        return shifts[shifts.Length / 2];
    }

    // Umeyama, "Least-squares estimation of transformation parameters between two point patterns", PAMI 1991, in two dimensions.
    private static Matrix3x2 LeastSquares(List<(Vector2 From, Vector2 To)> points)
    {
        var from = points.Aggregate(Vector2.Zero, (sum, point) => sum + point.From) / points.Count;
        var to = points.Aggregate(Vector2.Zero, (sum, point) => sum + point.To) / points.Count;
        float along = 0;
        float across = 0;
        float size = 0;
        foreach (var point in points)
        {
            var (p, q) = (point.From - from, point.To - to);
            along += Vector2.Dot(p, q);
            across += (p.X * q.Y) - (p.Y * q.X);
            size += p.LengthSquared();
        }

        var (a, b) = size > 0 ? (along / size, across / size) : (1, 0);
        return new Matrix3x2(a, b, -b, a, to.X - (a * from.X) + (b * from.Y), to.Y - (b * from.X) - (a * from.Y));
    }
}
