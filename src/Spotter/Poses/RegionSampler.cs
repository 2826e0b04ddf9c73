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
    /// Samples with bilinear interpolation at the middle of each target pixel, as graphics hardware does (half-pixel centres).
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
        var lumas = new Plane(picture.Y, picture.Width, picture.Height);
        var blues = new Plane(picture.U, picture.ChromaWidth, picture.ChromaHeight);
        var reds = new Plane(picture.V, picture.ChromaWidth, picture.ChromaHeight);
        for (var column = 0; column < y.Length; column++)
        {
            var (across, down) = (start.X + (column * step.X), start.Y + (column * step.Y));
            // The places of pixels' middles reach from 0 to width - 1, the picture from -0.5 to width - 0.5.
            if (surroundings == Surroundings.Black && (across < -0.5f || down < -0.5f || across > picture.Width - 0.5f || down > picture.Height - 0.5f))
            {
                (y[column], u[column], v[column]) = (BlackLuma, NoChroma, NoChroma);
                continue;
            }

            y[column] = lumas.At(across, down);
            // A colour difference stands in the middle of its four pixels.
            var (chromaAcross, chromaDown) = ((across - 0.5f) / 2, (down - 0.5f) / 2);
            u[column] = blues.At(chromaAcross, chromaDown);
            v[column] = reds.At(chromaAcross, chromaDown);
        }
    }

    /// <summary>One of the picture's three parts, with bilinear interpolation between its values and the nearest one outside.</summary>
    private readonly ref struct Plane(ReadOnlySpan<byte> values, int width, int height)
    {
        private readonly ReadOnlySpan<byte> values = values;

        public float At(float across, float down)
        {
            var (left, top) = ((int)MathF.Floor(across), (int)MathF.Floor(down));
            var (right, below) = (across - left, down - top);
            if ((uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1))
            {
                var upper = values.Slice((top * width) + left, 2);
                var lower = values.Slice(((top + 1) * width) + left, 2);
                return Mix(upper[0], upper[1], lower[0], lower[1], right, below);
            }

            var (here, next) = (Math.Clamp(left, 0, width - 1), Math.Clamp(left + 1, 0, width - 1));
            var (first, second) = (Math.Clamp(top, 0, height - 1) * width, Math.Clamp(top + 1, 0, height - 1) * width);
            return Mix(values[first + here], values[first + next], values[second + here], values[second + next], right, below);
        }

        private static float Mix(int a, int b, int c, int d, float right, float below)
        {
            var upper = a + ((b - a) * right);
            var lower = c + ((d - c) * right);
            return upper + ((lower - upper) * below);
        }
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
