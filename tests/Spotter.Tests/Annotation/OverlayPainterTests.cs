using System.Runtime.InteropServices;
using SkiaSharp;
using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class OverlayPainterTests
{
    public static TheoryData<int, int> Sizes => new() { { 360, 640 }, { 640, 360 }, { 1280, 720 }, { 720, 720 }, { 1280, 540 }, { 3840, 2160 } };

    [Fact]
    public void Texts_OnPlatesOverAnyVideo_HaveAContrastOf4Point5()
    {
        SKColor[] texts =
        [
            OverlayTheme.Text, OverlayTheme.QuietText,
            .. Enum.GetValues<Verdict>().Select(verdict => OverlayTheme.Colour(verdict)), OverlayTheme.Colour(Verdict.Correct, watch: true),
        ];
        foreach (var ground in new[] { SKColors.White, SKColors.Black, SKColors.Yellow, SKColors.Cyan })
        {
            Assert.All(texts, text => Assert.True(Scene.Contrast(text, Scene.Over(OverlayTheme.Plate, ground)) >= 4.5));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Plates_AtAnySize_AreInsideThePictureAndApart(int width, int height)
    {
        var picture = new PictureScale(width, height);
        using var brush = new OverlayBrush(picture);
        var status = new StatusPlate(brush, Scene.Incorrect).Bounds;
        var bar = new PhaseBar(brush).Bounds;
        var callouts = CalloutSchedule.Make(Scene.Incorrect);
        var card = new FindingCard(brush, bar.Top, callouts, new PoseTimeline(Scene.Body(width, height), picture));
        SKRect[] plates = [status, bar, new ReasonBanner(brush, Scene.CannotJudge, picture.Safe.Bottom).Bounds, .. callouts.Select(card.Bounds)];

        var bounds = SKRect.Inflate(picture.Bounds, 0.01f, 0.01f);
        Assert.All(plates, plate => Assert.True(bounds.Contains(plate), $"{plate} is not inside {picture.Bounds}"));
        Assert.All(callouts, callout => Assert.False(card.Bounds(callout).IntersectsWith(status)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Paint_Finding_IsReadableAtItsMomentOnly(int width, int height)
    {
        var body = Scene.Body(width, height);
        using var during = Painted(width, height, Scene.Incorrect, body, 1.5);
        using var without = Painted(width, height, Scene.Report(Verdict.Correct, [.. Scene.Incorrect.Repetitions.Select(repetition => repetition with { Findings = [] })]), body, 1.5);
        using var later = Painted(width, height, Scene.Incorrect, body, 7.5);

        Assert.True(Different(during, without) > 0.02 * width * height, "the callout must be seen");
        Assert.True(Count(during, SKColors.White) > Count(later, SKColors.White));
    }

    [Fact]
    public void Paint_Finding_RingsTheJoint()
    {
        var body = Scene.Body(1280, 720);
        using var picture = Painted(1280, 720, Scene.Incorrect, body, 1.5);
        var elbow = body[0, Joint.LeftElbow];

        var around = Enumerable.Range(0, 60).Select(offset => picture.GetPixel((int)elbow.X, (int)elbow.Y - offset)).ToArray();
        AssertNear(BlameRamp.Colour(0.8f), around[0]);
        Assert.Contains(SKColors.White, around);
    }

    [Fact]
    public void Paint_CannotJudge_ShowsTheBannerWithoutCounter()
    {
        var grey = new SKColor(0x55, 0x55, 0x55);
        using var picture = Scene.Picture(360, 640, grey);
        Scene.Paint(picture, Scene.CannotJudge, Scene.Body(360, 640), 1);

        Assert.Equal(grey, picture.GetPixel(30, 30));
        AssertNear(Scene.Over(OverlayTheme.Plate, grey), picture.GetPixel(180, 640 - 17));
    }

    [Fact]
    public void Paint_NoRepetitionsAndNobody_LeavesTheFrameAsItIs()
    {
        using var picture = Scene.Picture(360, 640, SKColors.Gray);
        Scene.Paint(picture, Scene.Report(Verdict.Correct), Scene.Body(360, 640, 0), 1);

        Assert.Equal(360 * 640, Count(picture, SKColors.Gray));
    }

    [Theory]
    [InlineData(64, 48)]
    [InlineData(32, 1000)]
    [InlineData(1000, 32)]
    public void Paint_AbsurdSizes_DoesNotFail(int width, int height)
    {
        var body = Scene.Body(width, height);
        using var picture = Painted(width, height, Scene.Incorrect, body, 1.5);
        Scene.Paint(picture, Scene.CannotJudge, body, 1);
    }

    [Fact]
    public void Paint_HundredRepetitionsWithoutPause_ShowsVerdictOfTheLast()
    {
        var report = Scene.Report(Verdict.Incorrect, [.. Enumerable.Range(1, 100).Select(index => Scene.Repetition(index, index * 3, index % 2 == 0 ? Verdict.Correct : Verdict.Incorrect))]);
        using var picture = Painted(1280, 720, report, Scene.Body(1280, 720), 20.1 * 3);

        Assert.True(Count(picture, OverlayTheme.Colour(Verdict.Incorrect)) > 100);
        Assert.True(Count(picture, OverlayTheme.Colour(Verdict.Correct)) > 100);
    }

    [Fact]
    public void Paint_KeepsOutsideOfPlatesAndBodyUntouched()
    {
        using var picture = Painted(1280, 720, Scene.Incorrect, Scene.Body(1280, 720), 7.5);

        var clear = SKRectI.Create(900, 120, 350, 480);
        for (var y = clear.Top; y < clear.Bottom; y += 3)
        {
            for (var x = clear.Left; x < clear.Right; x += 3)
            {
                Assert.Equal(SKColors.DimGray, picture.GetPixel(x, y));
            }
        }
    }

    // Blending rounds to either side.
    private static void AssertNear(SKColor expected, SKColor actual) => Assert.InRange(
        Math.Max(Math.Abs(expected.Red - actual.Red), Math.Max(Math.Abs(expected.Green - actual.Green), Math.Abs(expected.Blue - actual.Blue))), 0, 1);

    private static SKBitmap Painted(int width, int height, Report report, SkeletonSequence body, double seconds)
    {
        var picture = Scene.Picture(width, height, SKColors.DimGray);
        Scene.Paint(picture, report, body, seconds);
        return picture;
    }

    private static int Count(SKBitmap picture, SKColor colour) => MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan()).Count((uint)colour);

    private static int Different(SKBitmap a, SKBitmap b)
    {
        var left = MemoryMarshal.Cast<byte, uint>(a.GetPixelSpan());
        var right = MemoryMarshal.Cast<byte, uint>(b.GetPixelSpan());
        var different = 0;
        for (var at = 0; at < left.Length; at++)
        {
            different += left[at] == right[at] ? 0 : 1;
        }

        return different;
    }
}
