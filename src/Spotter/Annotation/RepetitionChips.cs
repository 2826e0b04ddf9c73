using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Top right: a sign for each repetition; hollow before it begins, filling while it goes on. The latest ones where not all have room.</summary>
internal sealed class RepetitionChips
{
    private readonly OverlayBrush brush;
    private readonly IReadOnlyList<RepetitionReport> repetitions;
    private readonly SKRect area;
    private readonly float radius;
    private readonly float step;
    private readonly int shown;

    /// <summary>For the space that the status plate leaves.</summary>
    public RepetitionChips(OverlayBrush brush, IReadOnlyList<RepetitionReport> repetitions, SKRect area)
    {
        this.brush = brush;
        this.repetitions = repetitions;
        this.area = area;
        radius = 8.5f * brush.Unit;
        step = 23 * brush.Unit;
        shown = Math.Clamp((int)((area.Width + step - (2 * radius)) / step), 0, repetitions.Count);
    }

    /// <summary>Draws the signs at a moment.</summary>
    public void Paint(SKCanvas canvas, RepetitionMoment moment)
    {
        var at = moment.Shown?.Index ?? 1;
        var first = Math.Clamp(at - shown + 1, 0, repetitions.Count - shown);
        for (var chip = 0; chip < shown; chip++)
        {
            var repetition = repetitions[first + chip];
            var centre = new SKPoint(area.Right - radius - ((shown - 1 - chip) * step), area.Top + radius + (2 * brush.Unit));
            brush.Disc(canvas, centre, radius + (2 * brush.Unit), OverlayTheme.Plate);
            if (moment.Last is { } last && repetition.Index <= last.Index)
            {
                brush.Sign(canvas, centre, radius, repetition.Verdict, repetition.Watch);
                continue;
            }

            var width = 2.5f * brush.Unit;
            brush.Ring(canvas, centre, radius - (width / 2), width, OverlayTheme.Track);
            if (moment.Current is { } current && current.Index == repetition.Index)
            {
                brush.Arc(canvas, centre, radius - (width / 2), -90, (float)(360 * moment.Progress), width, OverlayTheme.Text);
            }
        }
    }
}
