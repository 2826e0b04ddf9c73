using System.Buffers.Binary;
using System.IO.Compression;

namespace Spotter.Training.Checkpoints;

/// <summary>
/// Reads the weights in a file of PyTorch's <c>torch.save</c>: the zip format of 1.6 and later, and the one before it. Only tensors are read; a file
/// that would run anything when PyTorch loads it is refused. No allocation exceeds a small multiple of the size of the file.
/// </summary>
public static class TorchCheckpoint
{
    // pickle.dumps(0x1950a86a20f9469cfc6c, protocol=2) without its end.
    private static readonly byte[] LegacyMagic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Whether the bytes begin like a file of <c>torch.save</c>.</summary>
    public static bool IsTorchFile(ReadOnlySpan<byte> file) => file.StartsWith(ZipMagic) || file.StartsWith(LegacyMagic);

    /// <summary>Reads the tensors by name: those of the file itself, or of its entry <c>state_dict</c>, <c>model</c>, <c>net</c> or <c>weights</c>.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged, holds no weights, or asks for something to be run.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Parse(ReadOnlyMemory<byte> file)
    {
        var (root, storages) = file.Span.StartsWith(ZipMagic) ? OpenZip(file) : OpenLegacy(file);
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var budget = (long)file.Length;
        foreach (var (key, value) in FindWeights(root))
        {
            if (key is not string name || value is not PickleTensor tensor)
            {
                continue;
            }

            const string parallel = "module."; // left by training on several devices
            var plain = name.StartsWith(parallel, StringComparison.Ordinal) ? name[parallel.Length..] : name;
            tensors[plain] = new StoredTensor(tensor.Shape, Gather(tensor, name, storages, ref budget));
        }

        return tensors.Count > 0 ? tensors : throw PickleReader.Damaged("there are no named tensors in it");
    }

    private static Dictionary<object, object?> FindWeights(object? root)
    {
        if (root is not Dictionary<object, object?> dictionary)
        {
            throw PickleReader.Damaged("there are no named tensors in it");
        }

        foreach (var key in (string[])["state_dict", "model", "net", "weights"])
        {
            if (dictionary.TryGetValue(key, out var inner) && inner is Dictionary<object, object?> weights)
            {
                return weights;
            }
        }

        return dictionary;
    }

    private static (object? Root, Func<PickleStorage, ReadOnlyMemory<byte>> Storages) OpenZip(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
            var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            var budget = (long)file.Length;
            string? folder = null;
            foreach (var entry in archive.Entries)
            {
                if (entry.Length != entry.CompressedLength || (budget -= entry.Length) < 0)
                {
                    throw PickleReader.Damaged("its parts are compressed, which PyTorch never does");
                }

                var content = new byte[entry.Length];
                using (var stream = entry.Open())
                {
                    stream.ReadExactly(content);
                }

                entries[entry.FullName] = content;
                if (entry.Name == "data.pkl")
                {
                    folder = entry.FullName[..^entry.Name.Length];
                }
            }

            if (folder is null)
            {
                throw new CheckpointFormatException("This is a zip archive, but not one of PyTorch: it has no data.pkl.");
            }

            if (entries.TryGetValue(folder + "byteorder", out var order) && !order.AsSpan().StartsWith("little"u8))
            {
                throw new CheckpointFormatException("This PyTorch file was written on a big-endian machine; save it again on another.");
            }

            return (new PickleReader(entries[folder + "data.pkl"]).Read(), storage =>
                entries.TryGetValue($"{folder}data/{storage.Key}", out var content) ? content : throw PickleReader.Damaged("numbers are missing"));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            throw new CheckpointFormatException("This PyTorch file is damaged or cut off: its zip archive cannot be read.", exception);
        }
    }

    // Five pickles (magic number, version, system, the object, keys of storages), then for each storage its count and its numbers.
    private static (object? Root, Func<PickleStorage, ReadOnlyMemory<byte>> Storages) OpenLegacy(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith(LegacyMagic))
        {
            throw new CheckpointFormatException("This is not a PyTorch file of weights, or one from before 2017; save it again with a newer PyTorch.");
        }

        var reader = new PickleReader(file);
        reader.Read();
        if (reader.Read() is not 1001L)
        {
            throw PickleReader.Damaged("its version is not known");
        }

        if (reader.Read() is Dictionary<object, object?> system && system.TryGetValue("little_endian", out var little) && little is false)
        {
            throw new CheckpointFormatException("This PyTorch file was written on a big-endian machine; save it again on another.");
        }

        var root = reader.Read();
        if (reader.Read() is not List<object?> keys)
        {
            throw PickleReader.Damaged("it does not list its numbers");
        }

        // How long a block is depends on its type, which only the references to it tell.
        var types = reader.Storages.GroupBy(storage => storage.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var blocks = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var position = reader.Position;
        foreach (var key in keys)
        {
            if (key is not string name || !types.TryGetValue(name, out var storage))
            {
                throw PickleReader.Damaged("it lists numbers that nothing refers to");
            }

            if (file.Length - position < sizeof(long))
            {
                throw PickleReader.Damaged("it ends too early");
            }

            var count = BinaryPrimitives.ReadInt64LittleEndian(file.Span[position..]);
            position += sizeof(long);
            if (count != storage.Count || count > (file.Length - position) / storage.Element.Size())
            {
                throw PickleReader.Damaged("it ends too early");
            }

            var length = (int)count * storage.Element.Size();
            blocks[name] = file.Slice(position, length);
            position += length;
        }

        return (root, storage => blocks.TryGetValue(storage.Key, out var block) ? block : throw PickleReader.Damaged("numbers are missing"));
    }

    private static float[] Gather(PickleTensor tensor, string name, Func<PickleStorage, ReadOnlyMemory<byte>> storages, ref long budget)
    {
        var (storage, shape, strides) = (tensor.Storage, tensor.Shape, tensor.Strides);
        var bytes = storages(storage).Span;
        var size = storage.Element.Size();
        var available = bytes.Length / size;
        var count = (int)StoredTensor.CountElements(shape, Math.Min(budget, int.MaxValue));
        if (count < 0)
        {
            throw PickleReader.Damaged($"tensor '{name}' is larger than the file");
        }

        if (count == 0)
        {
            return [];
        }

        var last = (Int128)tensor.Offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        if (tensor.Offset < 0 || last >= available)
        {
            throw PickleReader.Damaged($"tensor '{name}' reaches beyond its numbers");
        }

        // Tensors may share numbers, so that many large ones fit into a small file: all together may not exceed it.
        var reach = (int)(last + 1 - tensor.Offset);
        budget -= Math.Max(count, reach);
        if (budget < 0)
        {
            throw PickleReader.Damaged($"tensor '{name}' and those before it are larger than the file");
        }

        bytes = bytes.Slice((int)tensor.Offset * size, reach * size);

        if (IsContiguous(shape, strides))
        {
            return StoredTensor.Decode(bytes, storage.Element);
        }

        var block = StoredTensor.Decode(bytes, storage.Element);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var (rest, at) = ((long)i, 0L);
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                at += rest % shape[axis] * strides[axis];
                rest /= shape[axis];
            }

            values[i] = block[at];
        }

        return values;
    }

    private static bool IsContiguous(long[] shape, long[] strides)
    {
        var expected = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != expected)
            {
                return false;
            }

            expected *= shape[axis];
        }

        return true;
    }
}
