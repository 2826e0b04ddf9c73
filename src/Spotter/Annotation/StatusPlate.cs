using System.Globalization;
using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Top left: the number of the repetition, the verdict on the last one, and what goes on now. Its size stays the same over a clip.</summary>
internal sealed class StatusPlate
{
    private readonly OverlayBrush brush;
    private readonly Report report;
    private readonly float padding;
    private readonly float numberWidth;
    private readonly TextLayout total;

    /// <summary>Lays the plate out for a report with repetitions.</summary>
    public StatusPlate(OverlayBrush brush, Report report)
    {
        this.brush = brush;
        this.report = report;
        padding = 10 * brush.Unit;
        total = brush.Texts["/" + Number(report.Repetitions.Count), 15 * brush.Unit, FontWeight.Bold];
        numberWidth = Enumerable.Range(0, report.Repetitions.Count + 1).Max(number => Counter(number).Width) + (2 * brush.Unit) + total.Width;
        var words = report.Repetitions
            .SelectMany(repetition => new[] { Verdict(repetition).Width + SignWidth, Watching(repetition).Width })
            .Append(Ready().Width)
            .Append(Tally(report.Repetitions.Count).Width);
        var width = padding + numberWidth + padding + words.Max() + padding;
        Bounds = SKRect.Create(brush.Picture.Margin, brush.Picture.Margin, Math.Min(width, brush.Picture.Safe.Width), 54 * brush.Unit);
    }

    /// <summary>Where the plate is.</summary>
    public SKRect Bounds { get; }

    private float SignWidth => 20 * brush.Unit;

    /// <summary>Draws the plate at a moment.</summary>
    public void Paint(SKCanvas canvas, RepetitionMoment moment)
    {
        var unit = brush.Unit;
        brush.Plate(canvas, Bounds, 12 * unit);
        var counter = Counter(moment.Shown?.Index ?? 0);
        var totalLeft = Bounds.Left + padding + numberWidth - total.Width;
        brush.Text(canvas, counter, totalLeft - (2 * unit) - counter.Width, Bounds.MidY - (counter.Height / 2), OverlayTheme.Text);
        brush.Text(canvas, total, totalLeft, Bounds.MidY - (total.Height / 2) + (5 * unit), OverlayTheme.QuietText);

        var left = Bounds.Left + padding + numberWidth + padding;
        var upper = Bounds.Top + (8 * unit);
        var lower = Bounds.Top + (28 * unit);
        if (moment.Last is { } last)
        {
            var verdict = Verdict(last);
            brush.Sign(canvas, new SKPoint(left + (7.5f * unit), upper + (verdict.Height / 2)), 7.5f * unit, last.Verdict, last.Watch);
            brush.Text(canvas, verdict, left + SignWidth, upper, OverlayTheme.Colour(last.Verdict, last.Watch));
        }
        else
        {
            brush.Text(canvas, Ready(), left, upper, OverlayTheme.Text);
        }

        brush.Text(canvas, moment.Current is { } current ? Watching(current) : Tally(moment.Last?.Index ?? 0), left, lower, OverlayTheme.QuietText);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private TextLayout Counter(int number) => brush.Texts[Number(number), 32 * brush.Unit, FontWeight.Bold];

    private TextLayout Verdict(RepetitionReport repetition) => brush.Texts[OverlayWords.RepetitionVerdict(repetition), 14 * brush.Unit, FontWeight.Bold];

    private TextLayout Watching(RepetitionReport repetition) => brush.Texts[OverlayWords.Watching(repetition), 13 * brush.Unit, FontWeight.Medium];

    private TextLayout Ready() => brush.Texts[OverlayWords.Exercise(report.Exercise), 14 * brush.Unit, FontWeight.Bold, 180 * brush.Unit, 1];

    private TextLayout Tally(int completed)
    {
        var correct = report.Repetitions.Take(completed).Count(repetition => repetition.Verdict == Scoring.Verdict.Correct);
        return brush.Texts[completed == 0 ? OverlayWords.Ready : OverlayWords.Tally(correct, completed), 13 * brush.Unit, FontWeight.Medium];
    }
}
