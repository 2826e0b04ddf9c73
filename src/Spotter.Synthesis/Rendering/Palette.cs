using System.Numerics;

namespace Spotter.Synthesis.Rendering;

/// <summary>The colours of a figure and its room: red, green and blue, 0 to 1.</summary>
public sealed record Palette
{
    private static readonly uint[] Skins = [0xE8B998, 0xD9A07A, 0xB97A56, 0x8D5A3C, 0xF0C9AE];
    private static readonly uint[] Shirts = [0x2F6FB0, 0xC1443C, 0x3C8F5A, 0x7A4FA3, 0xE0A030, 0x3F4A5A];
    private static readonly uint[] Shorts = [0x2B2F3A, 0x3A3F6B, 0x5A5F66, 0x1F3B3A];
    private static readonly uint[] Hairs = [0x2A1B14, 0x4A3020, 0x15120F, 0x7A5A34, 0x6B6460];

    /// <summary>Skin.</summary>
    public required Vector3 Skin { get; init; }

    /// <summary>Shirt.</summary>
    public required Vector3 Shirt { get; init; }

    /// <summary>Shorts.</summary>
    public required Vector3 Trousers { get; init; }

    /// <summary>Hair and brows.</summary>
    public required Vector3 Hair { get; init; }

    /// <summary>Shoes.</summary>
    public Vector3 Shoes { get; init; } = Of(0xE8E8EA);

    /// <summary>Lips.</summary>
    public Vector3 Lips { get; init; } = Of(0xA8504A);

    /// <summary>Whites of the eyes.</summary>
    public Vector3 EyeWhite { get; init; } = Of(0xF4F2EE);

    /// <summary>Irises.</summary>
    public Vector3 Iris { get; init; } = Of(0x2A2320);

    /// <summary>Bars and handles.</summary>
    public Vector3 Steel { get; init; } = Of(0xA9ADB3);

    /// <summary>Weights.</summary>
    public Vector3 Iron { get; init; } = Of(0x34363B);

    /// <summary>Seat.</summary>
    public Vector3 Seat { get; init; } = Of(0x5B3A36);

    /// <summary>The wall behind.</summary>
    public Vector3 Wall { get; init; } = Of(0xD9DEE3);

    /// <summary>The floor.</summary>
    public Vector3 Floor { get; init; } = Of(0xB3AAA0);

    /// <summary>The colours of one person.</summary>
    public static Palette Sample(int seed)
    {
        var random = SeededRandom.For(seed, "palette");
        return new Palette
        {
            Skin = Of(Skins[random.Below(Skins.Length)]),
            Shirt = Of(Shirts[random.Below(Shirts.Length)]),
            Trousers = Of(Shorts[random.Below(Shorts.Length)]),
            Hair = Of(Hairs[random.Below(Hairs.Length)]),
        };
    }

    private static Vector3 Of(uint rgb) => new Vector3((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255) / 255f;
}
