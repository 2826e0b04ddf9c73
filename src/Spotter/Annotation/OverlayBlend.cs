using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Spotter.Video;

namespace Spotter.Annotation;

/// <summary>
/// Lays an overlay with transparency over a frame in YUV. Most of an overlay is empty and costs one look; only what is painted is converted. What was laid on is
/// taken out of the overlay, which so is empty for the next frame.
/// </summary>
internal readonly struct OverlayBlend
{
    private const int Columns = 8; // of a block, which is two rows high
    private const float Opaque = 255;
    private const float Black = 16;
    private const float Grey = 128;

    private readonly YuvWeights weights;
    private readonly float toLuma;
    private readonly float toU; // from the sum of four pixels
    private readonly float toV;

    /// <summary>For frames of one matrix.</summary>
    public OverlayBlend(YuvMatrix matrix)
    {
        weights = YuvWeights.Of(matrix);
        (toLuma, toU, toV) = (1 / YuvWeights.Luma, 1 / (4 * weights.UToBlue), 1 / (4 * weights.VToRed));
    }

    /// <summary>Lays the overlay on.</summary>
    /// <param name="overlay">H × W pixels of blue, green, red and alpha, colours multiplied by alpha; empty afterwards.</param>
    /// <param name="picture">The frame, of even width and height and of this matrix; on one of fewer than eight columns nothing could be seen.</param>
    public void Lay(Span<uint> overlay, YuvPicture picture)
    {
        var width = picture.Width;
        for (var row = 0; row < picture.Height && width >= Columns; row += 2)
        {
            var upper = overlay.Slice(row * width, width);
            var lower = overlay.Slice((row + 1) * width, width);
            for (var column = 0; column + Columns <= width; column += Columns)
            {
                LayBlock(upper.Slice(column, Columns), lower.Slice(column, Columns), picture, row, column);
            }

            // Columns that two blocks share are empty by now.
            LayBlock(upper[^Columns..], lower[^Columns..], picture, row, width - Columns);
        }
    }

    private void LayBlock(Span<uint> upper, Span<uint> lower, YuvPicture picture, int row, int column)
    {
        var (above, below) = (Vector256.Create<uint>(upper), Vector256.Create<uint>(lower));
        if ((above | below) == Vector256<uint>.Zero)
        {
            return;
        }

        upper.Clear();
        lower.Clear();
        var alpha = LayRow(above, picture.Y.Slice((row * picture.Width) + column, Columns), out var blue, out var red)
            + LayRow(below, picture.Y.Slice(((row + 1) * picture.Width) + column, Columns), out var blueBelow, out var redBelow);
        var at = (row / 2 * picture.ChromaWidth) + (column / 2);
        var cover = InPairs(alpha) / (4 * Opaque);
        LayChroma(picture.U.Slice(at, Columns / 2), cover, InPairs(blue + blueBelow) * toU);
        LayChroma(picture.V.Slice(at, Columns / 2), cover, InPairs(red + redBelow) * toV);
    }

    // Answers alpha, and how far blue and red are from brightness.
    private Vector256<float> LayRow(Vector256<uint> pixels, Span<byte> y, out Vector256<float> blue, out Vector256<float> red)
    {
        var mask = Vector256.Create(0xFFu);
        var alpha = Vector256.ConvertToSingle((pixels >> 24).AsInt32());
        blue = Vector256.ConvertToSingle((pixels & mask).AsInt32());
        red = Vector256.ConvertToSingle(((pixels >> 16) & mask).AsInt32());
        var luma = (red * weights.Red) + (Vector256.ConvertToSingle(((pixels >> 8) & mask).AsInt32()) * weights.Green) + (blue * weights.Blue);
        blue -= luma;
        red -= luma;
        var under = Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(MemoryMarshal.Read<ulong>(y)).AsByte()).ToVector256()).AsInt32());
        var blended = under + ((Vector256.Create(Black) - under) * (alpha / Opaque)) + (luma * toLuma);
        var bytes = Bytes(Vector256.ConvertToInt32(blended + Vector256.Create(0.5f)));
        MemoryMarshal.Write(y, bytes.AsUInt64().ToScalar());
        return alpha;
    }

    private static void LayChroma(Span<byte> chroma, Vector256<float> cover, Vector256<float> colour)
    {
        var under = Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(MemoryMarshal.Read<uint>(chroma)).AsByte()).ToVector256()).AsInt32());
        var blended = under + ((Vector256.Create(Grey) - under) * cover) + colour;
        MemoryMarshal.Write(chroma, Bytes(Vector256.ConvertToInt32(blended + Vector256.Create(0.5f))).AsUInt32().ToScalar());
    }

    // Sums of neighbours, in the lower half.
    private static Vector256<float> InPairs(Vector256<float> values) =>
        Vector256.Shuffle(values, Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0)) + Vector256.Shuffle(values, Vector256.Create(1, 3, 5, 7, 0, 0, 0, 0));

    private static Vector128<byte> Bytes(Vector256<int> levels) =>
        Vector128.Narrow(Vector128.Narrow(levels.GetLower(), levels.GetUpper()).AsUInt16(), Vector128<ushort>.Zero);
}
