using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Along the lower edge: how far the repetition is, with its turning point marked and the moments of its findings coloured.</summary>
internal sealed class PhaseBar
{
    private readonly OverlayBrush brush;
    private readonly SKRect track;

    /// <summary>For one size of picture.</summary>
    public PhaseBar(OverlayBrush brush)
    {
        this.brush = brush;
        var safe = brush.Picture.Safe;
        Bounds = new SKRect(safe.Left, safe.Bottom - (20 * brush.Unit), safe.Right, safe.Bottom);
        track = SKRect.Inflate(Bounds, -12 * brush.Unit, -6.5f * brush.Unit);
    }

    /// <summary>Where the bar is.</summary>
    public SKRect Bounds { get; }

    /// <summary>Draws the bar at a moment.</summary>
    public void Paint(SKCanvas canvas, RepetitionMoment moment)
    {
        var unit = brush.Unit;
        var radius = track.Height / 2;
        brush.Plate(canvas, Bounds, Bounds.Height / 2);
        brush.Fill(canvas, track, radius, OverlayTheme.Track);
        if (moment.Shown is not { } repetition)
        {
            return;
        }

        var head = X(moment.Progress);
        brush.Fill(canvas, new SKRect(track.Left, track.Top, Math.Max(head, track.Left + track.Height), track.Bottom), radius, BlameRamp.Colour(0));
        foreach (var finding in repetition.Findings)
        {
            var from = X(Phase(repetition, finding.StartSeconds));
            var to = Math.Max(X(Phase(repetition, finding.EndSeconds)), from + track.Height);
            var colour = BlameRamp.Colour((float)Math.Sqrt(Math.Clamp(finding.Contribution, 0, 1)));
            brush.Fill(canvas, new SKRect(from, track.Top, Math.Min(to, track.Right), track.Bottom), radius, colour);
        }

        var turn = X(Phase(repetition, repetition.TurningSeconds));
        brush.Line(canvas, new SKPoint(turn, track.Top - (3 * unit)), new SKPoint(turn, track.Bottom + (3 * unit)), 4.5f * unit, OverlayTheme.Ink);
        brush.Line(canvas, new SKPoint(turn, track.Top - (3 * unit)), new SKPoint(turn, track.Bottom + (3 * unit)), 2 * unit, OverlayTheme.Text);
        if (moment.Current is not null)
        {
            brush.Disc(canvas, new SKPoint(head, track.MidY), 8 * unit, OverlayTheme.Ink);
            brush.Disc(canvas, new SKPoint(head, track.MidY), 6 * unit, OverlayTheme.Text);
        }
    }

    private static double Phase(RepetitionReport repetition, double seconds) =>
        Math.Clamp((seconds - repetition.StartSeconds) / Math.Max(1e-6, repetition.EndSeconds - repetition.StartSeconds), 0, 1);

    private float X(double phase) => track.Left + (float)(phase * track.Width);
}
