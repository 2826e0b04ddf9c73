using System.Numerics;
using CsCheck;
using Spotter.Poses;
using Spotter.Video;

namespace Spotter.Tests.Poses;

public sealed class RegionSamplerTests
{
    private const int Side = 16;

    private static readonly Gen<YuvPicture> Pictures = Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Enum<YuvMatrix>(), Gen.Int[0, int.MaxValue]).Select((width, height, matrix, seed) =>
    {
        var picture = new YuvPicture(width, height, matrix);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    });

    [Fact]
    public void Sample_AnyRegion_IsBilinearBrightnessAndNearestColour() =>
        Gen.Select(Pictures, Gen.Float[-20, 60], Gen.Float[-20, 60], Gen.Float[1, 90], Gen.Float[-3.1f, 3.1f], Gen.Bool).Sample((picture, x, y, size, turn, black) =>
        {
            var region = new RegionOfInterest(new Vector2(x, y), size, turn);
            var target = new float[3 * Side * Side];
            RegionSampler.Sample(picture, region, target, Side, -1, 1, black ? Surroundings.Black : Surroundings.Edge);
            for (var at = 0; at < Side * Side; at++)
            {
                var place = region.ToPicture(new Vector2((at % Side) + 0.5f, (at / Side) + 0.5f) / Side) - new Vector2(0.5f);
                if (NearBorder(place.X, picture.Width) || NearBorder(place.Y, picture.Height))
                {
                    continue; // rounding may fall on either side
                }

                var expected = Expected(picture, place, black);
                for (var channel = 0; channel < 3; channel++)
                {
                    Assert.Equal(expected[channel], target[(channel * Side * Side) + at], 0.01f);
                }
            }
        });

    // Where the nearest pixel, or inside and outside, change.
    private static bool NearBorder(float place, int length) =>
        Math.Abs(place + 0.5f - MathF.Round(place + 0.5f)) < 0.001f || Math.Abs(place + 0.5f) < 0.001f || Math.Abs(place - length + 0.5f) < 0.001f;

    private static float[] Expected(YuvPicture picture, Vector2 place, bool black)
    {
        if (black && (place.X < -0.5f || place.Y < -0.5f || place.X > picture.Width - 0.5f || place.Y > picture.Height - 0.5f))
        {
            return [-1, -1, -1];
        }

        var (left, top) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y));
        var (right, below) = (place.X - left, place.Y - top);
        var luma = (((Luma(left, top) * (1 - right)) + (Luma(left + 1, top) * right)) * (1 - below)) + (((Luma(left, top + 1) * (1 - right)) + (Luma(left + 1, top + 1) * right)) * below);
        var chroma = (Clamp(MathF.Round(place.Y), picture.Height) / 2 * picture.ChromaWidth) + (Clamp(MathF.Round(place.X), picture.Width) / 2);
        var (y, u, v) = (1.164384f * (luma - 16), picture.U[chroma] - 128, picture.V[chroma] - 128);
        float[] rgb = picture.Matrix == YuvMatrix.Bt601
            ? [y + (1.596027f * v), y - (0.391762f * u) - (0.812968f * v), y + (2.017232f * u)]
            : [y + (1.792741f * v), y - (0.213249f * u) - (0.532909f * v), y + (2.112402f * u)];
        return Array.ConvertAll(rgb, level => (Math.Clamp(level, 0, 255) / 127.5f) - 1);

        float Luma(int x, int y) => picture.Y[(Clamp(y, picture.Height) * picture.Width) + Clamp(x, picture.Width)];
    }

    private static int Clamp(float place, int length) => Math.Clamp((int)place, 0, length - 1);
}
