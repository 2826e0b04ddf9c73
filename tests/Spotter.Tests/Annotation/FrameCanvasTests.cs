using SkiaSharp;
using Spotter.Annotation;
using Spotter.Video;

namespace Spotter.Tests.Annotation;

public sealed class FrameCanvasTests
{
    [Fact]
    public void Finish_NothingDrawn_KeepsTheFrame()
    {
        using var frame = new FrameCanvas(new PictureScale(10, 6), YuvMatrix.Bt709);
        var filmed = new YuvPicture(10, 6, YuvMatrix.Bt709);
        new Random(1).NextBytes(filmed.Pixels);
        frame.Load(filmed);

        Assert.Equal(filmed.Pixels.ToArray(), frame.Finish().Pixels.ToArray());
    }

    [Fact]
    public void Finish_Drawn_ShowsItOnThisFrameOnly()
    {
        using var frame = new FrameCanvas(new PictureScale(10, 6), YuvMatrix.Bt601);
        var filmed = YuvPicture.FromRgb(Enumerable.Repeat(new byte[] { 200, 90, 30 }, 60).SelectMany(pixel => pixel).ToArray(), 10, 6);
        frame.Load(filmed);
        frame.Canvas.Clear(SKColors.Lime);

        Assert.All(frame.Finish().ToBgra().Chunk(4), pixel => Assert.Equal([0, 255, 0, 255], Rounded(pixel)));
        using (var copy = frame.Copy())
        using (var bitmap = SKBitmap.FromImage(copy))
        {
            Assert.Equal([0, 255, 0, 255], Rounded([bitmap.GetPixel(9, 5).Blue, bitmap.GetPixel(9, 5).Green, bitmap.GetPixel(9, 5).Red, bitmap.GetPixel(9, 5).Alpha]));
        }

        frame.Load(filmed);
        Assert.Equal(filmed.Pixels.ToArray(), frame.Finish().Pixels.ToArray());
    }

    [Fact]
    public void Load_OtherSize_EnlargesEveryFrame()
    {
        using var frame = new FrameCanvas(new PictureScale(16, 16), YuvMatrix.Bt601);
        foreach (var level in new byte[] { 40, 160 })
        {
            var filmed = new YuvPicture(4, 4, YuvMatrix.Bt601);
            filmed.Pixels.Fill(level);
            frame.Load(filmed);
            Assert.All(frame.Finish().Pixels.ToArray(), pixel => Assert.Equal(level, pixel));
        }
    }

    private static byte[] Rounded(byte[] pixel) => Array.ConvertAll(pixel, level => level < 4 ? byte.MinValue : level > 251 ? byte.MaxValue : level);
}
