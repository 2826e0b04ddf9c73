using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>
/// The frame that is being painted, used again for every frame of a clip. Blue comes first: SkiaSharp's blending on Linux is two to four times as fast
/// in this order as with red first (measured on our overlays).
/// </summary>
internal sealed class FrameCanvas : IDisposable
{
    private const int BytesPerPixel = 4;

    private readonly byte[] pixels; // H × W × 4, pinned: the canvas draws into it
    private readonly SKBitmap bitmap = new();
    private readonly SKBitmap? source;

    /// <summary>For frames of one size, painted at the same or another size.</summary>
    /// <param name="sourceWidth">Width of the frames that are loaded.</param>
    /// <param name="sourceHeight">Height of the frames that are loaded.</param>
    /// <param name="picture">Size at which they are painted.</param>
    public FrameCanvas(int sourceWidth, int sourceHeight, PictureScale picture)
    {
        pixels = GC.AllocateUninitializedArray<byte>(picture.Width * picture.Height * BytesPerPixel, pinned: true);
        bitmap.InstallPixels(Info(picture.Width, picture.Height), Marshal.UnsafeAddrOfPinnedArrayElement(pixels, 0));
        Canvas = new SKCanvas(bitmap);
        if (sourceWidth != picture.Width || sourceHeight != picture.Height)
        {
            source = new SKBitmap(Info(sourceWidth, sourceHeight));
        }
    }

    /// <summary>Draws on the frame.</summary>
    public SKCanvas Canvas { get; }

    /// <summary>The painted frame: H × W × 4 bytes, blue first.</summary>
    public ReadOnlyMemory<byte> Bgra => pixels;

    /// <summary>Takes a frame, scaled where it has another size.</summary>
    /// <param name="rgb">H × W × 3 bytes, red first.</param>
    public void Load(ReadOnlySpan<byte> rgb)
    {
        if (source is null)
        {
            Expand(rgb, pixels);
            return;
        }

        Expand(rgb, source.GetPixelSpan());
        source.NotifyPixelsChanged();
        using var image = SKImage.FromPixels(source.PeekPixels());
        Canvas.DrawImage(image, SKRect.Create(bitmap.Width, bitmap.Height), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    /// <summary>A copy of the painted frame.</summary>
    public SKImage Copy() => SKImage.FromPixelCopy(bitmap.PeekPixels());

    /// <inheritdoc/>
    public void Dispose()
    {
        Canvas.Dispose();
        bitmap.Dispose();
        source?.Dispose();
    }

    /// <summary>Turns pixels of 3 bytes, red first, into opaque pixels of 4 bytes, blue first.</summary>
    internal static void Expand(ReadOnlySpan<byte> rgb, Span<byte> bgra)
    {
        const int Vector = 16;
        var order = Vector128.Create((byte)2, 1, 0, 15, 5, 4, 3, 15, 8, 7, 6, 15, 11, 10, 9, 15);
        var opaque = Vector128.Create(0xFF000000).AsByte();
        ref var first = ref MemoryMarshal.GetReference(rgb);
        ref var target = ref MemoryMarshal.GetReference(bgra);
        var (from, to) = (0, 0);
        for (; from + Vector <= rgb.Length && to + Vector <= bgra.Length; from += 12, to += Vector)
        {
            (Vector128.Shuffle(Vector128.LoadUnsafe(ref first, (nuint)from), order) | opaque).StoreUnsafe(ref target, (nuint)to);
        }

        for (; from < rgb.Length; from += 3, to += BytesPerPixel)
        {
            bgra[to] = rgb[from + 2];
            bgra[to + 1] = rgb[from + 1];
            bgra[to + 2] = rgb[from];
            bgra[to + 3] = 0xFF;
        }
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque);
}
