using System.IO.Compression;
using System.Text;

namespace Spotter.Training.Tests.Checkpoints;

/// <summary>Writes files as PyTorch's <c>torch.save</c> does, byte by byte from the description of the formats, for tests of their reader.</summary>
internal sealed class TorchFileBytes
{
    private readonly List<byte> pickle = [0x80, 2];

    /// <summary>One tensor of the file.</summary>
    public sealed record Entry(string Name, string StorageType, byte[] Data, long Count, long Offset, long[] Shape, long[] Strides);

    public static Entry Floats(string name, float[] values, params long[] shape)
    {
        var strides = new long[shape.Length];
        for (var (axis, stride) = (shape.Length - 1, 1L); axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        return new Entry(name, "FloatStorage", [.. values.SelectMany(BitConverter.GetBytes)], values.Length, 0, shape, strides);
    }

    /// <summary>The zip format of PyTorch 1.6 and later.</summary>
    public static byte[] Zip(Entry[] entries, string? wrap = null, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", new TorchFileBytes().StateDictionary(entries, wrap, legacy: false));
            Add("archive/byteorder", "little"u8.ToArray());
            for (var i = 0; i < entries.Length; i++)
            {
                Add($"archive/data/{i}", entries[i].Data);
            }

            Add("archive/version", "3\n"u8.ToArray());

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The format before 1.6: five pickles, then the numbers.</summary>
    public static byte[] Legacy(Entry[] entries, string? wrap = null)
    {
        var file = new List<byte>();
        file.AddRange([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);
        file.AddRange([0x80, 2, (byte)'M', 0xe9, 0x03, (byte)'.']);
        var system = new TorchFileBytes();
        system.Op('}').Op('(').Text("little_endian").Op('\x88').Op('u').Op('.');
        file.AddRange(system.pickle);
        file.AddRange(new TorchFileBytes().StateDictionary(entries, wrap, legacy: true));
        var keys = new TorchFileBytes();
        keys.Op(']').Op('(');
        for (var i = 0; i < entries.Length; i++)
        {
            keys.Text($"{i}");
        }

        file.AddRange(keys.Op('e').Op('.').pickle);
        foreach (var entry in entries)
        {
            file.AddRange(BitConverter.GetBytes(entry.Count));
            file.AddRange(entry.Data);
        }

        return [.. file];
    }

    /// <summary>A zip file whose pickle is made of the given parts.</summary>
    public static byte[] ZipOf(Action<TorchFileBytes> write)
    {
        var bytes = new TorchFileBytes();
        write(bytes);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open();
            entry.Write([.. bytes.pickle]);
        }

        return stream.ToArray();
    }

    public TorchFileBytes Op(char opcode)
    {
        pickle.Add((byte)opcode);
        return this;
    }

    public TorchFileBytes Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        pickle.AddRange([(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes]);
        return this;
    }

    public TorchFileBytes Global(string module, string name)
    {
        pickle.AddRange(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));
        return this;
    }

    public TorchFileBytes Integer(long value)
    {
        pickle.AddRange(value is >= 0 and < 256 ? [(byte)'K', (byte)value] : [0x8a, 8, .. BitConverter.GetBytes(value)]);
        return this;
    }

    private byte[] StateDictionary(Entry[] entries, string? wrap, bool legacy)
    {
        if (wrap is not null)
        {
            Op('}').Text("epoch").Integer(3).Op('s').Text(wrap);
        }

        Global("collections", "OrderedDict").Op(')').Op('R').Op('q').Op('\0').Op('(');
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            Text(entry.Name).Global("torch._utils", "_rebuild_tensor_v2").Op('(').Op('(')
                .Text("storage").Global("torch", entry.StorageType).Text($"{i}").Text("cpu").Integer(entry.Count);
            if (legacy)
            {
                Op('N');
            }

            Op('t').Op('Q').Integer(entry.Offset);
            Tuple(entry.Shape).Tuple(entry.Strides);
            Op('\x89').Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
        }

        // torch.save stores the versions of modules as an attribute of the dictionary.
        Op('u').Op('}').Text("_metadata").Op('}').Op('s').Op('b');
        if (wrap is not null)
        {
            Op('s');
        }

        return [.. Op('.').pickle];
    }

    private TorchFileBytes Tuple(long[] values)
    {
        Op('(');
        Array.ForEach(values, value => Integer(value));
        return Op('t');
    }
}
