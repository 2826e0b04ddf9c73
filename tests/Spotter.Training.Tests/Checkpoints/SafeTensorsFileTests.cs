using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Spotter.Training.Checkpoints;

namespace Spotter.Training.Tests.Checkpoints;

public sealed class SafeTensorsFileTests
{
    private static readonly byte[] Sample = File("""
        {"__metadata__":{"made":"here"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"I64","shape":[],"data_offsets":[16,24]}}
        """, [.. Floats(1, -2, 3.5f, 4), 7, 0, 0, 0, 0, 0, 0, 0]);

    [Fact]
    public void Parse_Sample_GivesTensorsAndNotes()
    {
        var (tensors, notes) = SafeTensorsFile.Parse(Sample);

        Assert.Equal([2L, 2], tensors["a"].Shape);
        Assert.Equal([1, -2, 3.5f, 4], tensors["a"].Values);
        Assert.Empty(tensors["b"].Shape);
        Assert.Equal([7], tensors["b"].Values);
        Assert.Equal("here", notes["made"]);
    }

    [Fact]
    public void Parse_HalfAndBrainHalf_AreWidened()
    {
        byte[] data = [0x00, 0x3c, 0x00, 0xc1, 0x80, 0x3f, 0x20, 0xc0];
        var (tensors, _) = SafeTensorsFile.Parse(File(
            """{"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}""", data));

        Assert.Equal([1, -2.5f], tensors["h"].Values);
        Assert.Equal([1, -2.5f], tensors["b"].Values);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal)
            {
                ["y"] = new([3], [1, 2, 3]),
                ["x"] = new([1, 2], [float.MinValue, float.Epsilon]),
                ["empty"] = new([0, 5], []),
            };
            SafeTensorsFile.Write(path, tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["step"] = "3" });

            var (read, notes) = SafeTensorsFile.Parse(System.IO.File.ReadAllBytes(path));
            Assert.Equal("3", notes["step"]);
            Assert.Equal(tensors.Count, read.Count);
            Assert.All(tensors, pair =>
            {
                Assert.Equal(pair.Value.Shape, read[pair.Key].Shape);
                Assert.Equal(pair.Value.Values, read[pair.Key].Values);
            });
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2305843009213693952,8],"data_offsets":[0,16]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-4],"data_offsets":[16,0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[4,20]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[16],"data_offsets":[0,16]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,4],"data_offsets":[0,16]}}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"__metadata__":3}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void Parse_WrongHeader_IsRefused(string header) =>
        Assert.Throws<CheckpointFormatException>(() => SafeTensorsFile.Parse(File(header, new byte[16])));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(30)]
    public void Parse_CutOff_IsRefused(int length) =>
        Assert.Throws<CheckpointFormatException>(() => SafeTensorsFile.Parse(Sample.AsMemory(0, length)));

    [Fact]
    public void Parse_HeaderLongerThanFile_IsRefused()
    {
        var file = (byte[])Sample.Clone();
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Assert.Throws<CheckpointFormatException>(() => SafeTensorsFile.Parse(file));
    }

    [Fact]
    public void Parse_AnyMutation_GivesTensorsOrTheFormatException() =>
        Mutation.Of(Sample).Sample(
            file =>
            {
                try
                {
                    var (tensors, _) = SafeTensorsFile.Parse(file);
                    Assert.True(tensors.Values.Sum(tensor => (long)tensor.Values.Length) <= file.Length);
                }
                catch (CheckpointFormatException)
                {
                }
            },
            iter: 5000);

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        var exception = Assert.Throws<CheckpointFormatException>(() => CheckpointFile.Read("/no/such/file.safetensors"));
        Assert.Contains("/no/such/file.safetensors", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] File(string header, ReadOnlySpan<byte> data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
