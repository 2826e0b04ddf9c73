using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace Spotter.Video;

/// <summary>
/// Encodes frames with ffmpeg to an MP4 that browsers play: H.264, 4:2:0, constant rate, index in front, with the sound of another clip.
/// The file appears under its name only when <see cref="CompleteAsync"/> has succeeded; until then, and for good after
/// <see cref="DisposeAsync"/> without it, nothing is there.
/// </summary>
public sealed class VideoWriter : IAsyncDisposable
{
    // One being filled, one waiting, and the last one written, which may have to be repeated.
    private const int Buffers = 3;
    private const int CpuSeconds = 6 * 3600;
    private const double LongestRepeatSeconds = 120;

    private readonly string path;
    private readonly string unfinished;
    private readonly double framesPerSecond;
    private readonly VideoWriterOptions options;
    private readonly FfmpegProcess process;
    private readonly Channel<YuvPicture> free = Channel.CreateBounded<YuvPicture>(Buffers);
    private readonly BlockingCollection<(YuvPicture Picture, long Slot)> filled = [];
    private readonly Task pump;
    private long nextSlot;
    private bool completed;
    private bool disposed;

    private VideoWriter(string path, string unfinished, int width, int height, double framesPerSecond, VideoWriterOptions options, FfmpegProcess process)
    {
        this.path = path;
        this.unfinished = unfinished;
        this.framesPerSecond = framesPerSecond;
        this.options = options;
        this.process = process;
        Width = width;
        Height = height;
        for (var buffer = 0; buffer < Buffers; buffer++)
        {
            free.Writer.TryWrite(new YuvPicture(width, height, options.Matrix));
        }

        pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Width of the clip in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the clip in pixels.</summary>
    public int Height { get; }

    /// <summary>Seconds of picture accepted so far.</summary>
    public double Seconds => nextSlot / framesPerSecond;

    /// <summary>Starts a clip.</summary>
    /// <param name="path">The MP4 file to be; replaced if it exists.</param>
    /// <param name="width">Width in pixels; even.</param>
    /// <param name="height">Height in pixels; even.</param>
    /// <param name="framesPerSecond">Rate of the file, above 0 and at most 240.</param>
    /// <param name="options">How to encode; null for the usual.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="MissingToolException">ffmpeg is not installed; the message holds the command that installs it.</exception>
    public static VideoWriter Create(string path, int width, int height, double framesPerSecond, VideoWriterOptions? options = null)
    {
        const double FastestRate = 240;
        CheckSide(width, nameof(width));
        CheckSide(height, nameof(height));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(framesPerSecond, FastestRate);
        options ??= new VideoWriterOptions();
        path = Path.GetFullPath(path);
        var ffmpeg = Ffmpeg.Find("ffmpeg", options.FfmpegFolder);
        var temporary = Path.Combine(Path.GetDirectoryName(path) ?? "/", $".{Guid.NewGuid():N}.part");
        CreateEmpty(temporary, path);
        try
        {
            var encoder = FfmpegProcess.Start(
                ffmpeg, Arguments(temporary, width, height, framesPerSecond, options), options.MemoryLimitBytes, CpuSeconds, pipeInput: true);
            return new VideoWriter(path, temporary, width, height, framesPerSecond, options, encoder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Shows a frame from the given time until the next frame's. To hold a picture, write it again at the end of its time:
    /// what lies between is filled with it. A frame that falls on the same tick of the constant rate as the one before is left out.
    /// </summary>
    /// <param name="picture">A picture of the clip's size and matrix; free for reuse on return.</param>
    /// <param name="timestampSeconds">Time from the start of the clip; increasing. The first frame is also shown before its time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IOException">The encoder failed, for instance because the disk is full.</exception>
    public async ValueTask WriteAsync(YuvPicture picture, double timestampSeconds, CancellationToken cancellationToken = default)
    {
        if ((picture.Width, picture.Height, picture.Matrix) != (Width, Height, options.Matrix))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A clip of {Width} × {Height} pixels in {options.Matrix} takes no picture of {picture.Width} × {picture.Height} in {picture.Matrix}."),
                nameof(picture));
        }

        var slot = (long)Math.Round(timestampSeconds * framesPerSecond);
        if (!(slot - nextSlot <= LongestRepeatSeconds * framesPerSecond))
        {
            throw new ArgumentOutOfRangeException(nameof(timestampSeconds), timestampSeconds, $"Frames may be at most {LongestRepeatSeconds:0} s apart.");
        }

        if (slot < nextSlot)
        {
            return;
        }

        try
        {
            var buffer = await free.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(options.StallLimit, cancellationToken);
            picture.Pixels.CopyTo(buffer.Pixels);
            filled.Add((buffer, slot), CancellationToken.None);
            nextSlot = slot + 1;
        }
        catch (ChannelClosedException)
        {
            await FailAsync(cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new IOException($"{Path.GetFileName(path)} was not written: the encoder took no frame for {options.StallLimit.TotalSeconds:0} s.", exception);
        }
    }

    /// <summary>Finishes the file and gives it its name.</summary>
    /// <exception cref="IOException">The encoder failed, for instance because the disk is full; nothing is left behind after disposal.</exception>
    /// <exception cref="InvalidOperationException">No frame was written.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (nextSlot == 0)
        {
            throw new InvalidOperationException("A clip needs at least one frame.");
        }

        filled.CompleteAdding();
        try
        {
            await pump.WaitAsync(options.StallLimit, cancellationToken);
            process.Input.Close();
            await process.WaitAsync(cancellationToken).WaitAsync(options.StallLimit, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new IOException($"{Path.GetFileName(path)} was not written: the encoder did not finish within {options.StallLimit.TotalSeconds:0} s.", exception);
        }
        catch (IOException)
        {
            await FailAsync(cancellationToken);
        }

        // ffmpeg may end with 0 although the index could not be written.
        if (process.ExitCode != 0 || !IsWhole())
        {
            await FailAsync(cancellationToken);
        }

        File.Move(unfinished, path, overwrite: true);
        completed = true;
    }

    /// <summary>Ends the encoder; without a successful <see cref="CompleteAsync"/> nothing stays on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        filled.CompleteAdding();
        await process.DisposeAsync();
        await pump.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        filled.Dispose();
        if (!completed)
        {
            File.Delete(unfinished);
        }
    }

    // On a thread of its own, because blocking writes to a pipe take less than half the processor time of asynchronous ones.
    private void Pump()
    {
        YuvPicture? last = null;
        long next = 0;
        try
        {
            foreach (var (picture, slot) in filled.GetConsumingEnumerable())
            {
                for (; next < slot; next++)
                {
                    process.Input.Write((last ?? picture).Pixels);
                }

                process.Input.Write(picture.Pixels);
                next++;
                if (last is not null)
                {
                    free.Writer.TryWrite(last);
                }

                last = picture;
            }
        }
        finally
        {
            free.Writer.TryComplete();
        }
    }

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        await process.WaitAsync(cancellationToken).WaitAsync(options.StallLimit, cancellationToken);
        var reason = process.LastWords.Length > 0
            ? process.LastWords
            : string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with {process.ExitCode}");
        throw new IOException($"{Path.GetFileName(path)} was not written ({reason}). Check the free space in {Path.GetDirectoryName(path)} and try again.");
    }

    private bool IsWhole()
    {
        using var file = File.OpenRead(unfinished);
        return Mp4Boxes.MissingBytes(file, out var types) == 0 && types.Contains("moov") && types.Contains("mdat");
    }

    private static void CheckSide(int side, string name)
    {
        const int LongestSide = 8192;
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 2, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, LongestSide, name);
        ArgumentOutOfRangeException.ThrowIfNotEqual(side % 2, 0, name);
    }

    private static void CreateEmpty(string unfinished, string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException($"{path} is a folder. Give a file name.");
            }

            File.Create(unfinished).Dispose();
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new IOException($"{path} cannot be written: its folder is missing or may not be written to. Give another folder.", exception);
        }
    }

    // x264's ultrafast with three of its savings taken back: as cheap as ultrafast, 45 % smaller, and cheaper than superfast at about its quality.
    // Colours are tagged because players assume BT.709 for large pictures that do not tell. The filter tells the encoder what the raw frames are, so that no version of ffmpeg converts them.
    private static List<string> Arguments(string unfinished, int width, int height, double framesPerSecond, VideoWriterOptions options)
    {
        const double KeyFrameSeconds = 2;
        var size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        var matrix = options.Matrix == YuvMatrix.Bt709 ? "bt709" : "smpte170m";
        var rate = framesPerSecond.ToString("0.######", CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error",
            "-protocol_whitelist", "file,pipe", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", size, "-framerate", rate, "-i", "pipe:0",
        ];
        if (options.SoundFrom is { AudioCodec: { } sound } source)
        {
            arguments.AddRange(VideoProbe.Input(source.Path, source.Container, new VideoReaderOptions().MaxPixels));
            arguments.AddRange(["-map", "0:v", "-map", "1:a:0?"]);
            arguments.AddRange(sound is "aac" or "mp3" ? ["-c:a", "copy"] : ["-c:a", "aac", "-b:a", "128k"]);
        }

        arguments.AddRange(
        [
            "-map_metadata", "-1", "-map_chapters", "-1",
            "-vf", $"setparams=range=tv:colorspace={matrix}:color_primaries=bt709:color_trc=bt709",
            "-c:v", "libx264", .. (ReadOnlySpan<string>)(options.Compact ? ["-preset", "medium"] : ["-preset", "ultrafast", "-x264-params", "cabac=1:deblock=0,0:bframes=2"]),
            "-crf", options.RateFactor.ToString(CultureInfo.InvariantCulture),
            "-g", Math.Ceiling(framesPerSecond * KeyFrameSeconds).ToString(CultureInfo.InvariantCulture),
            "-threads", options.Threads.ToString(CultureInfo.InvariantCulture),
            "-colorspace", matrix, "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-movflags", "+faststart", "-f", "mp4", "-y", "file:" + unfinished,
        ]);
        return arguments;
    }
}
