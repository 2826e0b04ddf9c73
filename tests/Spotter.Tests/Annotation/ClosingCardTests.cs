using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;

namespace Spotter.Tests.Annotation;

public sealed class ClosingCardTests
{
    [Theory]
    [InlineData(360, 640)]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    [InlineData(3840, 2160)]
    public void Bounds_LongReport_FitThePicture(int width, int height)
    {
        var finding = Scene.Elbow with { Text = string.Join(' ', Enumerable.Repeat(Scene.Elbow.Text, 3)) };
        var repetitions = Enumerable.Range(1, 14).Select(index => Scene.Repetition(
            index, index * 3, Verdict.Incorrect, finding, Scene.Lean, Scene.Lean with { Joint = "left-knee" })).ToArray();
        using var card = new ClosingCard(new PictureScale(width, height), Scene.Report(Verdict.Incorrect, repetitions));

        Assert.True(new PictureScale(width, height).Bounds.Contains(card.Bounds), $"{card.Bounds}");
    }

    [Fact]
    public void Paint_WhenFadedIn_DimsThePictureAndShowsVerdictColours()
    {
        using var picture = Scene.Picture(1280, 720, SKColors.White);
        Paint(picture, Scene.Incorrect, 1);

        Assert.True(picture.GetPixel(10, 10).Red < 140);
        Assert.Contains(OverlayTheme.Colour(Verdict.Incorrect), picture.Pixels);
        Assert.Contains(OverlayTheme.Colour(Verdict.Correct), picture.Pixels);
    }

    [Fact]
    public void Paint_AtItsStart_IsTheLastFrame()
    {
        using var picture = Scene.Picture(640, 360, SKColors.Teal);
        Paint(picture, Scene.CannotJudge, 0);

        Assert.Equal([SKColors.Teal], picture.Pixels.Distinct());
    }

    [Fact]
    public void Paint_SameFindingInSeveralRepetitions_IsSaidOnce()
    {
        var picture = new PictureScale(640, 360);
        using var once = new ClosingCard(picture, Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow), Scene.Repetition(2, 3, Verdict.Correct)));
        using var twice = new ClosingCard(picture, Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow), Scene.Repetition(2, 3, Verdict.Incorrect, Scene.Elbow)));

        Assert.Equal(once.Bounds, twice.Bounds);
    }

    private static void Paint(SKBitmap picture, Report report, double seconds)
    {
        using var card = new ClosingCard(new PictureScale(picture.Width, picture.Height), report);
        using var last = SKImage.FromBitmap(picture);
        using var canvas = new SKCanvas(picture);
        card.Paint(canvas, last, seconds);
    }
}
