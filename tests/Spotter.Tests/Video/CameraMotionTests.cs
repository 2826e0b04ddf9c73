using System.Drawing;
using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class CameraMotionTests
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Frames = 21;

    [Fact]
    public void LargestShift_StaticCameraMovingPerson_IsNearZero()
    {
        var motion = Watch(_ => (0, 0, 1), frame => new RectangleF(100 + (frame * 5), 30, 60, 140), tellPerson: true);

        Assert.InRange(motion.Track.LargestShift(), 0, 0.003);
        Assert.InRange(motion.Track.ShiftPerSecond(), 0, 0.003);
        Assert.Equal(1, motion.Track.Followed());
    }

    [Fact]
    public void LargestShift_PersonNotTold_IsStillNearZero()
    {
        var motion = Watch(_ => (0, 0, 1), frame => new RectangleF(100 + (frame * 5), 30, 60, 140), tellPerson: false);

        Assert.InRange(motion.Track.LargestShift(), 0, 0.01);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-4, 1.5)]
    [InlineData(7.5, -2)]
    public void LargestShift_Pan_IsItsLength(double dx, double dy)
    {
        var motion = Watch(frame => (frame * dx, frame * dy, 1), _ => new RectangleF(130, 30, 60, 140), tellPerson: true);

        var expected = Math.Sqrt((dx * dx) + (dy * dy)) * (Frames - 1) / Width;
        Assert.Equal(expected, motion.Track.LargestShift(), 0.03 * expected);
        Assert.Equal(expected / (0.2 * (Frames - 1)), motion.Track.ShiftPerSecond(), 0.03 * expected);
    }

    [Fact]
    public void LargestShift_Leap_IsItsLength()
    {
        var motion = Watch(frame => (frame < 10 ? 0 : 60, 0, 1), _ => new RectangleF(130, 30, 60, 140), tellPerson: true);

        Assert.Equal(60.0 / Width, motion.Track.LargestShift(), 0.02);
    }

    [Fact]
    public void LargestShift_Zoom_IsMeanDisplacement()
    {
        const double LastZoom = 1.2;
        var motion = Watch(frame => (0, 0, 1 + ((LastZoom - 1) * frame / (Frames - 1))), _ => new RectangleF(130, 30, 60, 140), tellPerson: true);

        // Mean distance from the centre over the 5 × 5 grid, as a share of the width.
        var distances = Enumerable.Range(0, 25).Select(at => Math.Sqrt(Math.Pow((at % 5 / 4.0) - 0.5, 2) + Math.Pow(((at / 5 / 4.0) - 0.5) * Height / Width, 2)));
        Assert.Equal((LastZoom - 1) * distances.Average(), motion.Track.LargestShift(), 0.006);
    }

    [Fact]
    public void LargestShift_SwayAndBack_IsTheSwayNotTheWay()
    {
        var motion = Watch(frame => (frame % 2 * 5, 0, 1), _ => new RectangleF(130, 30, 60, 140), tellPerson: true);

        Assert.Equal(5.0 / Width, motion.Track.LargestShift(), 0.002);
        Assert.Equal(5.0 / Width / 0.2, motion.Track.ShiftPerSecond(), 0.005);
    }

    [Fact]
    public void Followed_PlainBackground_IsZero()
    {
        var motion = new CameraMotion(Width, Height);
        var plain = new YuvPicture(Width, Height, YuvMatrix.Bt601);
        plain.Pixels.Fill(128);
        for (var frame = 0; frame < 5; frame++)
        {
            motion.Add(plain, frame * 0.2);
        }

        Assert.Equal(0, motion.Track.Followed());
        Assert.Equal(0, motion.Track.LargestShift());
    }

    [Theory]
    [InlineData("arm-swings-standing-front-office.mp4", 0.15, 0.25)]
    [InlineData("front-raise-standing-side.mp4", 0.08, 0.2)]
    [InlineData("press-standing-side-barbell-2reps.mp4", 0.01, 0.06)]
    [InlineData("press-seated-oblique-dumbbells.mp4", 0, 0.005)]
    [InlineData("no-person-tree.mp4", 0, 0.005)]
    public async Task LargestShift_RealClip_IsInRange(string clip, double least, double most)
    {
        var reader = await VideoReader.OpenAsync(SharedData.Require("clips/" + clip), new VideoReaderOptions { MaxLongSide = 320 });
        var motion = new CameraMotion(reader.Width, reader.Height);
        await foreach (var frame in reader.ReadFramesAsync())
        {
            motion.Add(frame.Picture, frame.TimestampSeconds);
        }

        Assert.InRange(motion.Track.LargestShift(), least, most);
    }

    private static CameraMotion Watch(Func<int, (double X, double Y, double Zoom)> camera, Func<int, RectangleF> person, bool tellPerson)
    {
        var motion = new CameraMotion(Width, Height);
        var picture = new YuvPicture(Width, Height, YuvMatrix.Bt601);
        for (var frame = 0; frame < Frames; frame++)
        {
            var (shiftX, shiftY, zoom) = camera(frame);
            var body = person(frame);
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var inside = body.Contains(x, y);
                    var level = inside
                        ? Texture(x - body.X + 5000, y, 10)
                        : Texture(((x - shiftX - (Width / 2)) / zoom) + 2000, ((y - shiftY - (Height / 2)) / zoom) + 2000, 20);
                    picture.Y[(y * Width) + x] = (byte)(16 + (level * 219 / 255));
                }
            }

            motion.Add(picture, frame * 0.2, tellPerson ? body : null);
        }

        return motion;
    }

    // Value noise: random levels on a grid, blended in between.
    private static double Texture(double x, double y, double cell)
    {
        var (column, row) = ((int)(x / cell), (int)(y / cell));
        var (right, down) = ((x / cell) - column, (y / cell) - row);
        return ((((Level(column, row) * (1 - right)) + (Level(column + 1, row) * right)) * (1 - down))
            + (((Level(column, row + 1) * (1 - right)) + (Level(column + 1, row + 1) * right)) * down));
    }

    private static double Level(int column, int row)
    {
        var hash = unchecked(((uint)column * 2654435761u) ^ ((uint)row * 2246822519u));
        hash = unchecked((hash ^ (hash >> 15)) * 2246822519u);
        return (hash >> 16) % 256;
    }
}
