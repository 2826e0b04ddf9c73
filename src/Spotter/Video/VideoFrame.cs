namespace Spotter.Video;

/// <summary>One decoded frame. The pixels belong to the reader and are valid until the next frame is asked for.</summary>
/// <param name="Index">Number of the frame, from 0.</param>
/// <param name="TimestampSeconds">Time from the start of the clip.</param>
/// <param name="Rgb">H × W × 3 bytes, red first, rows from the top.</param>
public readonly record struct VideoFrame(int Index, double TimestampSeconds, ReadOnlyMemory<byte> Rgb);
