using Spotter.Onnx;
using Spotter.StGcn;

namespace Spotter.Tests.StGcn;

public sealed class StGcnEncoderTests
{
    private static readonly BackboneDescription Description = new("tiny", "3", BackboneDescription.BodyFramePreprocessing, "Made up.");

    [Fact]
    public void Encode_MeansOverFramesAndJoints_ComeFromTheRightAxes()
    {
        // The stand-in for a backbone gives the mean of channel x in place 0 and of y in place 1.
        using var encoder = StGcnEncoder.Load(MeanBackbone(described: true));
        const int frames = 5;
        var input = new float[2 * 3 * frames * 18];
        Array.Fill(input, 2, 0, frames * 18);
        Array.Fill(input, 3, frames * 18, frames * 18);
        Array.Fill(input, 7, 3 * frames * 18, frames * 18);

        var both = encoder.Encode(input, frames, 2);
        Assert.Equal(2 * StGcnEncoder.FeatureCount, both.Length);
        Assert.Equal([2, 3, 0], both[..3]);
        Assert.Equal([7, 0, 0], both[256..259]);
        Assert.Equal(both[..256], encoder.Encode(input.AsSpan(0, input.Length / 2), frames));
    }

    [Fact]
    public void Load_Backbone_TellsDescription()
    {
        using var encoder = StGcnEncoder.Load(MeanBackbone(described: true));
        Assert.Equal(Description, encoder.Description);
    }

    [Fact]
    public void Encode_WrongLength_Throws()
    {
        using var encoder = StGcnEncoder.Load(MeanBackbone(described: true));
        Assert.Throws<ArgumentException>(() => encoder.Encode(new float[100], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode([], 0));
    }

    [Fact]
    public void Load_OtherOnnxFile_IsRefused() =>
        Assert.Throws<BackboneFormatException>(() => StGcnEncoder.Load(MeanBackbone(described: false)));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Load_CutOff_IsRefused(int length) =>
        Assert.Throws<BackboneFormatException>(() => StGcnEncoder.Load(MeanBackbone(described: true)[..length]));

    [Fact]
    public void Load_MissingFile_SaysWhich()
    {
        var exception = Assert.Throws<BackboneFormatException>(() => StGcnEncoder.Load("/no/such/backbone.onnx"));
        Assert.Contains("/no/such/backbone.onnx", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] MeanBackbone(bool described)
    {
        var graph = new OnnxGraphBuilder("mean");
        var input = graph.Input(StGcnEncoder.InputName, OnnxElementType.Float32, "repetitions", 3, "frames", 18);
        var mean = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [input])]);
        var spread = new float[3 * StGcnEncoder.FeatureCount];
        spread[0] = 1;
        spread[StGcnEncoder.FeatureCount + 1] = 1;
        var features = graph.Node("MatMul", [mean, graph.Constant("spread", OnnxTensor.Float32(spread, 3, StGcnEncoder.FeatureCount))]);
        graph.Output(StGcnEncoder.OutputName, features, OnnxElementType.Float32, "repetitions", StGcnEncoder.FeatureCount);
        foreach (var (key, text) in described ? Description.ToNotes() : new Dictionary<string, string>(StringComparer.Ordinal))
        {
            graph.Note(key, text);
        }

        return graph.ToModel();
    }
}
