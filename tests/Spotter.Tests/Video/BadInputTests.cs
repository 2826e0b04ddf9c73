using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Spotter.Video;

namespace Spotter.Tests.Video;

[SupportedOSPlatform("linux")]
public sealed class BadInputTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("just some words", "not a video")]
    [InlineData("", "empty")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n", "playlist")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n", "playlist")]
    [InlineData("<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>", "playlist")]
    [InlineData("http://127.0.0.1:9/clip.mp4\n", "playlist")]
    [InlineData("[playlist]\nFile1=/etc/passwd\n", "playlist")]
    [InlineData("ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "no picture")]
    [InlineData("\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR", "picture, not a video")]
    public async Task Open_NoVideoNamedMp4_SaysWhatItIs(string content, string expected)
    {
        await File.WriteAllBytesAsync(folder["clip.mp4"], Encoding.Latin1.GetBytes(content));

        await RefusedAsync(folder["clip.mp4"], expected);
    }

    [Theory]
    [InlineData("", "mp4", "cut off")]
    [InlineData("-movflags +faststart", "mp4", "cut off")]
    [InlineData("", "mkv", "breaks off")]
    public async Task Read_Truncated_SaysSo(string arguments, string extension, string expected)
    {
        var clip = folder.Make("whole." + extension, "-c:v libx264 " + arguments, "testsrc2=size=160x120:rate=30:duration=3");
        var bytes = await File.ReadAllBytesAsync(clip);
        await File.WriteAllBytesAsync(clip, bytes[..(bytes.Length * 6 / 10)]);

        await RefusedAsync(clip, expected);
    }

    [Fact]
    public async Task Open_SoundOnly_SaysSo()
    {
        var clip = folder.Make("sound.mp4", "-c:a aac", "sine=440:duration=1");

        await RefusedAsync(clip, "sound but no picture");
    }

    [Fact]
    public async Task Open_SoundWithCoverPicture_SaysSo()
    {
        var cover = folder.Make("cover.jpg", "-frames:v 1");
        ClipFolder.Run(["-f", "lavfi", "-i", "sine=440:duration=1", "-i", cover, "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "copy", "-disposition:v", "attached_pic", folder["song.mp4"]]);

        await RefusedAsync(folder["song.mp4"], "sound but no picture");
    }

    [Fact]
    public async Task Read_OneFrame_IsReadable()
    {
        var clip = folder.Make("one.mp4", "-frames:v 1 -c:v libx264");

        Assert.Equal(1, await CountAsync(clip));
    }

    [Theory]
    [InlineData("clip.png")]
    [InlineData("clip.txt")]
    [InlineData("-i clip.mp4")]
    [InlineData("-clip.mp4")]
    [InlineData("http:clip%03d.png")]
    [InlineData("a:b 'c' \"d\" $HOME * 拍.mp4")]
    public async Task Read_AnyName_ContentDecides(string name)
    {
        File.Move(folder.Make("plain.mp4", "-c:v libx264"), folder[name]);

        Assert.Equal(30, await CountAsync(folder[name]));
    }

    [Fact]
    public async Task Open_Folder_SaysSo() => await RefusedAsync(folder.Path, "is a folder");

    [Fact]
    public async Task Open_MissingFile_SaysSo() => await RefusedAsync(folder["missing.mp4"], "There is no file");

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/status")]
    public async Task Open_Device_IsRefused(string path) => await RefusedAsync(path, "not an ordinary file");

    [Fact]
    public async Task Open_NamedPipe_IsRefusedWithoutWaiting()
    {
        using (var mkfifo = Process.Start("mkfifo", [folder["pipe.mp4"]]))
        {
            await mkfifo.WaitForExitAsync();
        }

        await RefusedAsync(folder["pipe.mp4"], "not an ordinary file");
    }

    [Fact]
    public async Task Open_NoPermission_SaysSo()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "the administrator may read every file");
        var clip = folder.Make("mine.mp4", "-c:v libx264");
        File.SetUnixFileMode(clip, UnixFileMode.None);

        await RefusedAsync(clip, "may not be read");
    }

    [Theory]
    [InlineData(65535, 65535)]
    [InlineData(0, 0)]
    [InlineData(8, 4)]
    public async Task Open_AbsurdSize_SaysSo(int width, int height)
    {
        var clip = folder.Make("size.gif", "-c:v gif");
        var bytes = await File.ReadAllBytesAsync(clip);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)height);
        await File.WriteAllBytesAsync(clip, bytes);

        await RefusedAsync(clip, string.Create(CultureInfo.InvariantCulture, $"{width} × {height} pixels"), "damaged or");
    }

    [Fact]
    public async Task Open_RarePictureFormat_SaysToConvert() =>
        await RefusedAsync(folder.Make("rare.avi", "-c:v huffyuv -pix_fmt yuv422p"), "rare format", "Convert it to a plain MP4");

    [Fact]
    public async Task Open_AbsurdRate_SaysSo()
    {
        var clip = folder.Make("rate.avi", "-c:v mjpeg -pix_fmt yuvj420p");
        var bytes = await File.ReadAllBytesAsync(clip);
        // The stream header's scale and rate follow its type and handler.
        var header = bytes.AsSpan().IndexOf("strh"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + 28), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + 32), 1_000_000);
        await File.WriteAllBytesAsync(clip, bytes);

        await RefusedAsync(clip, "frames per second, which cannot be");
    }

    [Fact]
    public async Task Open_TooLong_SaysWhatToDo()
    {
        var clip = folder.Make("long.mp4", "-c:v libx264");

        await RefusedAsync(clip, "Cut out the set", options: new VideoReaderOptions { MaxDurationSeconds = 0.5 });
    }

    [Fact]
    public async Task Open_NoFfmpeg_TellsHowToInstallIt()
    {
        var clip = folder.Make("clip.mp4", "-c:v libx264");

        var exception = await Assert.ThrowsAsync<MissingToolException>(
            () => VideoReader.OpenAsync(clip, new VideoReaderOptions { FfmpegFolder = folder.Path }));

        Assert.Contains(Ffmpeg.InstallCommand, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ProbeHangs_GivesUp()
    {
        var clip = folder.Make("clip.mp4", "-c:v libx264");
        await File.WriteAllTextAsync(folder["ffprobe"], "#!/bin/sh\nexec sleep 100\n");
        File.SetUnixFileMode(folder["ffprobe"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await RefusedAsync(clip, "could not be examined within", options: new VideoReaderOptions { FfmpegFolder = folder.Path, StallLimit = TimeSpan.FromSeconds(0.5) });
    }

    [Fact]
    public async Task Read_DecoderHangs_GivesUp()
    {
        var clip = folder.Make("clip.mp4", "-c:v libx264");
        File.CreateSymbolicLink(folder["ffprobe"], Ffmpeg.Find("ffprobe"));
        await File.WriteAllTextAsync(folder["ffmpeg"], "#!/bin/sh\nexec sleep 100\n");
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await RefusedAsync(clip, "gave no picture for", options: new VideoReaderOptions { FfmpegFolder = folder.Path, StallLimit = TimeSpan.FromSeconds(2) });
    }

    [Fact]
    public async Task Read_MemoryLimit_EndsCleanly()
    {
        Assert.SkipWhen(Ffmpeg.OnPath("prlimit") is null, "needs prlimit of util-linux");
        var clip = folder.Make("clip.mp4", "-c:v libx264");

        await RefusedAsync(clip, "clip.mp4", options: new VideoReaderOptions { MemoryLimitBytes = 64 << 20 });
    }

    [Theory]
    [InlineData("mp4", "libx264")]
    [InlineData("mkv", "libx264")]
    [InlineData("gif", "gif")]
    [InlineData("avi", "mpeg4")]
    public async Task Read_DamagedBytes_GivesFramesOrOneException(string extension, string encoder)
    {
        var whole = await File.ReadAllBytesAsync(folder.Make("whole." + extension, "-c:v " + encoder, "testsrc2=size=64x48:rate=30:duration=0.4"));
        var random = new Random(7);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var bytes = whole.ToArray();
            for (var hit = 0; hit < 20; hit++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var clip = folder["damaged." + extension];
            await File.WriteAllBytesAsync(clip, bytes);
            var exception = await Record.ExceptionAsync(() => CountAsync(clip).WaitAsync(Bound));
            Assert.True(exception is null or VideoFormatException, exception?.ToString());
        }
    }

    [Fact]
    public async Task Read_SizeChangesInTheMiddle_KeepsFrameSize()
    {
        var small = await File.ReadAllBytesAsync(folder.Make("small.ts", "-c:v libx264"));
        var large = await File.ReadAllBytesAsync(folder.Make("large.ts", "-c:v libx264", "testsrc2=size=320x240:rate=30:duration=1"));
        await File.WriteAllBytesAsync(folder["both.ts"], [.. small, .. large]);

        Assert.InRange(await CountAsync(folder["both.ts"]), 58, 60);
    }

    private static async Task<int> CountAsync(string path, VideoReaderOptions? options = null)
    {
        var reader = await VideoReader.OpenAsync(path, options);
        var count = 0;
        var last = double.NegativeInfinity;
        await foreach (var frame in reader.ReadFramesAsync())
        {
            Assert.Equal((reader.Width, reader.Height), (frame.Picture.Width, frame.Picture.Height));
            Assert.True(frame.TimestampSeconds > last);
            last = frame.TimestampSeconds;
            count++;
        }

        return count;
    }

    private static async Task RefusedAsync(string path, string expected, string? orExpected = null, VideoReaderOptions? options = null)
    {
        var exception = await Assert.ThrowsAsync<VideoFormatException>(() => CountAsync(path, options).WaitAsync(Bound));
        Assert.True(
            exception.Message.Contains(expected, StringComparison.Ordinal) || (orExpected is not null && exception.Message.Contains(orExpected, StringComparison.Ordinal)),
            exception.Message);
    }
}
