namespace Spotter.Video;

/// <summary>A small grey picture, with sums over any rectangle of it at the cost of four look-ups.</summary>
internal sealed class GreyThumbnail
{
    private readonly double[] sums; // (H + 1) × (W + 1)
    private readonly double[] squares; // (H + 1) × (W + 1)

    private GreyThumbnail(int width, int height, float[] pixels)
    {
        Width = width;
        Height = height;
        Pixels = pixels;
        var stride = width + 1;
        sums = new double[stride * (height + 1)];
        squares = new double[stride * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            double sum = 0;
            double square = 0;
            for (var x = 0; x < width; x++)
            {
                var value = pixels[(y * width) + x];
                sum += value;
                square += value * value;
                var at = ((y + 1) * stride) + x + 1;
                sums[at] = sums[at - stride] + sum;
                squares[at] = squares[at - stride] + square;
            }
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>H × W, 0 (black) to 255 (white).</summary>
    public float[] Pixels { get; }

    /// <summary>Shrinks the brightness of a picture; 4 × 4 samples stand for the area under each pixel.</summary>
    public static GreyThumbnail Of(YuvPicture picture, int longSide)
    {
        const byte Black = 16;
        var (width, height) = (picture.Width, picture.Height);
        const int Samples = 4;
        var scale = Math.Min(1, longSide / (double)Math.Max(width, height));
        var smallWidth = Math.Max(1, (int)Math.Round(width * scale));
        var smallHeight = Math.Max(1, (int)Math.Round(height * scale));
        var columns = SamplePositions(smallWidth * Samples, width);
        var rows = SamplePositions(smallHeight * Samples, height);
        var pixels = new float[smallWidth * smallHeight];
        for (var y = 0; y < rows.Length; y++)
        {
            var source = picture.Y.Slice(rows[y] * width, width);
            var target = pixels.AsSpan(y / Samples * smallWidth, smallWidth);
            for (var x = 0; x < columns.Length; x++)
            {
                target[x / Samples] += source[columns[x]];
            }
        }

        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = ((pixels[at] / (Samples * Samples)) - Black) * YuvWeights.Luma;
        }

        return new GreyThumbnail(smallWidth, smallHeight, pixels);
    }

    /// <summary>The same picture at a fraction of the size.</summary>
    public GreyThumbnail Shrink(int factor)
    {
        var width = Width / factor;
        var height = Height / factor;
        var pixels = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (float)(Sums(x * factor, y * factor, factor, factor).Sum / (factor * factor));
            }
        }

        return new GreyThumbnail(width, height, pixels);
    }

    /// <summary>Sum and sum of squares over a rectangle.</summary>
    public (double Sum, double Squares) Sums(int x, int y, int width, int height)
    {
        var stride = Width + 1;
        var top = (y * stride) + x;
        var bottom = top + (height * stride);
        return (sums[bottom + width] - sums[bottom] - sums[top + width] + sums[top],
            squares[bottom + width] - squares[bottom] - squares[top + width] + squares[top]);
    }

    private static int[] SamplePositions(int count, int length)
    {
        var positions = new int[count];
        for (var at = 0; at < count; at++)
        {
            positions[at] = Math.Min(length - 1, (int)((at + 0.5) * length / count));
        }

        return positions;
    }
}
