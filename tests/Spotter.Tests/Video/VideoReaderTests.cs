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

    [Theory]
    [InlineData("240", 8)]
    [InlineData("30", 1)]
    [InlineData("40", 1)]
    [InlineData("nonsense", 1)]
    public async Task Read_ClipThatTellsHowFastItWasRecorded_KnowsHowSlowItIs(string recorded, double times)
    {
        var clip = folder.Make("slow.mp4", $"-c:v libx264 -movflags use_metadata_tags -metadata com.android.capture.fps={recorded}");

        Assert.Equal(times, (await VideoInfo.ReadAsync(clip)).Slowness, 0.01);
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

    [Theory]
    [InlineData("30000/1001", 30, false)]
    [InlineData("33", 33, false)]
    [InlineData("50", 30, true)]
    [InlineData("60", 30, true)]
    [InlineData("240", 30, true)]
    public async Task ReadFrames_FastClip_IsThinnedWithTrueTimes(string rate, int expected, bool thinned)
    {
        var clip = folder.Make("fast.mp4", "-c:v libx264 -preset ultrafast", $"testsrc2=size=64x48:rate={rate}:duration=1");

        var reader = await VideoReader.OpenAsync(clip);
        var times = await TimesAsync(reader);

        Assert.Equal(thinned, reader.IsThinned);
        Assert.InRange(times.Count, expected - 1, expected);
        var parts = rate.Split('/');
        var step = parts.Length == 2 ? 1001.0 / 30000 : 1 / double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(times, time => Assert.InRange(Math.Abs(Math.IEEERemainder(time, step)), 0, 0.0005));
    }

    [Theory]
    [InlineData("1920x1080", 1280, 720)]
    [InlineData("1080x1920", 720, 1280)]
    [InlineData("162x121", 162, 120)]
    [InlineData("2560x1082", 1280, 540)]
    public async Task Open_AnySize_ShrinksToEvenAndNeverGrows(string size, int width, int height)
    {
        var clip = folder.Make("size.mp4", "-frames:v 2 -c:v libx264 -preset ultrafast -pix_fmt yuv444p", $"testsrc2=size={size}:rate=30");

        var reader = await VideoReader.OpenAsync(clip);

        Assert.Equal((width, height), (reader.Width, reader.Height));
        Assert.Equal(2, (await TimesAsync(reader)).Count);
    }

    [Fact]
    public async Task Open_OblongPixels_ShowsThemSquare()
    {
        var reader = await VideoReader.OpenAsync(folder.Make("oblong.mp4", "-vf scale=80:120,setsar=2 -c:v libx264"));

        Assert.Equal((160, 120), (reader.Width, reader.Height));
        Assert.Equal(30, (await TimesAsync(reader)).Count);
    }

    [Fact]
    public async Task ReadFrames_TurnedByTag_IsShownUpright()
    {
        // Stored lying: left half red, right half blue. Turned clockwise by a quarter, red is on top.
        var clip = folder.Make("turned.mp4", "-vf drawbox=x=0:y=0:w=80:h=120:color=red:t=fill -c:v libx264", "color=blue:size=160x120:rate=30:duration=0.2");
        TurnClockwise(clip);

        var reader = await VideoReader.OpenAsync(clip);
        byte[]? pixels = null;
        await foreach (var frame in reader.ReadFramesAsync())
        {
            pixels ??= frame.Picture.ToBgra();
        }

        Assert.Equal((120, 160), (reader.Width, reader.Height));
        Assert.InRange(pixels![2], 200, 255);
        Assert.InRange(pixels[^4], 200, 255);
        Assert.InRange(pixels[0], 0, 60);
        Assert.InRange(pixels[^2], 0, 60);
    }

    [Fact]
    public async Task Open_StreamedToFile_CountsPackets()
    {
        // Browsers record like this: neither length nor number of frames is in the header.
        Assert.SkipUnless(ClipFolder.HasEncoder("libvpx-vp9"), "this ffmpeg has no encoder libvpx-vp9");
        var clip = folder.Make("live.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -live 1", "testsrc2=size=64x48:rate=25:duration=2");

        var reader = await VideoReader.OpenAsync(clip);

        Assert.Equal(2, reader.Info.DurationSeconds, 0.05);
        Assert.Equal(25, reader.FramesPerSecond, 0.2);
        Assert.Equal(50, (await TimesAsync(reader)).Count);
    }

    [Fact]
    public async Task ReadFrames_Cancelled_StopsAndEndsTheChild()
    {
        var clip = folder.Make("long.mp4", "-c:v libx264 -preset ultrafast", "testsrc2=size=320x240:rate=30:duration=20");
        using var stop = new CancellationTokenSource();
        var reader = await VideoReader.OpenAsync(clip);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var frame in reader.ReadFramesAsync(stop.Token))
            {
                Assert.InRange(frame.Index, 0, 10);
                if (frame.Index == 5)
                {
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Empty(ChildrenWith(clip));
    }

    [Fact]
    public async Task ReadFrames_ConsumerStopsEarly_EndsTheChild()
    {
        var clip = folder.Make("long.mp4", "-c:v libx264 -preset ultrafast", "testsrc2=size=320x240:rate=30:duration=20");

        await foreach (var frame in (await VideoReader.OpenAsync(clip)).ReadFramesAsync())
        {
            if (frame.Index == 5)
            {
                break;
            }
        }

        Assert.Empty(ChildrenWith(clip));
    }

    [Fact]
    public async Task ReadFrames_SlowConsumer_KeepsPixelsUntilTheNextFrame()
    {
        var clip = folder.Make("grey.mp4", "-vf geq=lum=8*N:cb=128:cr=128 -c:v libx264", "color=black:size=64x48:rate=30:duration=1");

        await foreach (var frame in (await VideoReader.OpenAsync(clip)).ReadFramesAsync())
        {
            var before = frame.Picture.Y[0];
            await Task.Delay(10);
            Assert.Equal(before, frame.Picture.Y[^1]);
            Assert.Equal(before, frame.Picture.Y[0]);
        }
    }

    private static List<string> ChildrenWith(string argument)
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(name => char.IsAsciiDigit(Path.GetFileName(name)[0])))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.Contains(argument, StringComparison.Ordinal))
                {
                    found.Add(command);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        }

        return found;
    }

    // Writes the matrix of the track header, which ffmpeg's versions set in different ways (ISO/IEC 14496-12, 8.3.2).
    private static void TurnClockwise(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var matrix = bytes.AsSpan(bytes.AsSpan().IndexOf("tkhd"u8) + 44);
        int[] values = [0, 1 << 16, 0, -(1 << 16), 0, 0, 120 << 16, 0, 1 << 30];
        for (var at = 0; at < values.Length; at++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(matrix[(at * 4)..], values[at]);
        }

        File.WriteAllBytes(path, bytes);
    }

    private static async Task<List<double>> TimesAsync(VideoReader reader)
    {
        var times = new List<double>();
        await foreach (var frame in reader.ReadFramesAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(times.Count, frame.Index);
            Assert.Equal((reader.Width, reader.Height), (frame.Picture.Width, frame.Picture.Height));
            times.Add(frame.TimestampSeconds);
        }

        return times;
    }
}
