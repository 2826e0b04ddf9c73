using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Near the lower edge of a clip that cannot be judged: that it cannot, why, and what to do.</summary>
internal sealed class ReasonBanner
{
    private const int MostLines = 5;

    private readonly OverlayBrush brush;
    private readonly TextLayout heading;
    private readonly TextLayout text;

    /// <summary>Lays the banner out.</summary>
    public ReasonBanner(OverlayBrush brush, Report report, float bottom)
    {
        this.brush = brush;
        var unit = brush.Unit;
        var width = Math.Min(brush.Picture.Safe.Width, 400 * unit);
        var textWidth = width - (56 * unit);
        heading = brush.Texts[OverlayWords.CannotJudge, 16 * unit, FontWeight.Bold, textWidth, 2];
        text = brush.Texts[report.Reasons.Count > 0 ? report.Reasons[0].Text : "", 13.5f * unit, FontWeight.Medium, textWidth, MostLines];
        var height = heading.Height + text.Height + (24 * unit);
        Bounds = SKRect.Create(brush.Picture.Margin, bottom - height, width, height);
    }

    /// <summary>Where the banner is.</summary>
    public SKRect Bounds { get; }

    /// <summary>Draws the banner.</summary>
    public void Paint(SKCanvas canvas)
    {
        var unit = brush.Unit;
        brush.Plate(canvas, Bounds, 12 * unit);
        brush.Sign(canvas, new SKPoint(Bounds.Left + (25 * unit), Bounds.Top + (11 * unit) + (heading.LineHeight / 2)), 11 * unit, Verdict.CannotJudge, watch: false);
        brush.Text(canvas, heading, Bounds.Left + (44 * unit), Bounds.Top + (11 * unit), OverlayTheme.Text);
        brush.Text(canvas, text, Bounds.Left + (44 * unit), Bounds.Top + (13 * unit) + heading.Height, OverlayTheme.QuietText);
    }
}
