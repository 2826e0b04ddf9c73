using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Tests.Video;
using Spotter.Video;

namespace Spotter.Tests.Annotation;

public sealed class ClipAnnotatorTests : IDisposable
{
    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Annotate_ClipWithSound_GivesAPlayableClipWithCardAndSound()
    {
        var source = folder.Make("in.mp4", "-f lavfi -i sine=duration=2 -c:v libx264 -pix_fmt yuv420p -c:a aac", "testsrc2=size=640x480:rate=30:duration=2");
        var target = folder["out.mp4"];
        await ClipAnnotator.AnnotateAsync(source, target, Scene.Incorrect, Scene.Body(640, 480));

        var info = await VideoInfo.ReadAsync(target);
        Assert.Equal(("h264", "yuv420p", 640, 480, "aac"), (info.Codec, info.PixelFormat, info.Width, info.Height, info.AudioCodec));
        Assert.Equal(60 + (2.5 * 30), info.EstimatedFrameCount, 1.0);
        Assert.Equal(4.5, info.DurationSeconds, 0.1);
        using (var file = File.OpenRead(target))
        {
            Assert.Equal(0, Mp4Boxes.MissingBytes(file, out var boxes));
            Assert.True(boxes.IndexOf("moov") < boxes.IndexOf("mdat"), "the index must be in front");
        }

        Assert.Equal([source, target], Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public async Task Annotate_UnevenTimes_PaintsTheBodyOfEachFrame()
    {
        // Frames 4 to 9 are missing, so times jump; the wrist is far right before and far left after.
        var source = folder.Make("in.mkv", "-vf select='lt(n,4)+gt(n,9)' -fps_mode vfr -c:v libx264 -pix_fmt yuv420p", "color=gray:size=640x480:rate=30:duration=1");
        var keypoints = Scene.Body(640, 480, 30).Keypoints.ToArray();
        for (var frame = 0; frame < 30; frame++)
        {
            keypoints[((frame * Skeleton.JointCount) + (int)Joint.LeftWrist) * 3] = frame < 10 ? 600 : 40;
        }

        var body = SkeletonSequence.AtConstantRate(keypoints, 30, 640, 480);
        await ClipAnnotator.AnnotateAsync(source, folder["out.mp4"], Scene.Report(Verdict.Correct), body, new AnnotationOptions { ClosingCard = false });

        var wrist = body[0, Joint.LeftWrist].Y;
        var reader = await VideoReader.OpenAsync(folder["out.mp4"]);
        await foreach (var frame in reader.ReadFramesAsync())
        {
            var right = IsBlue(frame, 600, (int)wrist);
            var left = IsBlue(frame, 40, (int)wrist);
            var early = frame.TimestampSeconds < 0.12;
            Assert.True(frame.TimestampSeconds is > 0.12 and < 0.34 || (right, left) == (early, !early), $"{frame.TimestampSeconds}: {right} {left}");
        }

        static bool IsBlue(VideoFrame frame, int x, int y)
        {
            var pixel = frame.Picture.ToBgra().AsSpan(((y * 640) + x) * 4, 4);
            return pixel[0] - pixel[2] > 60;
        }
    }

    [Fact]
    public async Task Annotate_SmallClipThatCannotBeJudged_IsEnlarged()
    {
        var source = folder.Make("in.mp4", "-c:v libx264 -pix_fmt yuv420p", "testsrc2=size=160x282:rate=15:duration=1");
        await ClipAnnotator.AnnotateAsync(source, folder["out.mp4"], Scene.CannotJudge, Scene.Body(160, 282, 0));

        var info = await VideoInfo.ReadAsync(folder["out.mp4"]);
        Assert.Equal((360, 634, false), (info.Width, info.Height, info.HasAudio));
        Assert.Equal(3.5, info.DurationSeconds, 0.15);
    }

    [Theory]
    [InlineData(1280, 720, 1280, 720)]
    [InlineData(360, 640, 360, 640)]
    [InlineData(320, 240, 480, 360)]
    [InlineData(1200, 100, 1280, 106)]
    public void PaintedSize_IsAtLeastReadableAndNeverHuge(int width, int height, int paintedWidth, int paintedHeight) =>
        Assert.Equal(new PictureScale(paintedWidth, paintedHeight), ClipAnnotator.PaintedSize(width, height, new AnnotationOptions()));

    [Fact]
    public async Task Annotate_Progress_CountsTheFrames()
    {
        var source = folder.Make("in.mp4", "-c:v libx264 -pix_fmt yuv420p");
        var progress = new Steps();
        await ClipAnnotator.AnnotateAsync(source, folder["out.mp4"], Scene.Incorrect, Scene.Body(160, 120), progress: progress);

        Assert.Equal(Enumerable.Range(1, progress.Frames.Count), progress.Frames);
        Assert.Equal(progress.Expected, progress.Frames[^1]);
    }

    [Fact]
    public async Task Annotate_Cancelled_LeavesNothingBehind()
    {
        var source = folder.Make("in.mp4", "-c:v libx264 -pix_fmt yuv420p", "testsrc2=size=640x480:rate=30:duration=10");
        using var stop = new CancellationTokenSource();
        var progress = new Steps { Told = frames => { if (frames > 30) { stop.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ClipAnnotator.AnnotateAsync(source, folder["out.mp4"], Scene.Incorrect, Scene.Body(640, 480), progress: progress, cancellationToken: stop.Token));
        Assert.Equal([source], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Annotate_NotAClip_LeavesNothingBehind()
    {
        await File.WriteAllTextAsync(folder["in.mp4"], "no clip");

        await Assert.ThrowsAsync<VideoFormatException>(() => ClipAnnotator.AnnotateAsync(folder["in.mp4"], folder["out.mp4"], Scene.Incorrect, Scene.Body(640, 480)));
        Assert.Equal([folder["in.mp4"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private sealed class Steps : IProgress<CheckProgress>
    {
        public List<int> Frames { get; } = [];

        public int Expected { get; private set; }

        public Action<int>? Told { get; init; }

        public void Report(CheckProgress value)
        {
            Frames.Add(value.Frames);
            Expected = value.FramesExpected;
            Told?.Invoke(value.Frames);
        }
    }
}
