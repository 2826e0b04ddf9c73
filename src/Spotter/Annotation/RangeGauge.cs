using SkiaSharp;
using Spotter.Measures;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>A value on a line with the range of correct repetitions marked, its number at the left and the range's at the right.</summary>
internal static class RangeGauge
{
    /// <summary>Draws the gauge of a finding that has a range into a rectangle.</summary>
    public static void Paint(SKCanvas canvas, OverlayBrush brush, Finding finding, SKRect area)
    {
        if (!MeasureText.TryRange(finding, out var amount, out var range))
        {
            return;
        }

        var unit = brush.Unit;
        var value = brush.Texts[amount, 17 * unit, FontWeight.Bold];
        brush.Text(canvas, value, area.Left, area.MidY - (value.Height / 2), OverlayTheme.Colour(Verdict.Incorrect));
        var (low, high) = (finding.Expected[0], finding.Expected[1]);
        var good = brush.Texts[OverlayWords.Good(range), 12.5f * unit, FontWeight.Medium];
        brush.Text(canvas, good, area.Right - good.Width, area.MidY - (good.Height / 2), OverlayTheme.Colour(Verdict.Correct));

        var line = new SKRect(area.Left + value.Width + (12 * unit), area.MidY - (2.5f * unit), area.Right - good.Width - (12 * unit), area.MidY + (2.5f * unit));
        if (line.Width < 24 * unit)
        {
            return;
        }

        var (from, to) = (Math.Min(low, finding.Value), Math.Max(high, finding.Value));
        var room = Math.Max(1e-9, (to - from) * 0.15);
        float X(double at) => line.Left + (float)((at - from + room) / (to - from + (2 * room)) * line.Width);
        brush.Fill(canvas, line, line.Height / 2, OverlayTheme.Track);
        // Values beyond the harmless end are good as well.
        var faulty = MeasureCatalogue.Find(finding.Measure)?.Faulty;
        var (left, right) = (faulty == FaultyValues.High ? line.Left : X(low), faulty == FaultyValues.Low ? line.Right : X(high));
        brush.Fill(canvas, new SKRect(left, line.Top - unit, Math.Max(right, left + line.Height), line.Bottom + unit), line.Height / 2, OverlayTheme.Colour(Verdict.Correct));
        brush.Disc(canvas, new SKPoint(X(finding.Value), line.MidY), 7.5f * unit, OverlayTheme.Ink);
        brush.Disc(canvas, new SKPoint(X(finding.Value), line.MidY), 5.5f * unit, OverlayTheme.Colour(Verdict.Incorrect));
    }
}
