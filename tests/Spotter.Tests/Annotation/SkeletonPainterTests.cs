using SkiaSharp;
using Spotter.Annotation;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class SkeletonPainterTests
{
    [Theory]
    [InlineData(360, 640, "black")]
    [InlineData(360, 640, "white")]
    [InlineData(1280, 720, "white")]
    [InlineData(3840, 2160, "black")]
    public void Paint_BlamedJoint_HasItsColourAndIsLargerThanOthers(int width, int height, string ground)
    {
        using var picture = Scene.Picture(width, height, SKColor.Parse(ground == "white" ? "ffffff" : "000000"));
        var joints = Paint(picture, Scene.Body(width, height, 1), joint => joint == Joint.LeftElbow ? 1 : 0);

        var (blamed, other) = (joints[(int)Joint.LeftElbow].Position, joints[(int)Joint.RightElbow].Position);
        Assert.Equal(BlameRamp.Colour(1), Pixel(picture, blamed));
        Assert.Equal(BlameRamp.Colour(0), Pixel(picture, other));
        Assert.True(DiscRadius(picture, blamed) > DiscRadius(picture, other) * 1.3);
    }

    [Theory]
    [InlineData("ffffff")]
    [InlineData("000000")]
    [InlineData("7fd1ff")]
    [InlineData("e62e1b")]
    [InlineData("808080")]
    public void Paint_OnAnyGround_OutlineOrColourStandsOut(string ground)
    {
        var colour = SKColor.Parse(ground);
        using var picture = Scene.Picture(640, 480, colour);
        var joints = Paint(picture, Scene.Body(640, 480, 1), _ => 0);

        var neck = joints[(int)Joint.Neck].Position;
        var hip = joints[(int)Joint.LeftHip].Position;
        var middle = new SKPoint((neck.X + hip.X) / 2, (neck.Y + hip.Y) / 2);
        var contrasts = Enumerable.Range(-8, 17).Select(offset => Scene.Contrast(Pixel(picture, new SKPoint(middle.X + offset, middle.Y)), colour));
        Assert.True(contrasts.Max() >= 3, "a line needs a contrast of 3");
    }

    [Fact]
    public void Paint_JointNotSeen_IsHollowAndItsBoneDashed()
    {
        using var picture = Scene.Picture(1280, 720, SKColors.White);
        var body = Scene.Body(1280, 720, 1, (_, joint) => joint == Joint.LeftKnee ? 0.1f : 0.9f);
        var joints = Paint(picture, body, _ => 0);

        var knee = joints[(int)Joint.LeftKnee].Position;
        Assert.Equal(SKColors.White, Pixel(picture, knee));
        Assert.Contains(BlameRamp.Colour(0), DiscColours(picture, knee));
        Assert.True(Gaps(picture, knee, joints[(int)Joint.LeftAnkle].Position) >= 4);
        Assert.Equal(0, Gaps(picture, joints[(int)Joint.RightKnee].Position, joints[(int)Joint.RightAnkle].Position));
    }

    [Fact]
    public void Paint_JointAbsent_LeavesTheGroundAlone()
    {
        using var picture = Scene.Picture(1280, 720, SKColors.White);
        using var whole = Scene.Picture(1280, 720, SKColors.White);
        var ankle = Paint(whole, Scene.Body(1280, 720, 1), _ => 0)[(int)Joint.LeftAnkle].Position;
        Paint(picture, Scene.Body(1280, 720, 1, (_, joint) => joint == Joint.LeftAnkle ? 0 : 0.9f), _ => 0);

        Assert.NotEqual(SKColors.White, Pixel(whole, ankle));
        Assert.Equal(SKColors.White, Pixel(picture, ankle));
    }

    [Fact]
    public void LineWidth_GrowsWithThePictureAndShrinksWithThePerson()
    {
        using var phone = new SkeletonPainter(new PictureScale(360, 640), 0);
        using var cinema = new SkeletonPainter(new PictureScale(3840, 2160), 0);
        using var distant = new SkeletonPainter(new PictureScale(3840, 2160), 150);

        Assert.InRange(phone.LineWidth, 3, 6);
        Assert.Equal(6, cinema.LineWidth / phone.LineWidth, 0.01);
        Assert.True(distant.LineWidth < cinema.LineWidth / 2);
    }

    private static PaintedJoint[] Paint(SKBitmap picture, SkeletonSequence body, Func<Joint, float> blame)
    {
        var scale = new PictureScale(picture.Width, picture.Height);
        var poses = new PoseTimeline(body, scale);
        var joints = new PaintedJoint[Skeleton.JointCount];
        poses.At(0, joints);
        using var painter = new SkeletonPainter(scale, poses.TorsoLength);
        using var canvas = new SKCanvas(picture);
        painter.Paint(canvas, joints, [.. Enumerable.Range(0, Skeleton.JointCount).Select(joint => blame((Joint)joint))]);
        return joints;
    }

    private static SKColor Pixel(SKBitmap picture, SKPoint at) => picture.GetPixel((int)at.X, (int)at.Y);

    private static int DiscRadius(SKBitmap picture, SKPoint centre)
    {
        var colour = Pixel(picture, centre);
        var radius = 0;
        // Bones leave to other sides, so straight to the outside only the disc has the colour.
        var step = centre.X > picture.Width / 2f ? 1 : -1;
        while (picture.GetPixel((int)centre.X + (step * radius), (int)centre.Y) == colour)
        {
            radius++;
        }

        return radius;
    }

    private static HashSet<SKColor> DiscColours(SKBitmap picture, SKPoint centre) =>
        [.. Enumerable.Range(0, 30).Select(offset => picture.GetPixel((int)centre.X + offset, (int)centre.Y))];

    private static int Gaps(SKBitmap picture, SKPoint from, SKPoint to)
    {
        var gaps = 0;
        var inGap = true;
        for (var share = 0.15f; share < 0.85f; share += 0.002f)
        {
            var ground = Pixel(picture, new SKPoint(float.Lerp(from.X, to.X, share), float.Lerp(from.Y, to.Y, share))) == SKColors.White;
            gaps += ground && !inGap ? 1 : 0;
            inGap = ground;
        }

        return gaps;
    }
}
