using System.Runtime.InteropServices;
using SkiaSharp;
using Spotter.Video;

namespace Spotter.Annotation;

/// <summary>
/// The frame that is being painted, used again for every frame of a clip. Frames stay in YUV, as they are decoded and encoded: what is drawn goes to an empty
/// overlay, and only where something was drawn the frame is changed.
/// </summary>
internal sealed class FrameCanvas : IDisposable
{
    private readonly uint[] overlay; // H × W pixels, pinned: the canvas draws into it
    private readonly SKBitmap bitmap = new();
    private readonly OverlayBlend blend;
    private readonly YuvPicture painted;

    /// <summary>For frames of one clip.</summary>
    /// <param name="picture">Size at which they are painted, even numbers.</param>
    /// <param name="matrix">What the brightness of the frames is mixed of.</param>
    public FrameCanvas(PictureScale picture, YuvMatrix matrix)
    {
        overlay = GC.AllocateArray<uint>(picture.Width * picture.Height, pinned: true);
        // Blue comes first: SkiaSharp's blending on Linux is two to four times as fast in this order as with red first (measured on our overlays).
        bitmap.InstallPixels(new SKImageInfo(picture.Width, picture.Height, SKColorType.Bgra8888, SKAlphaType.Premul), Marshal.UnsafeAddrOfPinnedArrayElement(overlay, 0));
        Canvas = new SKCanvas(bitmap);
        blend = new OverlayBlend(matrix);
        painted = new YuvPicture(picture.Width, picture.Height, matrix);
    }

    /// <summary>Draws over the frame; empty at first.</summary>
    public SKCanvas Canvas { get; }

    /// <summary>Takes a frame, scaled where it has another size.</summary>
    public void Load(YuvPicture frame)
    {
        if ((frame.Width, frame.Height) == (painted.Width, painted.Height))
        {
            frame.Pixels.CopyTo(painted.Pixels);
            return;
        }

        Enlarge(frame.Y, frame.Width, frame.Height, painted.Y, painted.Width, painted.Height);
        Enlarge(frame.U, frame.ChromaWidth, frame.ChromaHeight, painted.U, painted.ChromaWidth, painted.ChromaHeight);
        Enlarge(frame.V, frame.ChromaWidth, frame.ChromaHeight, painted.V, painted.ChromaWidth, painted.ChromaHeight);
    }

    /// <summary>The frame with what was drawn on it; valid until the next is loaded. The canvas is empty again.</summary>
    public YuvPicture Finish()
    {
        blend.Lay(overlay, painted);
        return painted;
    }

    /// <summary>A copy of the finished frame.</summary>
    public SKImage Copy() =>
        SKImage.FromPixelCopy(new SKImageInfo(painted.Width, painted.Height, SKColorType.Bgra8888, SKAlphaType.Opaque), painted.ToBgra());

    /// <inheritdoc/>
    public void Dispose()
    {
        Canvas.Dispose();
        bitmap.Dispose();
    }

    private static void Enlarge(ReadOnlySpan<byte> plane, int width, int height, Span<byte> target, int targetWidth, int targetHeight)
    {
        using var small = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8));
        using var large = new SKBitmap(new SKImageInfo(targetWidth, targetHeight, SKColorType.Gray8));
        plane.CopyTo(small.GetPixelSpan());
        small.NotifyPixelsChanged();
        if (!small.ScalePixels(large, new SKSamplingOptions(SKCubicResampler.Mitchell)))
        {
            throw new InvalidOperationException("A frame could not be scaled.");
        }

        large.GetPixelSpan().CopyTo(target);
    }
}
