using CsCheck;
using SkiaSharp;
using Spotter.Annotation;

namespace Spotter.Tests.Annotation;

public sealed class TextLayoutTests
{
    private const string Sentence = "Straighten your left elbow fully at the top: 152°, good repetitions reach 166–180°.";

    [Fact]
    public void BuiltIn_OnAnyMachine_IsInterWithTheSignsOfReports()
    {
        foreach (var weight in new[] { FontWeight.Medium, FontWeight.Bold })
        {
            Assert.Equal("Inter", AnnotationFonts.BuiltIn(weight).FamilyName);
            Assert.All("°–−…·%/", sign => Assert.True(AnnotationFonts.BuiltIn(weight).ContainsGlyph(sign)));
        }
    }

    [Fact]
    public void Lines_AnyTextAndWidth_KeepAllWordsWithinTheWidth() =>
        Gen.Select(Gen.String[Gen.Char["abcdefgh ij-klmno pqrst°– 屈手肘"], 0, 120], Gen.Float[20, 400], Gen.Float[9, 40]).Sample(
            (text, width, size) =>
            {
                using var layout = new TextLayout(text, size, FontWeight.Medium, width);
                Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(layout.Lines).Replace(" ", "", StringComparison.Ordinal));
                Assert.True(layout.Width <= width || layout.Lines.All(line => line.Length <= 1 || Width(line, size) <= width));
                Assert.Equal(layout.Lines.Count * layout.LineHeight, layout.Height, 0.01f);
            },
            iter: 300);

    [Fact]
    public void Lines_TooManyForTheLimit_EndInAnEllipsisThatFits()
    {
        using var layout = new TextLayout(Sentence, 14, FontWeight.Medium, 150, 2);

        Assert.Equal(2, layout.Lines.Count);
        Assert.EndsWith("…", layout.Lines[1], StringComparison.Ordinal);
        Assert.True(layout.Width <= 150);
    }

    [Fact]
    public void Lines_ExactlyTheLimit_HaveNoEllipsis()
    {
        using var free = new TextLayout(Sentence, 14, FontWeight.Medium, 150);
        using var limited = new TextLayout(Sentence, 14, FontWeight.Medium, 150, free.Lines.Count);

        Assert.Equal(free.Lines, limited.Lines);
    }

    [Fact]
    public void Lines_OfAParagraph_AreOfAboutTheSameLength()
    {
        using var layout = new TextLayout("Keep your trunk upright on the way up: you lean back 14°, good repetitions stay below 8°.", 14, FontWeight.Medium, 300);

        Assert.True(layout.Lines.Min(line => line.Length) > layout.Lines.Max(line => line.Length) * 0.7, string.Join('|', layout.Lines));
    }

    [Fact]
    public void Lines_Chinese_BreakBetweenCharactersButNotBeforeAStop()
    {
        using var layout = new TextLayout("推到最高點時把左手肘完全伸直。", 20, FontWeight.Medium, 100);

        Assert.True(layout.Lines.Count >= 3);
        Assert.All(layout.Lines, line => Assert.False(line.StartsWith('。')));
    }

    [Fact]
    public void Draw_Text_StaysInItsBox()
    {
        using var layout = new TextLayout("Ågjpqy " + Sentence, 20, FontWeight.Bold, 180);
        using var picture = Scene.Picture(260, (int)layout.Height + 40, SKColors.Black);
        using var canvas = new SKCanvas(picture);
        using var paint = new SKPaint { Color = SKColors.White };
        layout.Draw(canvas, 20, 20, paint);

        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var inside = x >= 19 && x <= 21 + layout.Width && y >= 20 && y < 20 + layout.Height;
                Assert.True(inside || picture.GetPixel(x, y) == SKColors.Black, $"ink at {x}, {y}");
            }
        }
    }

    private static float Width(string line, float size)
    {
        using var layout = new TextLayout(line, size, FontWeight.Medium);
        return layout.Width;
    }
}
