using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Spotter.Training.Checkpoints;

/// <summary>
/// Reads and writes the safetensors format: 8 bytes little-endian length N, N bytes of JSON (name → dtype, shape, data_offsets), then the numbers,
/// row-major and little-endian. Nothing in such a file can be executed, and no allocation exceeds the size of the file.
/// </summary>
public static class SafeTensorsFile
{
    private const int MaximumHeaderBytes = 4 << 20;
    private const string MetadataKey = "__metadata__";

    /// <summary>Reads all tensors; half, double and integer ones are converted to single precision.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged or not of this format.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path) => Parse(File.ReadAllBytes(path)).Tensors;

    /// <summary>Reads the tensors and the notes (<c>__metadata__</c>) from the bytes of a file.</summary>
    /// <exception cref="CheckpointFormatException">The bytes are damaged or not of this format.</exception>
    public static (IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Notes) Parse(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 8)
        {
            throw new CheckpointFormatException("The file is too short to be a safetensors file.");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > (ulong)Math.Min(file.Length - 8, MaximumHeaderBytes))
        {
            throw new CheckpointFormatException("This is not a safetensors file, or it is cut off: its header is longer than the file or than 4 MiB.");
        }

        var data = file[(8 + (int)headerLength)..];
        try
        {
            using var header = JsonDocument.Parse(file.Slice(8, (int)headerLength), new JsonDocumentOptions { MaxDepth = 8 });
            if (header.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new CheckpointFormatException("The safetensors header is not a JSON object.");
            }

            var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
            var notes = new Dictionary<string, string>(StringComparer.Ordinal);
            var unread = (long)data.Length;
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == MetadataKey)
                {
                    ReadNotes(entry.Value, notes);
                    continue;
                }

                var (element, shape, start, length) = ReadEntry(entry, data.Length);
                unread -= length;
                if (unread < 0 || !tensors.TryAdd(entry.Name, new StoredTensor(shape, StoredTensor.Decode(data.Span.Slice(start, length), element))))
                {
                    throw new CheckpointFormatException($"The safetensors header is wrong: tensor '{entry.Name}' overlaps or repeats another.");
                }
            }

            return (tensors, notes);
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException("This is not a safetensors file, or it is damaged: its header is not JSON.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Text that JsonDocument accepts as a token but cannot decode, such as a lone surrogate.
            throw new CheckpointFormatException("The safetensors header holds an entry of the wrong kind.", exception);
        }
    }

    /// <summary>Writes tensors in the order of their names; the file appears whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="notes">What else is told about them.</param>
    /// <param name="isHalf">Which tensors are stored in half precision; null for none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, StoredTensor> tensors,
        IReadOnlyDictionary<string, string>? notes = null,
        Func<StoredTensor, bool>? isHalf = null)
    {
        var ordered = tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal).ToArray();
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (notes is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var note in notes.OrderBy(note => note.Key, StringComparer.Ordinal))
                {
                    json.WriteString(note.Key, note.Value);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var (name, tensor) in ordered)
            {
                json.WriteStartObject(name);
                var half = isHalf?.Invoke(tensor) ?? false;
                json.WriteString("dtype", half ? "F16" : "F32");
                json.WriteStartArray("shape");
                Array.ForEach(tensor.Shape, json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)tensor.Values.Length * (half ? 2 : sizeof(float)));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The numbers begin at a multiple of 8, so that readers may map them.
        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }

        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            header.WriteTo(stream);
            foreach (var (_, tensor) in ordered)
            {
                if (isHalf?.Invoke(tensor) ?? false)
                {
                    stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(tensor.Values, value => (Half)value).AsSpan()));
                }
                else
                {
                    stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
                }
            }
        });
    }

    private static void ReadNotes(JsonElement metadata, Dictionary<string, string> notes)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointFormatException("The safetensors header holds an entry of the wrong kind.");
        }

        foreach (var note in metadata.EnumerateObject())
        {
            notes[note.Name] = note.Value.ValueKind == JsonValueKind.String ? note.Value.GetString()! : note.Value.GetRawText();
        }
    }

    private static (StoredElement Element, long[] Shape, int Start, int Length) ReadEntry(JsonProperty entry, int dataLength)
    {
        if (entry.Value.ValueKind != JsonValueKind.Object
            || !entry.Value.TryGetProperty("dtype", out var type)
            || !entry.Value.TryGetProperty("shape", out var dimensions)
            || !entry.Value.TryGetProperty("data_offsets", out var offsets)
            || type.ValueKind != JsonValueKind.String)
        {
            throw new CheckpointFormatException($"The safetensors header lacks dtype, shape or data_offsets of tensor '{entry.Name}'.");
        }

        var element = type.GetString() switch
        {
            "F32" => StoredElement.Single,
            "F64" => StoredElement.Double,
            "F16" => StoredElement.Half,
            "BF16" => StoredElement.BrainHalf,
            "I64" => StoredElement.Int64,
            "I32" => StoredElement.Int32,
            var other => throw new CheckpointFormatException($"Tensor '{entry.Name}' has element type '{other}'; use F32, F64, F16, BF16, I64 or I32."),
        };
        var shape = ReadIntegers(dimensions, entry.Name);
        var range = ReadIntegers(offsets, entry.Name);
        var count = StoredTensor.CountElements(shape, dataLength / element.Size());
        if (count < 0 || range.Length != 2 || range[0] < 0 || range[1] > dataLength || range[1] - range[0] != count * element.Size())
        {
            throw new CheckpointFormatException($"Tensor '{entry.Name}' does not fit into the file: it is cut off or its header is wrong.");
        }

        return (element, shape, (int)range[0], (int)(range[1] - range[0]));
    }

    private static long[] ReadIntegers(JsonElement array, string name)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > 8)
        {
            throw new CheckpointFormatException($"The safetensors header gives no proper shape or place of tensor '{name}'.");
        }

        var values = new long[array.GetArrayLength()];
        for (var i = 0; i < values.Length; i++)
        {
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out values[i]))
            {
                throw new CheckpointFormatException($"The safetensors header gives no proper shape or place of tensor '{name}'.");
            }
        }

        return values;
    }
}
