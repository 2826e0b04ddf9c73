namespace Spotter.Video;

/// <summary>What a <see cref="VideoReader"/> delivers and what it refuses.</summary>
public sealed record VideoReaderOptions
{
    /// <summary>Longest side of the delivered frames in pixels; larger pictures are scaled down while decoding, smaller ones are never scaled up.</summary>
    public int MaxLongSide { get; init; } = 1280;

    /// <summary>Clips clearly faster than this (by a sixth: 30 leaves 33 alone) are thinned to it, each kept frame with its true time.</summary>
    public double MaxFramesPerSecond { get; init; } = 30;

    /// <summary>Clips longer than this are refused, in seconds.</summary>
    public double MaxDurationSeconds { get; init; } = 3600;

    /// <summary>Pictures of more pixels than this are refused; the usual limit allows 8K.</summary>
    public int MaxPixels { get; init; } = 36_000_000;

    /// <summary>Longest time to wait for what the file says about itself, or for the next frame.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Address space of each ffmpeg process in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 3L << 30;

    /// <summary>Threads that decode.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Folder with <c>ffmpeg</c> and <c>ffprobe</c>; null to find them on the PATH.</summary>
    public string? FfmpegFolder { get; init; }
}
