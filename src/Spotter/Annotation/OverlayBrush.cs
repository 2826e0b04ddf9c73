using SkiaSharp;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Draws what all parts of the overlay share: plates, texts and the signs of verdicts.</summary>
internal sealed class OverlayBrush(PictureScale picture) : IDisposable
{
    private readonly SKPaint fill = new() { IsAntialias = true };
    private readonly SKPaint stroke = new() { IsAntialias = true, IsStroke = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };

    /// <summary>The painted picture.</summary>
    public PictureScale Picture { get; } = picture;

    /// <summary>The overlay's unit, pixels.</summary>
    public float Unit => Picture.Unit;

    /// <summary>How opaque all that follows is drawn, 0 to 1: a layer of its own for what fades would cost a copy of its pixels.</summary>
    public float Opacity { get; set; } = 1;

    /// <summary>The texts laid out so far.</summary>
    public TextCache Texts { get; } = new();

    /// <summary>A dark plate with round corners and a fine edge.</summary>
    public void Plate(SKCanvas canvas, SKRect rectangle, float radius)
    {
        Fill(canvas, rectangle, radius, OverlayTheme.Plate);
        var edge = Math.Max(1, Unit * 0.75f);
        rectangle.Inflate(-edge / 2, -edge / 2);
        stroke.StrokeWidth = edge;
        stroke.Color = Faded(OverlayTheme.Edge);
        canvas.DrawRoundRect(rectangle, radius - (edge / 2), radius - (edge / 2), stroke);
    }

    /// <summary>A plain shape with round corners.</summary>
    public void Fill(SKCanvas canvas, SKRect rectangle, float radius, SKColor colour)
    {
        fill.Color = Faded(colour);
        canvas.DrawRoundRect(rectangle, radius, radius, fill);
    }

    /// <summary>A disc.</summary>
    public void Disc(SKCanvas canvas, SKPoint centre, float radius, SKColor colour)
    {
        fill.Color = Faded(colour);
        canvas.DrawCircle(centre, radius, fill);
    }

    /// <summary>A circle.</summary>
    public void Ring(SKCanvas canvas, SKPoint centre, float radius, float width, SKColor colour)
    {
        stroke.StrokeWidth = width;
        stroke.Color = Faded(colour);
        canvas.DrawCircle(centre, radius, stroke);
    }

    /// <summary>Part of a circle.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="centre">Centre of the circle.</param>
    /// <param name="radius">Its radius, pixels.</param>
    /// <param name="start">Where the arc starts, degrees clockwise from the right.</param>
    /// <param name="sweep">How far it goes, degrees clockwise.</param>
    /// <param name="width">Width of the line, pixels.</param>
    /// <param name="colour">Its colour.</param>
    public void Arc(SKCanvas canvas, SKPoint centre, float radius, float start, float sweep, float width, SKColor colour)
    {
        stroke.StrokeWidth = width;
        stroke.Color = Faded(colour);
        canvas.DrawArc(Square(centre, radius), start, sweep, false, stroke);
    }

    /// <summary>A slice of a disc, angles as in <see cref="Arc"/>.</summary>
    public void Slice(SKCanvas canvas, SKPoint centre, float radius, float start, float sweep, SKColor colour)
    {
        fill.Color = Faded(colour);
        canvas.DrawArc(Square(centre, radius), start, sweep, true, fill);
    }

    /// <summary>A line with round ends.</summary>
    public void Line(SKCanvas canvas, SKPoint from, SKPoint to, float width, SKColor colour)
    {
        stroke.StrokeWidth = width;
        stroke.Color = Faded(colour);
        canvas.DrawLine(from, to, stroke);
    }

    /// <summary>A text with its top left corner at a point.</summary>
    public void Text(SKCanvas canvas, TextLayout text, float x, float y, SKColor colour)
    {
        fill.Color = Faded(colour);
        text.Draw(canvas, x, y, fill);
    }

    /// <summary>The sign of a verdict: a tick, a cross or a question mark on a disc of the verdict's colour.</summary>
    public void Sign(SKCanvas canvas, SKPoint centre, float radius, Verdict verdict, bool watch)
    {
        Disc(canvas, centre, radius, OverlayTheme.Colour(verdict, watch));
        stroke.StrokeWidth = radius * 0.26f;
        stroke.Color = Faded(OverlayTheme.Ink);
        using var shape = new SKPath();
        switch (verdict)
        {
            case Verdict.Correct:
                shape.MoveTo(centre.X - (radius * 0.42f), centre.Y + (radius * 0.03f));
                shape.LineTo(centre.X - (radius * 0.1f), centre.Y + (radius * 0.36f));
                shape.LineTo(centre.X + (radius * 0.44f), centre.Y - (radius * 0.32f));
                break;
            case Verdict.Incorrect:
                var arm = radius * 0.34f;
                shape.MoveTo(centre.X - arm, centre.Y - arm);
                shape.LineTo(centre.X + arm, centre.Y + arm);
                shape.MoveTo(centre.X + arm, centre.Y - arm);
                shape.LineTo(centre.X - arm, centre.Y + arm);
                break;
            default:
                shape.AddArc(new SKRect(centre.X - (radius * 0.3f), centre.Y - (radius * 0.52f), centre.X + (radius * 0.3f), centre.Y + (radius * 0.08f)), 180, 240);
                shape.LineTo(centre.X, centre.Y + (radius * 0.2f));
                Disc(canvas, new SKPoint(centre.X, centre.Y + (radius * 0.52f)), radius * 0.15f, OverlayTheme.Ink);
                break;
        }

        canvas.DrawPath(shape, stroke);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        fill.Dispose();
        stroke.Dispose();
        Texts.Dispose();
    }

    private SKColor Faded(SKColor colour) => Opacity >= 1 ? colour : colour.WithAlpha((byte)(colour.Alpha * Opacity));

    private static SKRect Square(SKPoint centre, float radius) => new(centre.X - radius, centre.Y - radius, centre.X + radius, centre.Y + radius);
}
