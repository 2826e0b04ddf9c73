using System.Buffers.Binary;
using System.Text;

namespace Spotter.Tests.Onnx;

/// <summary>Writes small TensorFlow Lite files for the tests, with the field numbers of the schema.</summary>
internal sealed class TfLiteFile
{
    private readonly List<byte> bytes = [];

    /// <summary>A table by its fields in order: null, byte, int, string, int[], byte[], Fields or Fields[].</summary>
    public sealed record Fields(params object?[] Values);

    public static byte[] Model(Fields[] codes, Fields[] tensors, int[] inputs, int[] outputs, Fields[] operators, byte[][] buffers)
    {
        var graph = new Fields(tensors, inputs, outputs, operators, "graph");
        var model = new Fields(3, codes, new[] { graph }, "made by a test", Array.ConvertAll(buffers, buffer => new Fields(buffer)));
        var file = new TfLiteFile();
        file.bytes.AddRange([0, 0, 0, 0, .. "TFL3"u8]);
        file.Patch(0, file.Table(model));
        return [.. file.bytes];
    }

    public static Fields Tensor(string name, int buffer, int[] shape, byte type = 0, Fields? sparsity = null) => new(shape, type, buffer, name, null, null, sparsity);

    public static Fields Code(int operation) => new((byte)operation, null, 1, operation);

    public static Fields Operator(int code, int[] inputs, int[] outputs, Fields? options = null) => new(code, inputs, outputs, (byte)1, options);

    public static byte[] Floats(params float[] values)
    {
        var buffer = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(i * 4), values[i]);
        }

        return buffer;
    }

    public static byte[] Halves(params float[] values) => [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))];

    public static byte[] Integers(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private int Table(Fields fields)
    {
        var vtable = bytes.Count;
        var slots = fields.Values.Length;
        Word(4 + (2 * slots));
        Word(4 + (4 * slots));
        for (var i = 0; i < slots; i++)
        {
            Word(fields.Values[i] is null ? 0 : 4 + (4 * i));
        }

        Align();
        var table = bytes.Count;
        Number(table - vtable);
        foreach (var value in fields.Values)
        {
            Number(value switch { byte small => small, int number => number, _ => 0 });
        }

        for (var i = 0; i < slots; i++)
        {
            if (fields.Values[i] is { } value and not byte and not int)
            {
                Align();
                Patch(table + 4 + (4 * i), Child(value));
            }
        }

        return table;
    }

    private int Child(object value)
    {
        var at = bytes.Count;
        switch (value)
        {
            case Fields table:
                return Table(table);
            case Fields[] tables:
                Number(tables.Length);
                bytes.AddRange(new byte[4 * tables.Length]);
                for (var i = 0; i < tables.Length; i++)
                {
                    Align();
                    Patch(at + 4 + (4 * i), Table(tables[i]));
                }

                return at;
            case int[] numbers:
                Number(numbers.Length);
                Array.ForEach(numbers, Number);
                return at;
            case string text:
                return Child(Encoding.UTF8.GetBytes(text));
            default:
                var raw = (byte[])value;
                Number(raw.Length);
                bytes.AddRange(raw);
                return at;
        }
    }

    private void Patch(int at, int target) => BitConverter.GetBytes(target - at).CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[at..]);

    private void Number(int value) => bytes.AddRange(BitConverter.GetBytes(value));

    private void Word(int value) => bytes.AddRange(BitConverter.GetBytes((ushort)value));

    private void Align() => bytes.AddRange(new byte[(4 - (bytes.Count % 4)) % 4]);
}
