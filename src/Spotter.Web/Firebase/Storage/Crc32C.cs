using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Spotter.Web.Firebase.Storage;

/// <summary>The checksum that Cloud Storage keeps of every object: CRC-32 with Castagnoli's polynomial (RFC 3720, appendix B.4), big-endian in Base64.</summary>
internal struct Crc32C
{
    private uint complement;

    /// <summary>Of all bytes so far, as the service writes it.</summary>
    public readonly string Text
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, complement);
            return Convert.ToBase64String(bytes);
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~complement;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var single in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        complement = ~crc;
    }

    /// <summary>Of what a stream still holds.</summary>
    public static async Task<Crc32C> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        var checksum = default(Crc32C);
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            checksum.Append(buffer.AsSpan(0, count));
        }

        return checksum;
    }
}
