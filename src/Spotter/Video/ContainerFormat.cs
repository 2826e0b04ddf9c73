using System.Text;

namespace Spotter.Video;

/// <summary>
/// Tells by the first bytes of a file which of ffmpeg's demuxers may read it. The demuxer is then named to ffmpeg instead of letting it guess,
/// so that neither a file's name nor a playlist inside a file can make it open anything else.
/// </summary>
internal static class ContainerFormat
{
    /// <summary>Bytes that <see cref="Recognise"/> wants to see.</summary>
    public const int HeadLength = 4096;

    private const int TransportPacket = 188;

    /// <summary>Name of the demuxer for a file that starts with <paramref name="head"/>.</summary>
    /// <exception cref="VideoFormatException">Not a kind of video file that is read; the message says what it looks like.</exception>
    public static string Recognise(ReadOnlySpan<byte> head, string name)
    {
        if (head.Length >= 12 && IsMov(head[4..8]))
        {
            return "mov";
        }

        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]))
        {
            return "matroska";
        }

        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("AVI "u8))
        {
            return "avi";
        }

        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
        {
            return "gif";
        }

        if (head.StartsWith("FLV\x01"u8))
        {
            return "flv";
        }

        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
        {
            return "mjpeg";
        }

        if (head.StartsWith<byte>([0, 0, 1, 0xBA]))
        {
            return "mpeg";
        }

        if (IsTransportStream(head, 0, TransportPacket) || IsTransportStream(head, 4, TransportPacket + 4))
        {
            return "mpegts";
        }

        throw new VideoFormatException($"{name} {Describe(head)}. Give a video file such as MP4, MOV, MKV, WebM, AVI or GIF.") { Kind = "not-a-video" };
    }

    private static bool IsMov(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("ftyp"u8) || type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("wide"u8)
        || type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8) || type.SequenceEqual("pnot"u8);

    private static bool IsTransportStream(ReadOnlySpan<byte> head, int first, int stride)
    {
        const byte Sync = 0x47;
        const int Packets = 3;
        for (var packet = 0; packet < Packets; packet++)
        {
            var at = first + (packet * stride);
            if (at >= head.Length || head[at] != Sync)
            {
                return false;
            }
        }

        return true;
    }

    private static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ID3"u8) || head.StartsWith("fLaC"u8) || (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WAVE"u8)))
        {
            return "holds sound but no picture";
        }

        if (head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith("RIFF"u8))
        {
            return "is a picture, not a video";
        }

        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        if (text.StartsWith("#EXTM3U", StringComparison.Ordinal) || text.StartsWith("ffconcat", StringComparison.Ordinal)
            || text.StartsWith("file ", StringComparison.Ordinal) || text.StartsWith("[playlist]", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith('<') && text.Contains("<MPD", StringComparison.Ordinal)) || text.Contains("://", StringComparison.Ordinal))
        {
            return "is a playlist or a network address, not a video";
        }

        return "is not a video, whatever its name says";
    }
}
