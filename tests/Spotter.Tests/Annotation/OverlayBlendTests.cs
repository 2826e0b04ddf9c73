using CsCheck;
using Spotter.Annotation;
using Spotter.Video;

namespace Spotter.Tests.Annotation;

public sealed class OverlayBlendTests
{
    private static readonly Gen<(YuvPicture Picture, uint[] Overlay)> Scenes =
        Gen.Select(Gen.Int[4, 30], Gen.Int[1, 4], Gen.Enum<YuvMatrix>(), Gen.Int[0, int.MaxValue], Gen.Double[0, 1]).Select((halfWidth, halfHeight, matrix, seed, share) =>
        {
            var random = new Random(seed);
            var picture = new YuvPicture(2 * halfWidth, 2 * halfHeight, matrix);
            random.NextBytes(picture.Pixels);
            var overlay = new uint[picture.Width * picture.Height];
            for (var at = 0; at < overlay.Length; at++)
            {
                // Colours are multiplied by alpha, so none is larger.
                var alpha = random.NextDouble() < share ? random.Next(256) : 0;
                overlay[at] = ((uint)alpha << 24) | ((uint)random.Next(alpha + 1) << 16) | ((uint)random.Next(alpha + 1) << 8) | (uint)random.Next(alpha + 1);
            }

            return (picture, overlay);
        });

    [Fact]
    public void Lay_AnyOverlay_EqualsPixelByPixelAndEmptiesIt() => Scenes.Sample(scene =>
    {
        var (picture, overlay) = scene;
        var expected = Expected(picture, overlay);

        new OverlayBlend(picture.Matrix).Lay(overlay, picture);

        Assert.All(expected.Zip(picture.Pixels.ToArray(), (one, other) => Math.Abs(one - other)), error => Assert.InRange(error, 0, 0.51));
        Assert.All(overlay, pixel => Assert.Equal(0u, pixel));
    });

    [Fact]
    public void Lay_NarrowPicture_LeavesIt()
    {
        var picture = new YuvPicture(4, 4, YuvMatrix.Bt601);
        new OverlayBlend(picture.Matrix).Lay(Enumerable.Repeat(uint.MaxValue, 16).ToArray(), picture);

        Assert.All(picture.Pixels.ToArray(), level => Assert.Equal(0, level));
    }

    private static double[] Expected(YuvPicture picture, uint[] overlay)
    {
        var (red, blue) = picture.Matrix == YuvMatrix.Bt601 ? (0.299, 0.114) : (0.2126, 0.0722);
        var (y, u, v) = (new double[picture.Y.Length], new double[picture.U.Length], new double[picture.V.Length]);
        for (var at = 0; at < overlay.Length; at++)
        {
            var (row, column) = (at / picture.Width, at % picture.Width);
            var chroma = (row / 2 * picture.ChromaWidth) + (column / 2);
            var pixel = overlay[at];
            var (a, r, g, b) = ((pixel >> 24) / 255.0, ((pixel >> 16) & 255) / 255.0, ((pixel >> 8) & 255) / 255.0, (pixel & 255) / 255.0);
            var luma = (red * r) + ((1 - red - blue) * g) + (blue * b);
            y[at] = (picture.Y[at] * (1 - a)) + (16 * a) + (219 * luma);
            u[chroma] += ((picture.U[chroma] * (1 - a)) + (128 * a) + (112 * (b - luma) / (1 - blue))) / 4;
            v[chroma] += ((picture.V[chroma] * (1 - a)) + (128 * a) + (112 * (r - luma) / (1 - red))) / 4;
        }

        return [.. y, .. u, .. v];
    }
}
