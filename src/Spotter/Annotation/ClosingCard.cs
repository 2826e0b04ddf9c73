using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>The end of a clip: its last frame, dimmed and out of focus, under a card with the verdict, the counts, a sign for each repetition and what to work on.</summary>
public sealed class ClosingCard : IDisposable
{
    /// <summary>How long the card stays, seconds.</summary>
    public const double Seconds = 2.5;

    /// <summary>How long it takes to appear, seconds; from then on it does not change.</summary>
    public const double FadeSeconds = 0.35;

    private const int MostFindings = 3;

    private readonly OverlayBrush brush;
    private readonly Report report;
    private readonly ClosingCardLayout layout;

    /// <summary>For one clip.</summary>
    public ClosingCard(PictureScale picture, Report report)
    {
        this.report = report;
        brush = new OverlayBrush(picture);
        layout = ClosingCardLayout.Make(brush, report, MostFindings);
    }

    /// <summary>Where the card is.</summary>
    public SKRect Bounds => layout.Bounds;

    /// <summary>Paints the whole frame.</summary>
    /// <param name="canvas">The frame; all of it is painted over.</param>
    /// <param name="lastFrame">The last frame of the clip.</param>
    /// <param name="seconds">Time since the card began.</param>
    public void Paint(SKCanvas canvas, SKImage lastFrame, double seconds)
    {
        var share = (float)Math.Clamp(seconds / FadeSeconds, 0, 1);
        var picture = brush.Picture;
        using var paint = new SKPaint();
        var blur = 7 * brush.Unit * share;
        using var filter = SKImageFilter.CreateBlur(blur, blur, SKShaderTileMode.Clamp);
        paint.ImageFilter = filter;
        canvas.Save();
        canvas.ClipRect(picture.Bounds);
        canvas.DrawImage(lastFrame, picture.Bounds, new SKSamplingOptions(SKFilterMode.Linear), paint);
        canvas.DrawColor(OverlayTheme.Ink.WithAlpha((byte)(0x99 * share)), SKBlendMode.SrcOver);
        paint.ImageFilter = null;
        paint.Color = SKColors.White.WithAlpha((byte)(255 * share));
        canvas.SaveLayer(picture.Bounds, paint);
        canvas.Translate(0, (1 - share) * 8 * brush.Unit);
        layout.Paint(canvas, brush, report);
        canvas.Restore();
        canvas.Restore();
    }

    /// <inheritdoc/>
    public void Dispose() => brush.Dispose();
}
