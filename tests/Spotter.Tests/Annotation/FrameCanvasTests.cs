using CsCheck;
using SkiaSharp;
using Spotter.Annotation;

namespace Spotter.Tests.Annotation;

public sealed class FrameCanvasTests
{
    [Fact]
    public void Expand_AnyPixels_TurnsThemAround() => Gen.Byte.Array[0, 200].Select(bytes => bytes[..(bytes.Length / 3 * 3)]).Sample(rgb =>
    {
        var bgra = new byte[rgb.Length / 3 * 4];
        FrameCanvas.Expand(rgb, bgra);

        Assert.Equal(rgb.Chunk(3).SelectMany(pixel => new byte[] { pixel[2], pixel[1], pixel[0], 255 }), bgra);
    });

    [Fact]
    public void Load_SameSize_KeepsPixelsAndTakesPaint()
    {
        using var frame = new FrameCanvas(8, 6, new PictureScale(8, 6));
        frame.Load(Enumerable.Repeat(new byte[] { 200, 90, 30 }, 48).SelectMany(pixel => pixel).ToArray());
        Assert.Equal([30, 90, 200, 255], frame.Bgra.Span[^4..].ToArray());

        frame.Canvas.Clear(SKColors.Lime);
        Assert.Equal([0, 255, 0, 255], frame.Bgra.Span[..4].ToArray());
    }

    [Fact]
    public void Load_OtherSize_EnlargesEveryFrame()
    {
        using var frame = new FrameCanvas(4, 4, new PictureScale(16, 16));
        foreach (var level in new byte[] { 40, 160 })
        {
            frame.Load(Enumerable.Repeat(level, 48).ToArray());
            Assert.All(frame.Bgra.ToArray().Chunk(4), pixel => Assert.Equal([level, level, level, 255], pixel));
        }
    }
}
