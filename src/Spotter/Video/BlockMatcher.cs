using System.Numerics;
using System.Numerics.Tensors;

namespace Spotter.Video;

/// <summary>Finds pieces of one thumbnail in another by normalised cross-correlation, which changes of brightness do not fool.</summary>
internal static class BlockMatcher
{
    /// <summary>Side of a block in pixels of the thumbnail.</summary>
    public const int Block = 16;

    private const int Radius = 3;
    private const int MostSteps = 4;
    private const double LeastCorrelation = 0.8;

    /// <summary>Corners of the blocks with structure in both directions; a plain wall, or a lone edge that could slide along itself, tells nothing.</summary>
    public static List<(int X, int Y)> FindBlocks(GreyThumbnail picture, Func<int, int, bool> isHidden)
    {
        const int Margin = 2;
        const double LeastGradient = 4;
        var found = new List<(int X, int Y)>();
        for (var y = Margin; y + Block + Margin <= picture.Height; y += Block / 2)
        {
            for (var x = Margin; x + Block + Margin <= picture.Width; x += Block / 2)
            {
                if (!isHidden(x, y) && WeakestGradient(picture, x, y) > LeastGradient)
                {
                    found.Add((x, y));
                }
            }
        }

        return found;
    }

    /// <summary>Where the block of <paramref name="reference"/> at (x, y) lies in <paramref name="current"/>, as a shift; null where it is not found.</summary>
    /// <param name="reference">Picture that the block is cut from.</param>
    /// <param name="current">Picture that is searched.</param>
    /// <param name="x">Left edge of the block.</param>
    /// <param name="y">Top edge of the block.</param>
    /// <param name="guess">Shift around which to search.</param>
    public static Vector2? Find(GreyThumbnail reference, GreyThumbnail current, int x, int y, Vector2 guess)
    {
        var centreX = x + (int)MathF.Round(guess.X);
        var centreY = y + (int)MathF.Round(guess.Y);
        const int Side = (2 * Radius) + 1;
        Span<double> surface = stackalloc double[Side * Side];
        for (var step = 0; step < MostSteps; step++)
        {
            for (var at = 0; at < surface.Length; at++)
            {
                surface[at] = Correlation(reference, x, y, current, centreX - Radius + (at % Side), centreY - Radius + (at / Side), Block, Block);
            }

            var best = TensorPrimitives.IndexOfMax(surface);
            var (row, column) = (best / Side, best % Side);
            if (row is > 0 and < Side - 1 && column is > 0 and < Side - 1)
            {
                if (surface[best] < LeastCorrelation)
                {
                    return null;
                }

                return new Vector2(
                    centreX - Radius + column - x + Peak(surface[best - 1], surface[best], surface[best + 1]),
                    centreY - Radius + row - y + Peak(surface[best - Side], surface[best], surface[best + Side]));
            }

            centreX += column - Radius;
            centreY += row - Radius;
        }

        return null;
    }

    /// <summary>Shift that brings the whole of <paramref name="reference"/> best over <paramref name="current"/>, up to a quarter of the long side; null where none fits.</summary>
    public static Vector2? FindWhole(GreyThumbnail reference, GreyThumbnail current)
    {
        const double LeastWholeCorrelation = 0.6;
        var reach = Math.Max(reference.Width, reference.Height) / 4;
        var best = LeastWholeCorrelation;
        Vector2? found = null;
        for (var dy = -Math.Min(reach, reference.Height / 2); dy <= Math.Min(reach, reference.Height / 2); dy++)
        {
            for (var dx = -Math.Min(reach, reference.Width / 2); dx <= Math.Min(reach, reference.Width / 2); dx++)
            {
                var correlation = Correlation(
                    reference, Math.Max(0, -dx), Math.Max(0, -dy), current, Math.Max(0, dx), Math.Max(0, dy), reference.Width - Math.Abs(dx), reference.Height - Math.Abs(dy));
                if (correlation > best)
                {
                    best = correlation;
                    found = new Vector2(dx, dy);
                }
            }
        }

        return found;
    }

    private static double Correlation(GreyThumbnail a, int ax, int ay, GreyThumbnail b, int bx, int by, int width, int height)
    {
        if (bx < 0 || by < 0 || bx + width > b.Width || by + height > b.Height)
        {
            return -1;
        }

        double products = 0;
        for (var row = 0; row < height; row++)
        {
            products += TensorPrimitives.Dot(
                a.Pixels.AsSpan(((ay + row) * a.Width) + ax, width), b.Pixels.AsSpan(((by + row) * b.Width) + bx, width));
        }

        var count = (double)width * height;
        var (sumA, squaresA) = a.Sums(ax, ay, width, height);
        var (sumB, squaresB) = b.Sums(bx, by, width, height);
        var spread = (squaresA - (sumA * sumA / count)) * (squaresB - (sumB * sumB / count));
        return spread > 1e-3 ? (products - (sumA * sumB / count)) / Math.Sqrt(spread) : 0;
    }

    // Smaller eigenvalue of the structure tensor, per pixel (Shi and Tomasi, "Good features to track", CVPR 1994).
    private static double WeakestGradient(GreyThumbnail picture, int left, int top)
    {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        var pixels = picture.Pixels;
        for (var y = top; y < top + Block; y++)
        {
            for (var x = left; x < left + Block; x++)
            {
                var at = (y * picture.Width) + x;
                var gx = (pixels[at + 1] - pixels[at - 1]) / 2;
                var gy = (pixels[at + picture.Width] - pixels[at - picture.Width]) / 2;
                xx += gx * gx;
                yy += gy * gy;
                xy += gx * gy;
            }
        }

        return (((xx + yy) / 2) - Math.Sqrt(((xx - yy) * (xx - yy) / 4) + (xy * xy))) / (Block * Block);
    }

    // Top of the parabola through three neighbours.
    private static float Peak(double before, double at, double after)
    {
        var bend = before - (2 * at) + after;
        return bend < -1e-9 && before > -1 && after > -1 ? (float)((before - after) / 2 / bend) : 0;
    }
}
