using System.Buffers.Binary;
using System.Numerics;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>What lies outside the picture.</summary>
internal enum Surroundings
{
    /// <summary>Black.</summary>
    Black,

    /// <summary>The nearest pixel of the picture's edge.</summary>
    Edge,
}

/// <summary>Cuts a region out of a picture, turned upright, scaled to the size and in the colours that a network wants.</summary>
internal static class RegionSampler
{
    private const float BlackLuma = 16;
    private const float NoChroma = 128;

    /// <summary>
    /// Samples brightness with bilinear interpolation at the middle of each target pixel, as graphics hardware does (half-pixel centres), and takes the colour
    /// difference of the nearest pixel.
    /// </summary>
    /// <param name="picture">What to cut from.</param>
    /// <param name="region">What to cut out.</param>
    /// <param name="target">3 × side × side numbers: red, green, blue.</param>
    /// <param name="side">Width and height of the target; a multiple of 16.</param>
    /// <param name="low">Number that stands for black.</param>
    /// <param name="high">Number that stands for the brightest value, 255.</param>
    /// <param name="surroundings">What lies outside the picture.</param>
    public static void Sample(YuvPicture picture, RegionOfInterest region, Span<float> target, int side, float low, float high, Surroundings surroundings)
    {
        var plane = side * side;
        var step = region.Turn(new Vector2(region.Size / side, 0));
        var colours = new Colours(YuvWeights.Of(picture.Matrix), low, high);
        Span<float> y = stackalloc float[side];
        Span<float> u = stackalloc float[side];
        Span<float> v = stackalloc float[side];
        for (var row = 0; row < side; row++)
        {
            // Pixel (0, 0) has its middle at (0.5, 0.5).
            var start = region.ToPicture(new Vector2(0.5f / side, (row + 0.5f) / side)) - new Vector2(0.5f);
            SampleRow(picture, start, step, y, u, v, surroundings);
            var at = row * side;
            colours.Convert(y, u, v, target.Slice(at, side), target.Slice(plane + at, side), target.Slice((2 * plane) + at, side));
        }
    }

    private static void SampleRow(YuvPicture picture, Vector2 start, Vector2 step, Span<float> y, Span<float> u, Span<float> v, Surroundings surroundings)
    {
        ReadOnlySpan<byte> lumas = picture.Y;
        ReadOnlySpan<byte> blues = picture.U;
        ReadOnlySpan<byte> reds = picture.V;
        var width = picture.Width;
        var chromaWidth = picture.ChromaWidth;
        var lastX = width - 1;
        var lastY = picture.Height - 1;
        for (var column = 0; column < y.Length; column++)
        {
            var x = start.X + (column * step.X);
            var down = start.Y + (column * step.Y);
            var left = (int)MathF.Floor(x);
            var top = (int)MathF.Floor(down);
            var right = x - left;
            var below = down - top;
            if ((uint)left < (uint)lastX && (uint)top < (uint)lastY)
            {
                var at = (top * width) + left;
                var upper = BinaryPrimitives.ReadUInt16LittleEndian(lumas[at..]);
                var lower = BinaryPrimitives.ReadUInt16LittleEndian(lumas[(at + width)..]);
                y[column] = Mix(upper & 0xFF, upper >> 8, lower & 0xFF, lower >> 8, right, below);
            }
            // The places of pixels' middles reach from 0 to width - 1, the picture from -0.5 to width - 0.5.
            else if (surroundings == Surroundings.Black && (x < -0.5f || down < -0.5f || x > lastX + 0.5f || down > lastY + 0.5f))
            {
                (y[column], u[column], v[column]) = (BlackLuma, NoChroma, NoChroma);
                continue;
            }
            else
            {
                var (upper, lower) = (Math.Clamp(top, 0, lastY) * width, Math.Clamp(top + 1, 0, lastY) * width);
                var (here, next) = (Math.Clamp(left, 0, lastX), Math.Clamp(left + 1, 0, lastX));
                y[column] = Mix(lumas[upper + here], lumas[upper + next], lumas[lower + here], lumas[lower + next], right, below);
            }

            var chroma = (Math.Clamp((int)(down + 0.5f), 0, lastY) / 2 * chromaWidth) + (Math.Clamp((int)(x + 0.5f), 0, lastX) / 2);
            (u[column], v[column]) = (blues[chroma], reds[chroma]);
        }
    }

    private static float Mix(int a, int b, int c, int d, float right, float below)
    {
        var upper = a + ((b - a) * right);
        var lower = c + ((d - c) * right);
        return upper + ((lower - upper) * below);
    }

    /// <summary>From brightness and colour differences to the numbers that a network wants.</summary>
    private readonly struct Colours(YuvWeights weights, float low, float high)
    {
        private readonly float scale = (high - low) / 255;

        public void Convert(ReadOnlySpan<float> y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> red, Span<float> green, Span<float> blue)
        {
            var (least, most) = (new Vector<float>(Math.Min(low, high)), new Vector<float>(Math.Max(low, high)));
            for (var at = 0; at + Vector<float>.Count <= y.Length; at += Vector<float>.Count)
            {
                var luma = (new Vector<float>(y[at..]) * (scale * YuvWeights.Luma)) + new Vector<float>(low - (scale * YuvWeights.Luma * BlackLuma));
                var (b, r) = (new Vector<float>(u[at..]) - new Vector<float>(NoChroma), new Vector<float>(v[at..]) - new Vector<float>(NoChroma));
                Vector.Clamp(luma + (r * (scale * weights.VToRed)), least, most).CopyTo(red[at..]);
                Vector.Clamp(luma + (b * (scale * weights.UToGreen)) + (r * (scale * weights.VToGreen)), least, most).CopyTo(green[at..]);
                Vector.Clamp(luma + (b * (scale * weights.UToBlue)), least, most).CopyTo(blue[at..]);
            }
        }
    }
}
