namespace Spotter.Video;

/// <summary>One decoded frame. The picture belongs to the reader and is overwritten once the next frame is asked for.</summary>
/// <param name="Index">Number of the frame, from 0.</param>
/// <param name="TimestampSeconds">Time from the start of the clip.</param>
/// <param name="Picture">The pixels.</param>
public readonly record struct VideoFrame(int Index, double TimestampSeconds, YuvPicture Picture);
