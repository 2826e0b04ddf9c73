using System.Buffers.Binary;
using System.Text;

namespace Spotter.Video;

/// <summary>The outermost boxes of an MP4 or MOV file (ISO/IEC 14496-12, 4.2): enough to see whether the file is whole.</summary>
internal static class Mp4Boxes
{
    private const int MostBoxes = 100_000;

    /// <summary>Bytes that the last box says it has beyond the end of the file; 0 for a whole file.</summary>
    /// <param name="file">The file from its start.</param>
    /// <param name="types">Types of the boxes in order, such as <c>ftyp</c>, <c>moov</c>, <c>mdat</c>.</param>
    public static long MissingBytes(Stream file, out List<string> types)
    {
        types = [];
        Span<byte> header = stackalloc byte[16];
        var length = file.Length;
        long at = 0;
        while (at < length && types.Count < MostBoxes)
        {
            file.Position = at;
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (read < 8)
            {
                return 0;
            }

            types.Add(Encoding.Latin1.GetString(header[4..8]));
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size == 1 && read == header.Length)
            {
                size = BinaryPrimitives.ReadInt64BigEndian(header[8..]);
            }

            // 0 means "to the end of the file"; other sizes below a header's are padding or damage, and ffmpeg will judge them.
            if (size < 8)
            {
                return 0;
            }

            if (size > length - at)
            {
                return size - (length - at);
            }

            at += size;
        }

        return 0;
    }
}
