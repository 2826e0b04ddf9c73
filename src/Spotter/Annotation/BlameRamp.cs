using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>
/// The colour of a joint by how much it counts against the repetition: calm blue, yellow, orange, vermilion. The way from blue to yellow and the falling
/// lightness from yellow to vermilion are seen by people with any kind of colour blindness. Mixed in Oklab (Ottosson 2020), so that no step looks muddy.
/// </summary>
public static class BlameRamp
{
    private static readonly (float At, Oklab Colour)[] Stops =
    [
        (0f, Oklab.From(new SKColor(0x7F, 0xD1, 0xFF))),
        (0.4f, Oklab.From(new SKColor(0xFF, 0xDB, 0x5C))),
        (0.7f, Oklab.From(new SKColor(0xFF, 0x94, 0x2E))),
        (1f, Oklab.From(new SKColor(0xE6, 0x2E, 0x1B))),
    ];

    private static readonly SKColor[] Table = [.. Enumerable.Range(0, 256).Select(step => Mix(step / 255f))];

    /// <summary>The colour for a blame of 0 (nothing against it) to 1 (all of it); clamped, and 0 for a number that is none.</summary>
    public static SKColor Colour(float blame) => Table[float.IsNaN(blame) ? 0 : (int)Math.Round(Math.Clamp(blame, 0f, 1f) * 255)];

    private static SKColor Mix(float blame)
    {
        var upper = Array.FindIndex(Stops, 1, stop => blame <= stop.At);
        var (from, to) = (Stops[upper - 1], Stops[upper]);
        return Oklab.Lerp(from.Colour, to.Colour, (blame - from.At) / (to.At - from.At)).ToColour();
    }

    private readonly record struct Oklab(float L, float A, float B)
    {
        public static Oklab From(SKColor colour)
        {
            var (r, g, b) = (Linear(colour.Red), Linear(colour.Green), Linear(colour.Blue));
            var l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
            var m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
            var s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
            return new Oklab(
                (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
                (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
                (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
        }

        public static Oklab Lerp(Oklab from, Oklab to, float share) =>
            new(float.Lerp(from.L, to.L, share), float.Lerp(from.A, to.A, share), float.Lerp(from.B, to.B, share));

        public SKColor ToColour()
        {
            var l = Cube(L + (0.3963377774f * A) + (0.2158037573f * B));
            var m = Cube(L - (0.1055613458f * A) - (0.0638541728f * B));
            var s = Cube(L - (0.0894841775f * A) - (1.2914855480f * B));
            return new SKColor(
                Gamma((4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s)),
                Gamma((-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s)),
                Gamma((-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s)));
        }

        private static float Cube(float value) => value * value * value;

        private static float Linear(byte channel)
        {
            var value = channel / 255f;
            return value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);
        }

        private static byte Gamma(float value)
        {
            value = Math.Clamp(value, 0f, 1f);
            var encoded = value <= 0.0031308f ? value * 12.92f : (1.055f * MathF.Pow(value, 1 / 2.4f)) - 0.055f;
            return (byte)Math.Round(encoded * 255);
        }
    }
}
