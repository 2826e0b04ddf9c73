namespace Spotter.Video;

/// <summary>
/// A picture as clips store it (YUV 4:2:0): brightness (Y) for each pixel, two colour differences (U = Cb, V = Cr) for each square of 2 × 2 pixels. Eight bits in the
/// limited range: Y from 16 (black) to 235 (white), U and V from 16 to 240 around 128 (grey).
/// </summary>
public sealed class YuvPicture
{
    private const byte Black = 16;
    private const byte Grey = 128;

    private readonly byte[] pixels;

    /// <summary>A picture of undefined content.</summary>
    /// <param name="width">Width in pixels, above 0.</param>
    /// <param name="height">Height in pixels, above 0.</param>
    /// <param name="matrix">What the brightness is mixed of.</param>
    public YuvPicture(int width, int height, YuvMatrix matrix)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height, Matrix) = (width, height, matrix);
        pixels = new byte[(width * height) + (2 * ChromaWidth * ChromaHeight)];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>What the brightness is mixed of.</summary>
    public YuvMatrix Matrix { get; }

    /// <summary>Width of U and V: half of the picture's, rounded up.</summary>
    public int ChromaWidth => (Width + 1) / 2;

    /// <summary>Height of U and V: half of the picture's, rounded up.</summary>
    public int ChromaHeight => (Height + 1) / 2;

    /// <summary>Y, U and V one after the other without gaps (ffmpeg's <c>yuv420p</c>), rows from the top.</summary>
    public Span<byte> Pixels => pixels;

    /// <summary>Brightness: height × width bytes.</summary>
    public Span<byte> Y => pixels.AsSpan(0, Width * Height);

    /// <summary>Blue minus brightness: chroma height × chroma width bytes.</summary>
    public Span<byte> U => pixels.AsSpan(Width * Height, ChromaWidth * ChromaHeight);

    /// <summary>Red minus brightness: chroma height × chroma width bytes.</summary>
    public Span<byte> V => pixels.AsSpan((Width * Height) + (ChromaWidth * ChromaHeight));

    /// <summary>The picture of red, green and blue pixels, in BT.601.</summary>
    /// <param name="rgb">H × W × 3 bytes, red first, rows from the top.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">There are not so many pixels.</exception>
    public static YuvPicture FromRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var picture = new YuvPicture(width, height, YuvMatrix.Bt601);
        if (rgb.Length != width * height * 3)
        {
            throw new ArgumentException($"A picture of {width} × {height} pixels needs {width * height * 3} bytes, but there are {rgb.Length}.", nameof(rgb));
        }

        var weights = YuvWeights.Of(picture.Matrix);
        for (var row = 0; row < height; row += 2)
        {
            for (var column = 0; column < width; column += 2)
            {
                picture.SetSquare(rgb, row, column, weights);
            }
        }

        return picture;
    }

    /// <summary>The picture as H × W × 4 bytes (blue, green, red and 255), rows from the top; each square of 2 × 2 pixels has one colour difference.</summary>
    public byte[] ToBgra()
    {
        const int BytesPerPixel = 4;
        var bgra = new byte[Width * Height * BytesPerPixel];
        var weights = YuvWeights.Of(Matrix);
        for (var row = 0; row < Height; row++)
        {
            var y = Y.Slice(row * Width, Width);
            var u = U.Slice(row / 2 * ChromaWidth, ChromaWidth);
            var v = V.Slice(row / 2 * ChromaWidth, ChromaWidth);
            for (var column = 0; column < Width; column++)
            {
                var (luma, blue, red) = (YuvWeights.Luma * (y[column] - Black), u[column / 2] - Grey, v[column / 2] - Grey);
                var pixel = bgra.AsSpan(((row * Width) + column) * BytesPerPixel, BytesPerPixel);
                pixel[0] = ToByte(luma + (weights.UToBlue * blue));
                pixel[1] = ToByte(luma + (weights.UToGreen * blue) + (weights.VToGreen * red));
                pixel[2] = ToByte(luma + (weights.VToRed * red));
                pixel[3] = byte.MaxValue;
            }
        }

        return bgra;
    }

    // Up to 2 × 2 pixels; fewer at odd edges.
    private void SetSquare(ReadOnlySpan<byte> rgb, int row, int column, YuvWeights weights)
    {
        var (blues, reds, count) = (0f, 0f, 0);
        for (var y = row; y < Math.Min(row + 2, Height); y++)
        {
            for (var x = column; x < Math.Min(column + 2, Width); x++, count++)
            {
                var at = (y * Width) + x;
                var pixel = rgb.Slice(at * 3, 3);
                var luma = (weights.Red * pixel[0]) + (weights.Green * pixel[1]) + (weights.Blue * pixel[2]);
                Y[at] = ToByte(Black + (luma / YuvWeights.Luma));
                blues += pixel[2] - luma;
                reds += pixel[0] - luma;
            }
        }

        var chroma = (row / 2 * ChromaWidth) + (column / 2);
        U[chroma] = ToByte(Grey + (blues / count / weights.UToBlue));
        V[chroma] = ToByte(Grey + (reds / count / weights.VToRed));
    }

    private static byte ToByte(float level) => (byte)Math.Clamp(MathF.Round(level), byte.MinValue, byte.MaxValue);
}
