using System.IO.Compression;
using CsCheck;
using Spotter.Training.Checkpoints;
using Spotter.Training.Network;
using Spotter.Training.Tests.Network;

namespace Spotter.Training.Tests.Checkpoints;

public sealed class TorchCheckpointTests
{
    private static readonly TorchFileBytes.Entry[] Entries =
    [
        TorchFileBytes.Floats("a.weight", [1, 2, 3, 4, 5, 6], 2, 3),
        TorchFileBytes.Floats("a.bias", [-1.5f], 1),
        new("a.num_batches_tracked", "LongStorage", BitConverter.GetBytes(7L), 1, 0, [], []),
    ];

    public static TheoryData<string> Formats => ["zip", "legacy"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_StateDictionary_GivesTensors(string format)
    {
        var tensors = TorchCheckpoint.Parse(File(format, Entries));

        Assert.Equal(3, tensors.Count);
        Assert.Equal([2L, 3], tensors["a.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["a.weight"].Values);
        Assert.Equal([-1.5f], tensors["a.bias"].Values);
        Assert.Empty(tensors["a.num_batches_tracked"].Shape);
        Assert.Equal([7], tensors["a.num_batches_tracked"].Values);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_WrappedStateDictionary_IsFound(string format) =>
        Assert.Equal(3, TorchCheckpoint.Parse(File(format, Entries, "state_dict")).Count);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_TransposedAndShiftedViews_AreGathered(string format)
    {
        var data = Enumerable.Range(0, 7).SelectMany(i => BitConverter.GetBytes((float)i)).ToArray();
        var tensors = TorchCheckpoint.Parse(File(format, [new("module.t", "FloatStorage", data, 7, 1, [3, 2], [1, 3])]));

        Assert.Equal([1, 4, 2, 5, 3, 6], tensors["t"].Values);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_NetworkSavedByTorch_IsTheSameNetwork(string format)
    {
        using var network = RandomWeights.Network(5);
        var weights = network.GetWeights();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pt");
        try
        {
            System.IO.File.WriteAllBytes(path, File(format, [.. weights.Select(pair => TorchFileBytes.Floats(pair.Key, pair.Value.Values, pair.Value.Shape))]));
            using var loaded = StGcnNetwork.Load(path);
            Assert.All(loaded.GetWeights(), pair => Assert.Equal(weights[pair.Key].Values, pair.Value.Values));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("posix", "system")]
    [InlineData("torch.storage", "_load_from_bytes")]
    public void Parse_NameOutsideTheList_IsRefusedByName(string module, string name)
    {
        var file = TorchFileBytes.ZipOf(bytes => bytes.Global(module, name).Op('(').Text("touch /tmp/harm").Op('t').Op('R').Op('.'));
        var exception = Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(file));
        Assert.Contains($"{module}.{name}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('i')] // INST
    [InlineData('o')] // OBJ
    [InlineData('\x81')] // NEWOBJ
    [InlineData('\x82')] // EXT1
    [InlineData('P')] // PERSID
    public void Parse_InstructionThatMakesObjects_IsRefused(char opcode) =>
        Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(TorchFileBytes.ZipOf(bytes => bytes.Op(opcode).Op('.'))));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_ShapeLargerThanItsNumbers_IsRefused(string format)
    {
        foreach (var shape in new long[][] { [3], [1L << 40], [1L << 32, 1L << 32], [1 << 20, 1 << 20] })
        {
            var entry = new TorchFileBytes.Entry("a", "FloatStorage", new byte[8], 2, 0, shape, [.. shape.Select(_ => 1L)]);
            Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(File(format, [entry])));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_ManyLargeViewsOfFewNumbers_AreRefused(string format)
    {
        // Each tensor repeats one number; together they would take a terabyte.
        var entries = Enumerable.Range(0, 1000).Select(i => new TorchFileBytes.Entry($"t{i}", "FloatStorage", new byte[4], 1, 0, [1 << 28], [0])).ToArray();
        Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(File(format, entries)));
    }

    [Fact]
    public void Parse_LegacyCountThatLies_IsRefused()
    {
        var entry = TorchFileBytes.Floats("a", [1, 2], 2) with { Count = 1L << 40 };
        Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(TorchFileBytes.Legacy([entry])));
    }

    [Fact]
    public void Parse_CompressedZip_IsRefused()
    {
        var large = TorchFileBytes.Floats("a", new float[1 << 20], 1 << 20);
        Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(TorchFileBytes.Zip([large], compression: CompressionLevel.SmallestSize)));
    }

    [Fact]
    public void Parse_OtherZip_SaysSo()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("readme.txt").Open().Dispose();
        }

        Assert.Contains("data.pkl", Assert.Throws<CheckpointFormatException>(() => TorchCheckpoint.Parse(stream.ToArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Parse_AnyMutation_GivesTensorsOrTheFormatException(string format) =>
        Mutation.Of(File(format, Entries)).Sample(
            file =>
            {
                try
                {
                    var tensors = TorchCheckpoint.Parse(file);
                    Assert.True(tensors.Values.Sum(tensor => (long)tensor.Values.Length) <= file.Length);
                }
                catch (CheckpointFormatException)
                {
                }
            },
            iter: 5000);

    private static byte[] File(string format, TorchFileBytes.Entry[] entries, string? wrap = null) =>
        format == "zip" ? TorchFileBytes.Zip(entries, wrap) : TorchFileBytes.Legacy(entries, wrap);
}
