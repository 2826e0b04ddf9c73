using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class CorrectPositionTests
{
    private const int Width = 300;
    private const int Height = 400;
    private const int HighestElbow = 140;

    private static readonly SKColor Unpainted = SKColors.Magenta;

    [Fact]
    public void TryPaint_SunkenElbow_ShowsBothArmsAlike()
    {
        using var picture = Paint(Scene.Elbow with { Measure = "elbow-height-bottom", Value = -0.4, Expected = [-0.1, 0.1] });
        var marked = OverlayTheme.Colour(Verdict.Correct);
        SKPointI[] places = [.. from x in Enumerable.Range(0, Width) from y in Enumerable.Range(0, Height) where picture.GetPixel(x, y) == marked select new SKPointI(x, y)];

        var left = places.Where(place => place.X > Width / 2).ToArray();
        var right = places.Where(place => place.X < Width / 2).ToArray();
        Assert.InRange(right.Length, left.Length * 0.8, left.Length * 1.2);
        Assert.Equal(left.Average(place => place.Y), right.Average(place => place.Y), 2.0);
        Assert.Equal(left.Average(place => place.X) - (Width / 2.0), (Width / 2.0) - right.Average(place => place.X), 3.0);
    }

    [Fact]
    public void TryPaint_LeaningTrunk_CarriesTheArmsWithIt()
    {
        using var picture = Paint(Scene.Lean with { Value = 25, Expected = [-2, 5] }, lean: 120);
        using var upright = Paint(Scene.Lean with { Value = 25, Expected = [24, 30], Measure = "path-distance", Shift = [0, 0] }, lean: 120);

        // The hands, which lean to the right, are brought back over the hips.
        Assert.InRange(Hands(upright) - Hands(picture), 10, 80);
    }

    [Fact]
    public void TryPaint_Haste_HasNoPlaceAndDrawsNothing()
    {
        using var picture = Paint(Scene.Elbow with { Measure = "seconds-up", Value = 0.3, Expected = [1, 2] });
        Assert.Equal(Unpainted, picture.GetPixel(Width / 2, Height / 2));
    }

    private static SKBitmap Paint(Finding finding, float lean = 0)
    {
        var picture = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        picture.Erase(Unpainted);
        using var canvas = new SKCanvas(picture);
        CorrectPosition.TryPaint(canvas, finding, new PoseTimeline(Leaning(lean), new PictureScale(Width, Height)), 1.5);
        return picture;
    }

    // Farther to the right the higher a joint is.
    private static SkeletonSequence Leaning(float lean)
    {
        var body = Scene.Body(Width, Height);
        var keypoints = body.Keypoints.ToArray(); // x, y, confidence, x, …
        for (var x = 0; x < keypoints.Length; x += 3)
        {
            keypoints[x] += lean * (Height - keypoints[x + 1]) / Height;
        }

        return new SkeletonSequence(keypoints, body.Timestamps.ToArray(), Width, Height);
    }

    // Mean place of what is drawn as high as the hands.
    private static double Hands(SKBitmap picture)
    {
        var ground = picture.GetPixel(0, 0);
        return (from x in Enumerable.Range(0, Width) from y in Enumerable.Range(0, HighestElbow) where picture.GetPixel(x, y) != ground select x).Average();
    }
}
