using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Colours of plates and texts. Verdicts differ in colour and in their sign, so that neither colour vision nor a small picture hides them.</summary>
internal static class OverlayTheme
{
    /// <summary>What texts stand on; see-through, but dark enough for a contrast above 4.5 on white video.</summary>
    public static readonly SKColor Plate = new(0x0D, 0x14, 0x1F, 0xE0);

    /// <summary>The fine edge of a plate.</summary>
    public static readonly SKColor Edge = new(0xFF, 0xFF, 0xFF, 0x24);

    /// <summary>Headings and numbers.</summary>
    public static readonly SKColor Text = new(0xFF, 0xFF, 0xFF);

    /// <summary>Text that may step back.</summary>
    public static readonly SKColor QuietText = new(0xC9, 0xD3, 0xDF);

    /// <summary>Tracks and outlines on a plate.</summary>
    public static readonly SKColor Track = new(0xFF, 0xFF, 0xFF, 0x3D);

    /// <summary>The outline that keeps lines readable on bright video.</summary>
    public static readonly SKColor Casing = new(0x0A, 0x10, 0x18, 0xDC);

    /// <summary>What is dark on a bright sign.</summary>
    public static readonly SKColor Ink = new(0x0D, 0x14, 0x1F);

    /// <summary>The colour of a verdict.</summary>
    public static SKColor Colour(Verdict verdict, bool watch = false) => verdict switch
    {
        Verdict.Correct when watch => new SKColor(0xFF, 0xDB, 0x5C),
        Verdict.Correct => new SKColor(0x5E, 0xE0, 0xC0),
        Verdict.Incorrect => new SKColor(0xFF, 0x8A, 0x4C),
        _ => new SKColor(0xB9, 0xC4, 0xD2),
    };
}
