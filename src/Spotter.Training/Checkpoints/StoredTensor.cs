using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Spotter.Training.Checkpoints;

/// <summary>A tensor read from or written to a file of weights.</summary>
/// <param name="Shape">Lengths of its dimensions; empty for a single number.</param>
/// <param name="Values">The numbers, row-major; as many as the product of the shape.</param>
public sealed record StoredTensor(long[] Shape, float[] Values)
{
    /// <summary>The number of elements of a shape, or -1 when a dimension is negative or the product exceeds <paramref name="limit"/>.</summary>
    internal static long CountElements(ReadOnlySpan<long> shape, long limit)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            if (length < 0 || (length > 0 && count > limit / length))
            {
                return -1;
            }

            count *= length;
        }

        return count;
    }

    /// <summary>Turns little-endian numbers of a file into single precision.</summary>
    internal static float[] Decode(ReadOnlySpan<byte> bytes, StoredElement element)
    {
        var values = new float[bytes.Length / element.Size()];
        if (element == StoredElement.Single && BitConverter.IsLittleEndian)
        {
            bytes[..(values.Length * sizeof(float))].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var at = bytes[(i * element.Size())..];
            values[i] = element switch
            {
                StoredElement.Single => BinaryPrimitives.ReadSingleLittleEndian(at),
                StoredElement.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
                StoredElement.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
                StoredElement.BrainHalf => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
                StoredElement.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                StoredElement.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                _ => throw new ArgumentOutOfRangeException(nameof(element)),
            };
        }

        return values;
    }
}

/// <summary>Number formats that files of weights may hold.</summary>
internal enum StoredElement
{
    Single,
    Double,
    Half,
    BrainHalf,
    Int64,
    Int32,
}

/// <summary>Sizes of the number formats.</summary>
internal static class StoredElementSizes
{
    public static int Size(this StoredElement element) => element switch
    {
        StoredElement.Double or StoredElement.Int64 => 8,
        StoredElement.Half or StoredElement.BrainHalf => 2,
        _ => 4,
    };
}
