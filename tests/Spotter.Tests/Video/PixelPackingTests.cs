using CsCheck;
using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class PixelPackingTests
{
    [Theory]
    [InlineData(PixelOrder.Bgra, 0, 2)]
    [InlineData(PixelOrder.Rgba, 2, 0)]
    [InlineData(PixelOrder.Rgb, 2, 0)]
    public void ToBgr_AnyPixels_EqualsPixelByPixel(PixelOrder order, int blue, int red)
    {
        var stride = PixelPacking.BytesPerPixel(order);
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var pixels = bytes[..(bytes.Length / stride * stride)];
            var packed = new byte[pixels.Length / stride * 3];
            PixelPacking.ToBgr(pixels, order, packed);
            Assert.Equal(pixels.Chunk(stride).SelectMany(pixel => new[] { pixel[blue], pixel[1], pixel[red] }), packed);
        });
    }
}
