using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Video;

/// <summary>Asks ffprobe what a file holds, after looking at the file itself.</summary>
internal static class VideoProbe
{
    private const int LargestAnswer = 16 << 20;
    private const int CpuSeconds = 60;
    private const int SmallestSide = 16;
    private const double FastestRate = 1000;
    private const string Fields =
        "library_version=name,major,minor:format=start_time,duration:format_tags=com.android.capture.fps"
        + ":stream=index,codec_type,codec_name,width,height,pix_fmt,color_transfer,color_primaries,color_space,color_range,sample_aspect_ratio,avg_frame_rate,r_frame_rate,nb_frames,duration"
        + ":stream_disposition=attached_pic:stream_side_data=rotation";

    // What phones, cameras, browsers and screen recorders write; each decoder more is one more that strangers' files reach.
    private const string Codecs =
        "h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,mjpeg,gif,mpeg2video,mpeg1video,h263,prores,dvvideo,flv,rawvideo,"
        + "aac,aac_fixed,mp3,mp3float,opus,libopus,vorbis,ac3,eac3,alac,flac,amrnb,amrwb,mp2,mp2float,"
        + "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_mulaw,pcm_alaw,aac_latm,adpcm_ms,adpcm_ima_wav,wmav1,wmav2";

    /// <summary>Arguments that name an input file and fence ffmpeg in: one demuxer, known codecs, files only.</summary>
    public static IEnumerable<string> Input(string path, string container, int maxPixels) =>
    [
        "-protocol_whitelist", "file,pipe", "-format_whitelist", container, "-codec_whitelist", Codecs, "-max_pixels", Text(maxPixels), "-f", container,
        "-i", "file:" + path,
    ];

    /// <summary>See <see cref="VideoInfo.ReadAsync"/>.</summary>
    public static async Task<VideoInfo> RunAsync(string path, VideoReaderOptions options, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var full = Path.GetFullPath(path);
        var container = Recognise(full, name);
        var answer = await AskAsync(full, container, ["-show_entries", Fields], options, cancellationToken);
        var streams = answer["streams"]?.AsArray() ?? [];
        var video = streams.FirstOrDefault(IsVideo)
            ?? throw new VideoFormatException($"{name} holds {(streams.Any(IsAudio) ? "sound but no picture" : "no picture")}. Give a video file.") { Kind = "no-picture" };
        var (width, height, rotation) = ShownSize(video, options, name);
        var timing = TimingByHeader(answer, video);
        if (timing.Rate is <= 0 or > FastestRate || timing.Duration <= 0)
        {
            // Recordings that a browser streamed to a file tell neither rate nor length; their packets do.
            timing = await TimingByPacketsAsync(full, container, options, cancellationToken) ?? timing;
        }

        if (timing.Rate is <= 0 or > FastestRate)
        {
            throw new VideoFormatException(
                string.Create(CultureInfo.InvariantCulture, $"{name} claims {timing.Rate:0.##} frames per second, which cannot be. Convert it to a plain MP4 and try again.")) { Kind = "wrong-times" };
        }

        if (timing.Duration > options.MaxDurationSeconds)
        {
            throw new VideoFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is {timing.Duration:0} s long; at most {options.MaxDurationSeconds:0} s are read. Cut out the set to be judged.")) { Kind = "too-long" };
        }

        return new VideoInfo
        {
            Path = full,
            Container = container,
            Codec = String(video, "codec_name") ?? "unknown",
            PixelFormat = String(video, "pix_fmt"),
            ColorTransfer = String(video, "color_transfer"),
            ColorPrimaries = String(video, "color_primaries"),
            ColorMatrix = String(video, "color_space"),
            ColorRange = String(video, "color_range"),
            Width = width,
            Height = height,
            RotationDegrees = rotation,
            FramesPerSecond = timing.Rate,
            RecordedFramesPerSecond = Number(answer["format"]?["tags"] ?? new JsonObject(), "com.android.capture.fps") is { } recorded and > 0 and <= FastestRate ? recorded : null,
            DurationSeconds = timing.Duration,
            EstimatedFrameCount = timing.Frames,
            AudioCodec = streams.FirstOrDefault(IsAudio) is { } audio ? String(audio, "codec_name") ?? "unknown" : null,
            FfmpegKnowsFpsMode = KnowsFpsMode(answer),
        };
    }

    private static string Recognise(string path, string name)
    {
        if (Directory.Exists(path))
        {
            throw new VideoFormatException($"{name} is a folder. Give a video file.");
        }

        try
        {
            // Length 0 also stands for pipes and devices, which must not be opened: that could wait for ever.
            if (new FileInfo(path).Length == 0)
            {
                throw new VideoFormatException($"{name} is empty or not an ordinary file. Record or copy the clip again.") { Kind = "empty" };
            }

            using var file = File.OpenRead(path);
            var head = new byte[ContainerFormat.HeadLength];
            var container = ContainerFormat.Recognise(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)), name);
            if (container == "mov" && Mp4Boxes.MissingBytes(file, out var boxes) is var missing and > 0 && boxes[^1] is "mdat" or "moov" or "moof")
            {
                throw new VideoFormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is cut off: {missing} of its bytes are missing. Copy it again completely, or record it again.")) { Kind = "cut-off" };
            }

            return container;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VideoFormatException($"There is no file {path}. Check the name.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new VideoFormatException($"{name} may not be read. Give yourself permission (chmod u+r) or copy it elsewhere.", exception);
        }
        catch (IOException exception)
        {
            throw new VideoFormatException($"{name} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<JsonNode> AskAsync(
        string path, string container, IEnumerable<string> what, VideoReaderOptions options, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StallLimit);
        await using var process = FfmpegProcess.Start(
            Ffmpeg.Find("ffprobe", options.FfmpegFolder),
            ["-v", "error", "-threads", "1", .. what, "-of", "json", .. Input(path, container, options.MaxPixels)],
            options.MemoryLimitBytes,
            CpuSeconds);
        using var killed = limit.Token.Register(process.Kill);
        try
        {
            var json = await ReadBoundedAsync(process.Output, limit.Token);
            await process.WaitAsync(limit.Token);
            if (process.ExitCode != 0 || json is null)
            {
                var reason = Reason(process, path);
                throw reason.Contains("not on whitelist", StringComparison.Ordinal)
                    ? new VideoFormatException($"{name} holds picture or sound in a rare format ({reason[..reason.IndexOf("not on", StringComparison.Ordinal)].Trim()}). Convert it to a plain MP4 and try again.") { Kind = "rare-format" }
                    : new VideoFormatException($"{name} is damaged or cut off ({reason}). Record or copy the clip again.") { Kind = "damaged" };
            }

            return JsonNode.Parse(json) ?? new JsonObject();
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VideoFormatException(
                $"{name} could not be examined within {options.StallLimit.TotalSeconds:0} s. Convert it to a plain MP4 and try again.", exception) { Kind = "stalled" };
        }
        catch (JsonException exception)
        {
            throw new VideoFormatException($"{name} is damaged: what it says about itself makes no sense. Record or copy the clip again.", exception) { Kind = "damaged" };
        }
    }

    private static async Task<byte[]?> ReadBoundedAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (answer.Length + count > LargestAnswer)
            {
                return null;
            }

            answer.Write(buffer, 0, count);
        }

        return answer.ToArray();
    }

    private static (int Width, int Height, double Rotation) ShownSize(JsonNode video, VideoReaderOptions options, string name)
    {
        var width = Number(video, "width") ?? 0;
        var height = Number(video, "height") ?? 0;
        if (width <= 0 || height <= 0)
        {
            throw new VideoFormatException($"{name} is damaged or absurd: its pictures have no usable size. Record it again or convert it to a plain MP4.") { Kind = "damaged" };
        }

        if (width < SmallestSide || height < SmallestSide || width * height > options.MaxPixels)
        {
            throw new VideoFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} has pictures of {width} × {height} pixels; from {SmallestSide} × {SmallestSide} to {options.MaxPixels / 1e6:0} million pixels are read. Convert it, for instance to 1280 × 720.")) { Kind = "wrong-size" };
        }

        const double WidestPixel = 4;
        var aspect = Ratio(String(video, "sample_aspect_ratio"), ':');
        if (aspect is > 1 / WidestPixel and < WidestPixel)
        {
            width = Math.Round(width * aspect);
        }

        var rotation = video["side_data_list"]?.AsArray().Select(data => data is null ? null : Number(data, "rotation")).FirstOrDefault(angle => angle is not null) ?? 0;
        var turned = Math.Abs(Math.IEEERemainder(rotation, 180)) > 45;
        return turned ? ((int)height, (int)width, rotation) : ((int)width, (int)height, rotation);
    }

    private static Timing TimingByHeader(JsonNode answer, JsonNode video)
    {
        var rate = Ratio(String(video, "avg_frame_rate"), '/');
        rate = rate > 0 ? rate : Ratio(String(video, "r_frame_rate"), '/');
        var duration = Number(video, "duration") ?? (answer["format"] is { } format ? Number(format, "duration") : null) ?? 0;
        var frames = Number(video, "nb_frames") ?? Math.Round(duration * rate);
        return new Timing(rate, duration, (int)Math.Clamp(frames, 0, int.MaxValue));
    }

    private static async Task<Timing?> TimingByPacketsAsync(string path, string container, VideoReaderOptions options, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(path, container, ["-select_streams", "V:0", "-show_entries", "packet=pts_time"], options, cancellationToken);
        var times = (answer["packets"]?.AsArray() ?? []).Select(packet => packet is null ? null : Number(packet, "pts_time")).OfType<double>().Order().ToArray();
        if (times.Length < 2 || times[^1] <= times[0])
        {
            return null;
        }

        var rate = (times.Length - 1) / (times[^1] - times[0]);
        return new Timing(rate, times.Length / rate, times.Length);
    }

    private static bool KnowsFpsMode(JsonNode answer)
    {
        // libavcodec 59.37 came with ffmpeg 5.1, which brought the option's new name.
        var library = answer["library_versions"]?.AsArray().FirstOrDefault(entry => entry is not null && String(entry, "name") == "libavcodec");
        return library is null || Number(library, "major") > 59 || (Number(library, "major") == 59 && Number(library, "minor") >= 37);
    }

    private static bool IsVideo(JsonNode? stream) =>
        stream is not null && String(stream, "codec_type") == "video" && Number(stream["disposition"] ?? new JsonObject(), "attached_pic") is not 1;

    private static bool IsAudio(JsonNode? stream) => stream is not null && String(stream, "codec_type") == "audio";

    private static string Reason(FfmpegProcess process, string path) =>
        process.LastWords.Length > 0 ? process.LastWords.Replace($"file:{path}: ", "", StringComparison.Ordinal) : "ffprobe ended with " + Text(process.ExitCode);

    private static string? String(JsonNode node, string field) => node[field]?.ToString();

    private static double? Number(JsonNode node, string field) =>
        double.TryParse(String(node, field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double Ratio(string? text, char separator)
    {
        var parts = (text ?? "").Split(separator);
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var numerator)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var denominator)
            && denominator > 0
            ? numerator / denominator
            : 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Timing(double Rate, double Duration, int Frames);
}
