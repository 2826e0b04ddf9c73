using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>Sizes on a picture: everything drawn is a multiple of these, so that it looks alike from a phone's 360 pixels to 4K.</summary>
/// <param name="Width">Width of the picture, pixels.</param>
/// <param name="Height">Height of the picture, pixels.</param>
public readonly record struct PictureScale(int Width, int Height)
{
    /// <summary>
    /// The overlay's unit in pixels: 1 for a portrait picture of 360 pixels. A wide picture gets a larger one than its height asks for, because it is watched
    /// on phones across their narrow side; a very flat one is limited by its height.
    /// </summary>
    public float Unit => Math.Max(0.25f, Math.Min(Math.Max(Math.Min(Width, Height) / 360f, Width / 560f), Height / 250f));

    /// <summary>Width of a limb's line in pixels for a person of the usual size.</summary>
    public float Line => Math.Max(1.5f, 4f * Math.Min(Width, Height) / 360f);

    /// <summary>Free space along the edges, pixels.</summary>
    public float Margin => 12 * Unit;

    /// <summary>The picture without its margins.</summary>
    public SKRect Safe => new(Margin, Margin, Width - Margin, Height - Margin);

    /// <summary>The picture.</summary>
    public SKRect Bounds => new(0, 0, Width, Height);
}
