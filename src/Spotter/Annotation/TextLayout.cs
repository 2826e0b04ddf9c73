using System.Text;
using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>
/// A text broken into lines of about the same length that fit a width, measured once and drawn often. Breaks after spaces and hyphens and between Chinese, Japanese and
/// Korean characters; a word too long for a line is broken anywhere; what exceeds the allowed lines ends in an ellipsis.
/// </summary>
internal sealed class TextLayout : IDisposable
{
    private const string Ellipsis = "…";

    private readonly List<(SKTextBlob Blob, float X, float Baseline)> blobs = [];

    /// <summary>Lays a text out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the type in pixels.</param>
    /// <param name="weight">Weight of the type.</param>
    /// <param name="maximumWidth">Width that no line exceeds, pixels.</param>
    /// <param name="maximumLines">Most lines.</param>
    public TextLayout(string text, float size, FontWeight weight, float maximumWidth = float.PositiveInfinity, int maximumLines = int.MaxValue)
    {
        Size = size;
        LineHeight = size * 1.3f;
        var lines = Balance(text, size, weight, maximumWidth, maximumLines);
        Lines = lines;
        for (var line = 0; line < lines.Count; line++)
        {
            // Inter's capitals are 0.727 em high: this puts their middle on the line's middle, which looks centred in a plate.
            var baseline = (line * LineHeight) + (LineHeight / 2) + (size * 0.364f);
            Width = Math.Max(Width, AddLine(lines[line], size, weight, baseline));
        }

        Height = lines.Count * LineHeight;
    }

    /// <summary>The text of each line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Size of the type, pixels.</summary>
    public float Size { get; }

    /// <summary>Distance between lines, pixels.</summary>
    public float LineHeight { get; }

    /// <summary>Width of the longest line, pixels.</summary>
    public float Width { get; }

    /// <summary>Height of all lines, pixels.</summary>
    public float Height { get; }

    /// <summary>Draws the text with its top left corner at a point.</summary>
    public void Draw(SKCanvas canvas, float x, float y, SKPaint paint)
    {
        foreach (var (blob, left, baseline) in blobs)
        {
            canvas.DrawText(blob, x + left, y + baseline, paint);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (blob, _, _) in blobs)
        {
            blob.Dispose();
        }

        blobs.Clear();
    }

    // The narrowest width that needs no more lines leaves no single word on the last one.
    private static List<string> Balance(string text, float size, FontWeight weight, float maximumWidth, int maximumLines)
    {
        var best = Break(text, size, weight, maximumWidth, maximumLines);
        if (best.Count < 2 || best[^1].EndsWith(Ellipsis, StringComparison.Ordinal))
        {
            return best;
        }

        var (narrow, wide) = (maximumWidth / 2, maximumWidth);
        while (wide - narrow > size / 4)
        {
            var middle = (narrow + wide) / 2;
            var lines = Break(text, size, weight, middle, int.MaxValue);
            if (lines.Count > best.Count)
            {
                narrow = middle;
            }
            else
            {
                (best, wide) = (lines, middle);
            }
        }

        return best;
    }

    private static List<string> Break(string text, float size, FontWeight weight, float maximumWidth, int maximumLines)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var pieces = new Queue<string>(Pieces(text, size, weight, maximumWidth));
        while (pieces.TryPeek(out var piece))
        {
            if (line.Length > 0 && Measure(line + piece.TrimEnd(), size, weight) > maximumWidth)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
                if (lines.Count == maximumLines)
                {
                    lines[^1] = Shorten(lines[^1], size, weight, maximumWidth);
                    return lines;
                }

                continue;
            }

            line.Append(pieces.Dequeue());
        }

        lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    private static string Shorten(string line, float size, FontWeight weight, float maximumWidth)
    {
        while (line.Length > 0 && Measure(line + Ellipsis, size, weight) > maximumWidth)
        {
            line = line[..^1].TrimEnd();
        }

        return line.TrimEnd('.', ',', ';', ':') + Ellipsis;
    }

    private static IEnumerable<string> Pieces(string text, float size, FontWeight weight, float maximumWidth)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!MayBreakAfter(text, at))
            {
                continue;
            }

            foreach (var piece in Split(text[start..(at + 1)], size, weight, maximumWidth))
            {
                yield return piece;
            }

            start = at + 1;
        }
    }

    private static IEnumerable<string> Split(string word, float size, FontWeight weight, float maximumWidth)
    {
        while (word.Length > 1 && Measure(word.TrimEnd(), size, weight) > maximumWidth)
        {
            var length = word.Length - 1;
            while (length > 1 && Measure(word[..length], size, weight) > maximumWidth)
            {
                length--;
            }

            yield return word[..length];
            word = word[length..];
        }

        yield return word;
    }

    private static bool MayBreakAfter(string text, int at)
    {
        if (at == text.Length - 1 || text[at] == ' ')
        {
            return true;
        }

        // Closing punctuation stays with what it closes.
        return (text[at] == '-' && char.IsLetter(text[at + 1])) || (IsIdeographic(text[at]) && IsIdeographic(text[at + 1]) && !IsClosing(text[at + 1]));
    }

    private static bool IsIdeographic(char character) => character is >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF00' and <= '\uFFEF';

    private static bool IsClosing(char character) => character is '，' or '。' or '、' or '；' or '：' or '？' or '！' or '」' or '』' or '）' or '〉' or '》';

    private static float Measure(string text, float size, FontWeight weight)
    {
        var width = 0f;
        foreach (var (run, typeface) in Runs(text, weight))
        {
            using var font = Font(typeface, size);
            width += font.MeasureText(run);
        }

        return width;
    }

    private static IEnumerable<(string Text, SKTypeface Typeface)> Runs(string text, FontWeight weight)
    {
        var run = new StringBuilder();
        SKTypeface? current = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var typeface = AnnotationFonts.For(rune, weight);
            if (current is not null && !ReferenceEquals(current, typeface))
            {
                yield return (run.ToString(), current);
                run.Clear();
            }

            current = typeface;
            run.Append(rune);
        }

        if (current is not null)
        {
            yield return (run.ToString(), current);
        }
    }

    private static SKFont Font(SKTypeface typeface, float size) => new(typeface, size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };

    private float AddLine(string line, float size, FontWeight weight, float baseline)
    {
        var x = 0f;
        foreach (var (run, typeface) in Runs(line, weight))
        {
            using var font = Font(typeface, size);
            if (SKTextBlob.Create(run, font) is { } blob)
            {
                blobs.Add((blob, x, baseline));
            }

            x += font.MeasureText(run);
        }

        return x;
    }
}
