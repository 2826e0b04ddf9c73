using System.Diagnostics;
using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class VideoWriterTests : IDisposable
{
    private const int Width = 64;
    private const int Height = 48;

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Complete_EvenFrames_GivesH264ThatBrowsersPlay()
    {
        var target = folder["out.mp4"];
        await WriteAsync(target, 30, Enumerable.Range(0, 30).Select(frame => (frame / 30.0, Grey(frame * 8))));

        var info = await VideoInfo.ReadAsync(target);
        Assert.Equal(("h264", "yuv420p", Width, Height, 30), (info.Codec, info.PixelFormat, info.Width, info.Height, info.EstimatedFrameCount));
        Assert.Equal(30, info.FramesPerSecond, 0.001);
        Assert.False(info.HasAudio);
        using (var file = File.OpenRead(target))
        {
            Assert.Equal(0, Mp4Boxes.MissingBytes(file, out var boxes));
            Assert.True(boxes.IndexOf("moov") < boxes.IndexOf("mdat"), "the index must be in front");
        }

        var frames = await FramesAsync(target);
        Assert.All(frames.Select((pixels, index) => Math.Abs(pixels[0] - (index * 8))), error => Assert.InRange(error, 0, 6));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(YuvMatrix.Bt601, "smpte170m")]
    [InlineData(YuvMatrix.Bt709, "bt709")]
    public async Task Write_EachMatrix_KeepsColoursAndTellsTheMatrix(YuvMatrix matrix, string name)
    {
        var picture = new YuvPicture(Width, Height, matrix);
        picture.Y.Fill(110);
        picture.U.Fill(90);
        picture.V.Fill(180);
        var target = folder["colour.mp4"];
        await WriteAsync(target, 30, [(0, picture), (0.5, picture)], new VideoWriterOptions { Matrix = matrix });

        var info = await VideoInfo.ReadAsync(target);
        Assert.Equal((name, "tv", "yuv420p"), (info.ColorMatrix, info.ColorRange, info.PixelFormat));
        var decoded = (await FramesAsync(target))[5];
        Assert.All(decoded.Zip(picture.ToBgra(), (seen, meant) => Math.Abs(seen - meant)), error => Assert.InRange(error, 0, 6));
    }

    [Fact]
    public async Task Write_PictureOfAnotherSizeOrMatrix_IsRefused()
    {
        await using var writer = VideoWriter.Create(folder["out.mp4"], Width, Height, 30);
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync(new YuvPicture(Width, Height, YuvMatrix.Bt709), 0));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync(new YuvPicture(Width, Height + 2, YuvMatrix.Bt601), 0));
    }

    [Fact]
    public async Task Write_UnevenTimes_RepeatsAndDropsToConstantRate()
    {
        var target = folder["uneven.mp4"];
        await WriteAsync(target, 10, [(0.2, Grey(40)), (0.3, Grey(90)), (0.33, Grey(255)), (0.6, Grey(140)), (1.0, Grey(200))]);

        var levels = (await FramesAsync(target)).Select(pixels => pixels[0]).ToArray();
        int[] expected = [40, 40, 40, 90, 90, 90, 140, 140, 140, 140, 200];
        Assert.Equal(expected.Length, levels.Length);
        Assert.All(levels.Zip(expected, (seen, meant) => Math.Abs(seen - meant)), error => Assert.InRange(error, 0, 6));
    }

    [Theory]
    [InlineData("aac", "mp4")]
    [InlineData("libopus", "webm")]
    [InlineData("pcm_s16le", "mov")]
    [InlineData("adpcm_ms", "avi")]
    [InlineData("wmav2", "avi")]
    public async Task Complete_SourceWithSound_KeepsItAndMayRunLonger(string encoder, string extension)
    {
        Assert.SkipUnless(ClipFolder.HasEncoder(encoder), $"this ffmpeg has no encoder {encoder}");
        var source = folder.Make("sound." + extension, $"-f lavfi -i sine=440:duration=1 {(extension == "webm" ? "-c:v libvpx-vp9 -deadline realtime" : "-c:v libx264")} -c:a {encoder}");
        var target = folder["with-sound.mp4"];

        var sound = await VideoInfo.ReadAsync(source);
        Assert.True(sound.HasAudio);
        await WriteAsync(target, 30, [(0, Grey(0)), (1, Grey(100)), (3 - (1 / 30.0), Grey(200))], new VideoWriterOptions { SoundFrom = sound });

        var info = await VideoInfo.ReadAsync(target);
        Assert.Equal("aac", info.AudioCodec);
        Assert.Equal(90, info.EstimatedFrameCount);
    }

    [Fact]
    public async Task Dispose_WithoutComplete_LeavesNothingAndKeepsWhatWasThere()
    {
        var target = folder["kept.mp4"];
        await File.WriteAllTextAsync(target, "before");
        await using (var writer = VideoWriter.Create(target, Width, Height, 30))
        {
            await writer.WriteAsync(Grey(10), 0);
        }

        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("before", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task Write_Cancelled_StopsAndLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        await using (var writer = VideoWriter.Create(folder["stopped.mp4"], Width, Height, 30))
        {
            await writer.WriteAsync(Grey(10), 0, stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                for (var frame = 1; frame < 100; frame++)
                {
                    await writer.WriteAsync(Grey(10), frame / 30.0, stop.Token);
                }
            });
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Complete_DiskFull_SaysSoAndLeavesNothing()
    {
        var disk = folder["disk"];
        Directory.CreateDirectory(disk);
        using (var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]) { UseShellExecute = false, RedirectStandardError = true }))
        {
            await mount!.WaitForExitAsync();
            Assert.SkipUnless(mount.ExitCode == 0, "needs the right to mount a small disk");
        }

        try
        {
            var noise = new YuvPicture(Width, Height, YuvMatrix.Bt601);
            var random = new Random(1);
            await using (var writer = VideoWriter.Create(Path.Combine(disk, "full.mp4"), Width, Height, 30))
            {
                var exception = await Assert.ThrowsAsync<IOException>(async () =>
                {
                    for (var frame = 0; frame < 300; frame++)
                    {
                        random.NextBytes(noise.Pixels);
                        await writer.WriteAsync(noise, frame / 30.0);
                    }

                    await writer.CompleteAsync();
                });
                Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
                Assert.Contains("free space", exception.Message, StringComparison.Ordinal);
            }

            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            using var unmount = Process.Start("umount", [disk]);
            await unmount.WaitForExitAsync();
        }
    }

    [Fact]
    public void Create_MissingFolder_SaysSo()
    {
        var exception = Assert.Throws<IOException>(() => VideoWriter.Create(folder["missing/out.mp4"], Width, Height, 30));
        Assert.Contains("folder is missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TargetIsFolder_SaysSo() =>
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => VideoWriter.Create(folder.Path, Width, Height, 30)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_NoFfmpeg_TellsHowToInstallIt()
    {
        var exception = Assert.Throws<MissingToolException>(
            () => VideoWriter.Create(folder["out.mp4"], Width, Height, 30, new VideoWriterOptions { FfmpegFolder = folder.Path }));
        Assert.Contains(Ffmpeg.InstallCommand, exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static YuvPicture Grey(int level) => YuvPicture.FromRgb(Enumerable.Repeat((byte)level, Width * Height * 3).ToArray(), Width, Height);

    private static async Task WriteAsync(string path, double rate, IEnumerable<(double Time, YuvPicture Picture)> frames, VideoWriterOptions? options = null)
    {
        await using var writer = VideoWriter.Create(path, Width, Height, rate, options);
        foreach (var (time, picture) in frames)
        {
            await writer.WriteAsync(picture, time);
        }

        await writer.CompleteAsync();
    }

    private static async Task<List<byte[]>> FramesAsync(string path)
    {
        var frames = new List<byte[]>();
        var reader = await VideoReader.OpenAsync(path);
        await foreach (var frame in reader.ReadFramesAsync())
        {
            frames.Add(frame.Picture.ToBgra());
        }

        return frames;
    }
}
