using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Spotter.Video;

/// <summary>
/// Decodes a clip with ffmpeg, frame by frame. Each stored frame comes once with its own time; rotation is applied and large pictures are scaled down.
/// </summary>
public sealed class VideoReader
{
    // One frame is with the consumer while the next is read.
    private const int Buffers = 2;
    private const double LargestGapSeconds = 60;
    private const double ThinningTolerance = 7.0 / 6;

    private readonly VideoReaderOptions options;
    private readonly ReaderFormat format;

    private VideoReader(VideoInfo info, VideoReaderOptions options)
    {
        Info = info;
        this.options = options;
        IsThinned = info.FramesPerSecond > options.MaxFramesPerSecond * ThinningTolerance;
        FramesPerSecond = IsThinned ? options.MaxFramesPerSecond : info.FramesPerSecond;
        var shrink = Math.Min(1, options.MaxLongSide / (double)Math.Max(info.Width, info.Height));
        Width = Even(info.Width * shrink);
        Height = Even(info.Height * shrink);
        format = ReaderFormat.Of(info);
    }

    /// <summary>The clip as it is stored.</summary>
    public VideoInfo Info { get; }

    /// <summary>Width of the delivered frames in pixels; even.</summary>
    public int Width { get; }

    /// <summary>Height of the delivered frames in pixels; even.</summary>
    public int Height { get; }

    /// <summary>What the brightness of the delivered frames is mixed of.</summary>
    public YuvMatrix Matrix => format.Matrix;

    /// <summary>Average rate of the delivered frames.</summary>
    public double FramesPerSecond { get; }

    /// <summary>Whether frames are left out because the clip is faster than <see cref="VideoReaderOptions.MaxFramesPerSecond"/>.</summary>
    public bool IsThinned { get; }

    /// <summary>Examines a clip and prepares to read it.</summary>
    /// <param name="path">A video file; its content decides, not its name.</param>
    /// <param name="options">Size, rate and limits; null for the usual ones.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="VideoFormatException">Not a readable clip; the message says what is wrong and what to do.</exception>
    /// <exception cref="MissingToolException">ffmpeg is not installed; the message holds the command that installs it.</exception>
    public static async Task<VideoReader> OpenAsync(string path, VideoReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VideoReaderOptions();
        return new VideoReader(await VideoInfo.ReadAsync(path, options, cancellationToken), options);
    }

    /// <summary>
    /// Decodes the frames in the order in which they are shown, times increasing. A frame's pixels are overwritten once the next frame is asked for;
    /// one frame is decoded ahead. Each call decodes the clip anew.
    /// </summary>
    /// <exception cref="VideoFormatException">The clip is damaged, breaks off early, or its decoding passes a limit; thrown after the frames before it.</exception>
    public async IAsyncEnumerable<VideoFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var times = new FrameTimes(FramesPerSecond);
        var ffmpeg = Ffmpeg.Find("ffmpeg", options.FfmpegFolder);
        await using var process = FfmpegProcess.Start(
            ffmpeg, Arguments(ffmpeg), options.MemoryLimitBytes, CpuSeconds(), onLine: times.Take);
        await using var killed = cancellationToken.Register(process.Kill);

        using var free = new BlockingCollection<YuvPicture>();
        var decoded = Channel.CreateBounded<YuvPicture>(Buffers);
        for (var buffer = 0; buffer < Buffers; buffer++)
        {
            free.Add(new YuvPicture(Width, Height, Matrix), CancellationToken.None);
        }

        var told = times.CompleteAfterAsync(process.Silence);
        var pump = Task.Factory.StartNew(
            () => Pump(process.Output, free, decoded.Writer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var count = 0;
            var last = 0.0;
            while (await InTimeAsync(decoded.Reader.WaitToReadAsync(cancellationToken)) && decoded.Reader.TryRead(out var picture))
            {
                var time = await InTimeAsync(times.NextAsync(cancellationToken));
                CheckTime(time, last);
                yield return new VideoFrame(count, time, picture);
                count++;
                last = time;
                free.Add(picture, CancellationToken.None);
            }

            await process.WaitAsync(cancellationToken);
            CheckEnd(process, count, last);
        }
        finally
        {
            process.Kill();
            free.CompleteAdding();
            await pump;
            await told;
        }
    }

    // On a thread of its own, because blocking reads of a pipe take less than half the processor time of asynchronous ones.
    private static void Pump(Stream pipe, BlockingCollection<YuvPicture> free, ChannelWriter<YuvPicture> decoded)
    {
        try
        {
            foreach (var picture in free.GetConsumingEnumerable())
            {
                if (pipe.ReadAtLeast(picture.Pixels, picture.Pixels.Length, throwOnEndOfStream: false) < picture.Pixels.Length)
                {
                    break;
                }

                decoded.TryWrite(picture);
            }
        }
        catch (IOException)
        {
            // The child was killed while we read.
        }
        finally
        {
            decoded.TryComplete();
        }
    }

    private static int Even(double side) => Math.Max(2, (int)(side + 0.01) / 2 * 2);

    private async ValueTask<T> InTimeAsync<T>(ValueTask<T> waiting)
    {
        try
        {
            return waiting.IsCompleted ? await waiting : await waiting.AsTask().WaitAsync(options.StallLimit);
        }
        catch (TimeoutException exception)
        {
            throw new VideoFormatException(
                $"{Name} gave no picture for {options.StallLimit.TotalSeconds:0} s. Convert it to a plain MP4 and try again.", exception) { Kind = "stalled" };
        }
    }

    private void CheckTime(double time, double last)
    {
        if (time - last > LargestGapSeconds)
        {
            throw new VideoFormatException(string.Create(
                CultureInfo.InvariantCulture, $"The time stamps of {Name} jump from {last:0.#} s to {time:0.#} s. Convert it to a plain MP4 and try again.")) { Kind = "wrong-times" };
        }

        if (time > options.MaxDurationSeconds)
        {
            throw new VideoFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{Name} is longer than the {options.MaxDurationSeconds:0} s that are read. Cut out the set to be judged.")) { Kind = "too-long" };
        }
    }

    private void CheckEnd(FfmpegProcess process, int count, double last)
    {
        var reason = process.LastWords.Length > 0 ? process.LastWords : string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with {process.ExitCode}");
        if (count == 0)
        {
            throw new VideoFormatException($"No picture of {Name} can be decoded ({reason}). Record the clip again or convert it to a plain MP4.") { Kind = "damaged" };
        }

        const double ShortSeconds = 0.5;
        const double ShortShare = 0.05;
        var missing = Info.DurationSeconds - last - (1 / FramesPerSecond);
        var breaksOff = missing > ShortSeconds + (ShortShare * Info.DurationSeconds) && process.LastWords.Length > 0;
        if (process.ExitCode != 0 || breaksOff)
        {
            throw new VideoFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} breaks off after {last:0.#} of {Info.DurationSeconds:0.#} s ({reason}). Copy it again completely, or record it again.")) { Kind = "cut-off" };
        }
    }

    private string Name => Path.GetFileName(Info.Path);

    // Far more than decoding takes anywhere, and still an end for a file made to be slow.
    private int CpuSeconds() => (int)Math.Min(120 + (20 * Info.DurationSeconds), int.MaxValue);

    private string[] Arguments(string ffmpeg)
    {
        var threads = options.Threads.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-nostdin", "-hide_banner", "-v", "error", "-threads", threads, "-filter_threads", threads,
            .. VideoProbe.Input(Info.Path, Info.Container, options.MaxPixels),
            "-map", "0:V:0", "-an", "-sn", "-dn",
            Info.FfmpegKnowsFpsMode ? "-fps_mode" : "-vsync", "passthrough",
            "-vf", Filters(ffmpeg), "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1",
        ];
    }

    // Thinning keeps the first frame in each slot of 1 / MaxFramesPerSecond; the small shift keeps rounded times from falling just before a slot.
    private string Filters(string ffmpeg)
    {
        var rate = options.MaxFramesPerSecond;
        var thin = IsThinned
            ? string.Create(CultureInfo.InvariantCulture, $"select='isnan(prev_selected_t)+gt(floor(t*{rate}+0.01),floor(prev_selected_t*{rate}+0.01))',")
            : "";
        var tones = ToneMapping.Filters(Info, ffmpeg);
        var conversion = tones.Length > 0 ? "" : format.Conversion;
        return string.Create(CultureInfo.InvariantCulture, $"{thin}scale={Width}:{Height}:flags=area{conversion},{tones}format=yuv420p,setsar=1,{FrameTimes.Filter}");
    }
}
