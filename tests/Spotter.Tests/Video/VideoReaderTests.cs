using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class VideoReaderTests : IDisposable
{
    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("libx264", "-pix_fmt yuv420p", "mp4")]
    [InlineData("libx264", "-pix_fmt yuv420p10le -bf 3", "mkv")]
    [InlineData("libx264", "-pix_fmt yuv420p", "ts")]
    [InlineData("libx265", "-pix_fmt yuv420p -x265-params log-level=error", "mov")]
    [InlineData("libx265", "-pix_fmt yuv420p10le -x265-params log-level=error -color_trc arib-std-b67 -colorspace bt2020nc -color_primaries bt2020", "mp4")]
    [InlineData("libvpx-vp9", "-deadline realtime -cpu-used 8", "webm")]
    [InlineData("libsvtav1", "-preset 12", "mp4")]
    [InlineData("libaom-av1", "-cpu-used 8 -usage realtime", "mkv")]
    [InlineData("mpeg4", "-q:v 3", "avi")]
    [InlineData("mjpeg", "-q:v 3 -pix_fmt yuvj420p", "avi")]
    [InlineData("gif", "", "gif")]
    public async Task ReadFrames_EachCodec_GivesEachFrameOnceWithItsTime(string encoder, string arguments, string extension)
    {
        Assert.SkipUnless(ClipFolder.HasEncoder(encoder), $"this ffmpeg has no encoder {encoder}");
        var clip = folder.Make("clip." + extension, $"-c:v {encoder} {arguments}", "testsrc2=size=160x120:rate=25:duration=0.8");

        var reader = await VideoReader.OpenAsync(clip);
        var times = await TimesAsync(reader);

        Assert.Equal((160, 120), (reader.Width, reader.Height));
        Assert.Equal(25, reader.FramesPerSecond, 0.5);
        Assert.Equal(20, times.Count);
        Assert.All(times.Select((time, index) => Math.Abs(time - times[0] - (index / 25.0))), error => Assert.InRange(error, 0, 0.0011));
        Assert.InRange(times[0], 0, 0.1);
    }

    [Fact]
    public async Task ReadFrames_VariableRate_GivesStoredFramesOnly()
    {
        var clip = folder.Make("uneven.mp4", "-vf select='not(eq(n,5)+eq(n,6)+eq(n,20))' -fps_mode vfr -c:v libx264");

        var times = await TimesAsync(await VideoReader.OpenAsync(clip));

        Assert.Equal(27, times.Count);
        Assert.Equal(7 / 30.0, times[5], 0.001);
        Assert.Equal(29 / 30.0, times[^1], 0.001);
    }

    [Fact]
    public async Task ReadFrames_RealClipWithUnevenTimes_Gives281Frames()
    {
        var reader = await VideoReader.OpenAsync(SharedData.Require("clips/press-standing-side-barbell-2reps.mp4"));

        var times = await TimesAsync(reader);

        Assert.Equal(281, times.Count);
        Assert.Equal(0.0674, times[0], 0.0001);
        Assert.True(times.Zip(times.Skip(1)).All(pair => pair.First < pair.Second));
    }

    private static async Task<List<double>> TimesAsync(VideoReader reader)
    {
        var times = new List<double>();
        await foreach (var frame in reader.ReadFramesAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(times.Count, frame.Index);
            Assert.Equal(reader.Width * reader.Height * 3, frame.Rgb.Length);
            times.Add(frame.TimestampSeconds);
        }

        return times;
    }
}
