namespace Spotter.Video;

/// <summary>What a clip says about itself. Numbers from the file's header, not from decoding it: a damaged file may hold less.</summary>
public sealed record VideoInfo
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Kind of file by its content, whatever its name says: <c>mov</c> (MP4 too), <c>matroska</c> (WebM too), <c>avi</c>, <c>gif</c>, …</summary>
    public required string Container { get; init; }

    /// <summary>ffmpeg's name of the video codec, such as <c>h264</c> or <c>hevc</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>ffmpeg's name of the pixel format, such as <c>yuv420p10le</c>; null where unknown.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>ffmpeg's name of how numbers become light, such as <c>bt709</c>; <c>arib-std-b67</c> (HLG) and <c>smpte2084</c> (PQ) are HDR; null where untold.</summary>
    public string? ColorTransfer { get; init; }

    /// <summary>ffmpeg's name of the colours that the numbers mix, such as <c>bt709</c> or <c>bt2020</c>; null where untold.</summary>
    public string? ColorPrimaries { get; init; }

    /// <summary>ffmpeg's name of how brightness and colour are told apart, such as <c>bt709</c> or <c>bt2020nc</c>; null where untold.</summary>
    public string? ColorMatrix { get; init; }

    /// <summary>ffmpeg's name of the range of the numbers: <c>pc</c> for all 256 levels, <c>tv</c> for those from 16 to 235 or 240; null where untold.</summary>
    public string? ColorRange { get; init; }

    /// <summary>Whether the picture has a high dynamic range, as phones record it in 10 bits.</summary>
    public bool IsHdr => ColorTransfer is "arib-std-b67" or "smpte2084";

    /// <summary>Width as shown, in pixels: rotation applied, pixels square.</summary>
    public required int Width { get; init; }

    /// <summary>Height as shown, in pixels: rotation applied, pixels square.</summary>
    public required int Height { get; init; }

    /// <summary>Angle by which the stored picture is turned for showing, in degrees counter-clockwise, as ffprobe reports it; 0 for most files.</summary>
    public double RotationDegrees { get; init; }

    /// <summary>Average frames per second, above 0.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Frames per second with which it was recorded, where the phone tells (<c>com.android.capture.fps</c>): more than are shown in slow motion; null where untold.</summary>
    public double? RecordedFramesPerSecond { get; init; }

    /// <summary>How many times slower than life the clip shows what was recorded; 1 where nothing tells that it does.</summary>
    public double Slowness => RecordedFramesPerSecond / FramesPerSecond is { } times && times >= LeastSlowness ? times : 1;

    // Phones in bad light store fewer pictures than they claim to record.
    private const double LeastSlowness = 1.9;

    /// <summary>Length of the picture in seconds; 0 where even counting packets does not tell.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Stored frames, by the header or from rate and length; may be off by a few.</summary>
    public required int EstimatedFrameCount { get; init; }

    /// <summary>ffmpeg's name of the first sound track's codec; null where there is no sound.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Whether there is sound.</summary>
    public bool HasAudio => AudioCodec is not null;

    /// <summary>Which options the installed ffmpeg knows.</summary>
    internal bool FfmpegKnowsFpsMode { get; init; }

    /// <summary>Reads what a clip says about itself.</summary>
    /// <param name="path">A video file; its content decides, not its name.</param>
    /// <param name="options">Limits; null for the usual ones.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="VideoFormatException">Not a readable clip; the message says what is wrong and what to do.</exception>
    /// <exception cref="MissingToolException">ffmpeg is not installed; the message holds the command that installs it.</exception>
    public static Task<VideoInfo> ReadAsync(string path, VideoReaderOptions? options = null, CancellationToken cancellationToken = default) =>
        VideoProbe.RunAsync(path, options ?? new VideoReaderOptions(), cancellationToken);
}
