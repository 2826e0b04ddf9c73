using System.Numerics;

namespace Spotter.Poses;

/// <summary>What lies outside the picture.</summary>
internal enum Surroundings
{
    /// <summary>Black.</summary>
    Black,

    /// <summary>The nearest pixel of the picture's edge.</summary>
    Edge,
}

/// <summary>Cuts a region out of a picture, turned upright and scaled to the size that a network wants.</summary>
internal static class RegionSampler
{
    /// <summary>
    /// Samples with bilinear interpolation at the middle of each target pixel, as graphics hardware does (half-pixel centres).
    /// </summary>
    /// <param name="rgb">H × W × 3 bytes.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="region">What to cut out.</param>
    /// <param name="target">3 × side × side numbers.</param>
    /// <param name="side">Width and height of the target.</param>
    /// <param name="low">Number that stands for black.</param>
    /// <param name="high">Number that stands for the brightest value, 255.</param>
    /// <param name="surroundings">What lies outside the picture.</param>
    public static void Sample(
        ReadOnlySpan<byte> rgb, int width, int height, RegionOfInterest region, Span<float> target, int side, float low, float high, Surroundings surroundings)
    {
        var plane = side * side;
        var red = target[..plane];
        var green = target.Slice(plane, plane);
        var blue = target.Slice(2 * plane, plane);
        var scale = (high - low) / 255;
        var step = region.Turn(new Vector2(region.Size / side, 0));
        var lastX = width - 1;
        var lastY = height - 1;
        var stride = width * 3;

        for (var row = 0; row < side; row++)
        {
            // Pixel (0, 0) has its middle at (0.5, 0.5).
            var start = region.ToPicture(new Vector2(0.5f / side, (row + 0.5f) / side)) - new Vector2(0.5f);
            var at = row * side;
            for (var column = 0; column < side; column++, at++)
            {
                var x = start.X + (column * step.X);
                var y = start.Y + (column * step.Y);
                var left = (int)MathF.Floor(x);
                var top = (int)MathF.Floor(y);
                var right = x - left;
                var below = y - top;
                if ((uint)left < (uint)lastX && (uint)top < (uint)lastY)
                {
                    var upper = rgb.Slice((top * stride) + (left * 3), 6);
                    var lower = rgb.Slice(((top + 1) * stride) + (left * 3), 6);
                    red[at] = low + (scale * Mix(upper[0], upper[3], lower[0], lower[3], right, below));
                    green[at] = low + (scale * Mix(upper[1], upper[4], lower[1], lower[4], right, below));
                    blue[at] = low + (scale * Mix(upper[2], upper[5], lower[2], lower[5], right, below));
                }
                else
                {
                    // The places of pixels' middles reach from 0 to width - 1, the picture from -0.5 to width - 0.5.
                    var outside = x < -0.5f || y < -0.5f || x > lastX + 0.5f || y > lastY + 0.5f;
                    var color = outside && surroundings == Surroundings.Black
                        ? Vector3.Zero
                        : AtEdge(rgb, width, height, left, top, right, below);
                    red[at] = low + (scale * color.X);
                    green[at] = low + (scale * color.Y);
                    blue[at] = low + (scale * color.Z);
                }
            }
        }
    }

    private static float Mix(byte a, byte b, byte c, byte d, float right, float below)
    {
        var upper = a + ((b - a) * right);
        var lower = c + ((d - c) * right);
        return upper + ((lower - upper) * below);
    }

    private static Vector3 AtEdge(ReadOnlySpan<byte> rgb, int width, int height, int left, int top, float right, float below)
    {
        var upper = Vector3.Lerp(Nearest(rgb, width, height, left, top), Nearest(rgb, width, height, left + 1, top), right);
        var lower = Vector3.Lerp(Nearest(rgb, width, height, left, top + 1), Nearest(rgb, width, height, left + 1, top + 1), right);
        return Vector3.Lerp(upper, lower, below);
    }

    private static Vector3 Nearest(ReadOnlySpan<byte> rgb, int width, int height, int x, int y)
    {
        var pixel = rgb.Slice(((Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1)) * 3, 3);
        return new Vector3(pixel[0], pixel[1], pixel[2]);
    }
}
