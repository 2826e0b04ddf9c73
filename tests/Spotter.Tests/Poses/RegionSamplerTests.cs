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
    public void Sample_AnyRegion_IsBilinearInEachPlane() =>
        Gen.Select(Pictures, Gen.Float[-20, 60], Gen.Float[-20, 60], Gen.Float[1, 90], Gen.Float[-3.1f, 3.1f], Gen.Bool).Sample((picture, x, y, size, turn, black) =>
        {
            var region = new RegionOfInterest(new Vector2(x, y), size, turn);
            var target = new float[3 * Side * Side];
            RegionSampler.Sample(picture, region, target, Side, -1, 1, black ? Surroundings.Black : Surroundings.Edge);
            for (var at = 0; at < Side * Side; at++)
            {
                var place = region.ToPicture(new Vector2((at % Side) + 0.5f, (at / Side) + 0.5f) / Side) - new Vector2(0.5f);
                if (black && (NearBorder(place.X, picture.Width) || NearBorder(place.Y, picture.Height)))
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

    private static bool NearBorder(float place, int length) => Math.Abs(place + 0.5f) < 0.001f || Math.Abs(place - length + 0.5f) < 0.001f;

    private static float[] Expected(YuvPicture picture, Vector2 place, bool black)
    {
        if (black && (place.X < -0.5f || place.Y < -0.5f || place.X > picture.Width - 0.5f || place.Y > picture.Height - 0.5f))
        {
            return [-1, -1, -1];
        }

        var y = 1.164384f * (At(picture.Y, picture.Width, picture.Height, place) - 16);
        var half = (place - new Vector2(0.5f)) / 2;
        var u = At(picture.U, picture.ChromaWidth, picture.ChromaHeight, half) - 128;
        var v = At(picture.V, picture.ChromaWidth, picture.ChromaHeight, half) - 128;
        float[] rgb = picture.Matrix == YuvMatrix.Bt601
            ? [y + (1.596027f * v), y - (0.391762f * u) - (0.812968f * v), y + (2.017232f * u)]
            : [y + (1.792741f * v), y - (0.213249f * u) - (0.532909f * v), y + (2.112402f * u)];
        return Array.ConvertAll(rgb, level => (Math.Clamp(level, 0, 255) / 127.5f) - 1);
    }

    private static float At(ReadOnlySpan<byte> plane, int width, int height, Vector2 place)
    {
        var sum = 0f;
        for (var row = (int)MathF.Floor(place.Y); row <= (int)MathF.Floor(place.Y) + 1; row++)
        {
            for (var column = (int)MathF.Floor(place.X); column <= (int)MathF.Floor(place.X) + 1; column++)
            {
                var weight = (1 - Math.Abs(place.X - column)) * (1 - Math.Abs(place.Y - row));
                sum += weight * plane[(Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)];
            }
        }

        return sum;
    }
}
