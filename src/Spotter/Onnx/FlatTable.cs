using System.Buffers.Binary;
using System.Text;

namespace Spotter.Onnx;

/// <summary>
/// A table of a FlatBuffers file. Every access is checked against the file's end, and a vector can be no longer than the bytes that follow,
/// so a damaged file gives a <see cref="ModelFormatException"/>, whatever its offsets say.
/// </summary>
/// <remarks>File format: FlatBuffers internals, flatbuffers.dev; offsets are relative, little-endian.</remarks>
internal readonly struct FlatTable
{
    private readonly ReadOnlyMemory<byte> file;
    private readonly int position;
    private readonly int fields; // position of the vtable
    private readonly int fieldsLength;

    private FlatTable(ReadOnlyMemory<byte> file, int position)
    {
        this.file = file;
        this.position = position;
        fields = At(file, (long)position - BinaryPrimitives.ReadInt32LittleEndian(Slice(file, position, sizeof(int))), sizeof(uint));
        fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(file.Span[fields..]);
        At(file, fields, fieldsLength);
    }

    /// <summary>The root table of a file with the given four-letter identifier.</summary>
    public static FlatTable Root(ReadOnlyMemory<byte> file, string identifier)
    {
        if (file.Length < 8 || !file.Span.Slice(4, 4).SequenceEqual(Encoding.ASCII.GetBytes(identifier)))
        {
            throw new ModelFormatException($"This is not a network file of the expected kind ({identifier}).");
        }

        return new FlatTable(file, Follow(file, 0));
    }

    public byte Byte(int field, byte otherwise = 0) => Find(field) is int at ? Slice(file, at, 1)[0] : otherwise;

    public int Int32(int field, int otherwise = 0) =>
        Find(field) is int at ? BinaryPrimitives.ReadInt32LittleEndian(Slice(file, at, sizeof(int))) : otherwise;

    public FlatTable? Table(int field) => Find(field) is int at ? new FlatTable(file, Follow(file, at)) : null;

    public FlatTable[] Tables(int field, int limit)
    {
        var vector = Vector(field, sizeof(uint), limit, out var count);
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = new FlatTable(file, Follow(file, vector + (i * sizeof(uint))));
        }

        return tables;
    }

    public int[] Integers(int field, int limit)
    {
        var vector = Vector(field, sizeof(int), limit, out var count);
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(file.Span[(vector + (i * sizeof(int)))..]);
        }

        return values;
    }

    public ReadOnlyMemory<byte> Bytes(int field, int elementSize = 1)
    {
        var vector = Vector(field, elementSize, int.MaxValue, out var count);
        return file.Slice(vector, count * elementSize);
    }

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    private static int Follow(ReadOnlyMemory<byte> file, int at) =>
        At(file, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(Slice(file, at, sizeof(uint))), sizeof(uint));

    private static ReadOnlySpan<byte> Slice(ReadOnlyMemory<byte> file, long at, int length) => file.Span.Slice(At(file, at, length), length);

    private static int At(ReadOnlyMemory<byte> file, long at, long length)
    {
        if (at < 0 || at + length > file.Length)
        {
            throw new ModelFormatException("The network file is damaged or cut off: it points outside itself.");
        }

        return (int)at;
    }

    private int Vector(int field, int elementSize, int limit, out int count)
    {
        if (Find(field) is not int at)
        {
            count = 0;
            return 0;
        }

        var vector = Follow(file, at);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[vector..]);
        if (length > limit)
        {
            throw new ModelFormatException($"The network file is damaged: it claims a list of {length} entries.");
        }

        At(file, vector + sizeof(uint), (long)length * elementSize);
        count = (int)length;
        return vector + sizeof(uint);
    }

    private int? Find(int field)
    {
        var entry = sizeof(uint) + (field * sizeof(ushort));
        if (entry + sizeof(ushort) > fieldsLength)
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadUInt16LittleEndian(file.Span[(fields + entry)..]);
        return offset == 0 ? null : position + offset;
    }
}
