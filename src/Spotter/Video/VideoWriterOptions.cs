namespace Spotter.Video;

/// <summary>How a <see cref="VideoWriter"/> encodes.</summary>
public sealed record VideoWriterOptions
{
    /// <summary>What the brightness of the pictures is mixed of; the file tells it to players.</summary>
    public YuvMatrix Matrix { get; init; } = YuvMatrix.Bt601;

    /// <summary>The clip whose sound is kept; null, or a clip without sound, gives a silent clip.</summary>
    public VideoInfo? SoundFrom { get; init; }

    /// <summary>Constant rate factor of x264, from 0 (lossless) to 51; 24 is hard to tell from the original at normal size.</summary>
    public int RateFactor { get; init; } = 24;

    /// <summary>Whether to spend several times as long on a file of a fraction of the size; for clips made once and kept.</summary>
    public bool Compact { get; init; }

    /// <summary>Longest time to wait for the encoder to take a frame or to finish the file.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Address space of the ffmpeg process in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 3L << 30;

    /// <summary>Threads that encode.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Folder with <c>ffmpeg</c>; null to find it on the PATH.</summary>
    public string? FfmpegFolder { get; init; }
}
