using SkiaSharp;
using Spotter.Explanation;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>What stands where on the closing card: texts from the top down, as many findings as the picture has room for.</summary>
internal sealed class ClosingCardLayout
{
    private const float Padding = 18;
    private const float SignRadius = 19;
    private const float ChipRadius = 11;
    private const float ChipStep = 30;
    private const int MostChipRows = 2;

    private readonly List<(TextLayout Text, SKPoint At, SKColor Colour)> texts = [];
    private readonly List<(SKPoint Centre, RepetitionReport Repetition)> chips = [];
    private SKPoint sign;

    private ClosingCardLayout(SKRect bounds) => Bounds = bounds;

    /// <summary>Where the card is.</summary>
    public SKRect Bounds { get; private set; }

    /// <summary>Lays the card out, with fewer findings where they do not all fit.</summary>
    public static ClosingCardLayout Make(OverlayBrush brush, Report report, int mostFindings)
    {
        for (var findings = mostFindings; ; findings--)
        {
            var layout = Make(brush, report, Advice(report).Take(findings).ToList());
            if (findings == 0 || layout.Bounds.Height <= brush.Picture.Safe.Height)
            {
                return layout;
            }
        }
    }

    /// <summary>Draws the card.</summary>
    public void Paint(SKCanvas canvas, OverlayBrush brush, Report report)
    {
        var unit = brush.Unit;
        brush.Plate(canvas, Bounds, 18 * unit);
        brush.Sign(canvas, sign, SignRadius * unit, report.Verdict, watch: false);
        foreach (var (centre, repetition) in chips)
        {
            brush.Sign(canvas, centre, ChipRadius * unit, repetition.Verdict, repetition.Watch);
        }

        foreach (var (text, at, colour) in texts)
        {
            brush.Text(canvas, text, at.X, at.Y, colour);
        }
    }

    private static ClosingCardLayout Make(OverlayBrush brush, Report report, IReadOnlyList<(string Where, string Text)> advice)
    {
        var (unit, safe) = (brush.Unit, brush.Picture.Safe);
        var width = Math.Min(safe.Width, 380 * unit);
        var layout = new ClosingCardLayout(SKRect.Create(safe.MidX - (width / 2), 0, width, 0));
        var (left, inner) = (layout.Bounds.Left + (Padding * unit), width - (2 * Padding * unit));
        var y = Padding * unit;

        var headLeft = left + (((2 * SignRadius) + 12) * unit);
        var headline = brush.Texts[OverlayWords.Headline(report), 23 * unit, FontWeight.Bold, left + inner - headLeft, 2];
        var subtitle = brush.Texts[Subtitle(report), 13.5f * unit, FontWeight.Medium, left + inner - headLeft, 2];
        layout.sign = new SKPoint(left + (SignRadius * unit), y + (SignRadius * unit) + unit);
        layout.texts.Add((headline, new SKPoint(headLeft, y - (3 * unit)), OverlayTheme.Text));
        layout.texts.Add((subtitle, new SKPoint(headLeft, y + headline.Height - (2 * unit)), OverlayTheme.QuietText));
        y += Math.Max(2 * SignRadius * unit, headline.Height + subtitle.Height - (2 * unit));

        y = layout.AddChips(brush, report.Repetitions, left, inner, y);
        foreach (var (where, text) in advice)
        {
            y += 13 * unit;
            var heading = brush.Texts[where, 12.5f * unit, FontWeight.Bold, inner, 1];
            var body = brush.Texts[text, 14.5f * unit, FontWeight.Medium, inner, 4];
            layout.texts.Add((heading, new SKPoint(left, y), OverlayTheme.Colour(report.Verdict == Verdict.CannotJudge ? Verdict.CannotJudge : Verdict.Incorrect)));
            layout.texts.Add((body, new SKPoint(left, y + heading.Height), OverlayTheme.Text));
            y += heading.Height + body.Height;
        }

        layout.Centre(y + (Padding * unit), safe);
        return layout;
    }

    private float AddChips(OverlayBrush brush, IReadOnlyList<RepetitionReport> repetitions, float left, float inner, float y)
    {
        var unit = brush.Unit;
        var aRow = Math.Max(1, (int)((inner + ((ChipStep - (2 * ChipRadius)) * unit)) / (ChipStep * unit)));
        if (repetitions.Count == 0 || repetitions.Count > aRow * MostChipRows)
        {
            return y;
        }

        // Rows of the same length look better than a full one and a rest.
        var rows = (repetitions.Count + aRow - 1) / aRow;
        aRow = (repetitions.Count + rows - 1) / rows;

        y += 15 * unit;
        for (var index = 0; index < repetitions.Count; index++)
        {
            var (row, column) = Math.DivRem(index, aRow);
            chips.Add((new SKPoint(left + (((column * ChipStep) + ChipRadius) * unit), y + (((row * ChipStep) + ChipRadius) * unit)), repetitions[index]));
        }

        return y + ((((rows - 1) * ChipStep) + (2 * ChipRadius)) * unit);
    }

    private void Centre(float height, SKRect safe)
    {
        var top = Math.Max(safe.Top, safe.MidY - (height / 2));
        Bounds = SKRect.Create(Bounds.Left, top, Bounds.Width, height);
        sign.Offset(0, top);
        for (var index = 0; index < texts.Count; index++)
        {
            var (text, at, colour) = texts[index];
            texts[index] = (text, new SKPoint(at.X, at.Y + top), colour);
        }

        for (var index = 0; index < chips.Count; index++)
        {
            var (centre, repetition) = chips[index];
            chips[index] = (new SKPoint(centre.X, centre.Y + top), repetition);
        }
    }

    private static string Subtitle(Report report)
    {
        var exercise = OverlayWords.Exercise(report.Exercise);
        if (report.Repetitions.Count == 0)
        {
            return exercise;
        }

        return exercise.Length == 0 ? OverlayWords.Count(report) : $"{exercise} · {OverlayWords.Count(report)}";
    }

    // The same thing found in several repetitions is said once.
    private static IEnumerable<(string Where, string Text)> Advice(Report report)
    {
        var reasons = report.Reasons.Select(reason => (OverlayWords.Why, reason.Text)).Concat(report.Notes.Select(note => (OverlayWords.Why, note.Text)));
        var findings = RepeatedFinding.Of(report.Repetitions.Where(repetition => repetition.Verdict == Verdict.Incorrect))
            .Select(thing => (thing.Where, thing.Said.Finding.Text));
        return report.Verdict == Verdict.CannotJudge ? reasons.Concat(findings) : findings.Concat(reasons);
    }
}
