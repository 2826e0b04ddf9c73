using Microsoft.ML.OnnxRuntime;
using Spotter.Onnx;

namespace Spotter.Tests.Onnx;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void ToModel_FreeDimension_RunsForAnyLength()
    {
        var graph = new OnnxGraphBuilder("affine");
        var x = graph.Input("x", OnnxElementType.Float32, "frames", 2);
        var weight = graph.Cast(graph.Constant("w", OnnxTensor.Float16([1, 2, 3, 4], 2, 2)), OnnxElementType.Float32);
        var bias = graph.Constant("b", OnnxTensor.Float32([0.5f, -0.5f], 2));
        graph.Output("y", graph.Node("Add", [graph.Node("MatMul", [x, weight]), bias]), OnnxElementType.Float32, "frames", 2);

        using var session = new InferenceSession(graph.ToModel());

        Assert.Equal([4.5f, 5.5f], Run(session, "x", [1, 1], [1, 2]));
        Assert.Equal([4.5f, 5.5f, 1.5f, 1.5f], Run(session, "x", [1, 1, 1, 0], [2, 2]));
    }

    [Fact]
    public void Node_EveryKindOfAttribute_IsUnderstoodByTheRuntime()
    {
        var graph = new OnnxGraphBuilder("attributes");
        var x = graph.Input("x", OnnxElementType.Float32, 1, 1, 2, 2);
        var leaky = graph.Node("LeakyRelu", [x], OnnxAttribute.Of("alpha", 0.25f));
        var pooled = graph.Node("MaxPool", [leaky], OnnxAttribute.Of("kernel_shape", [2, 2]), OnnxAttribute.Of("auto_pad", "VALID"));
        var flat = graph.Node("Flatten", [pooled], OnnxAttribute.Of("axis", 1L));
        var three = graph.Node("Constant", [], OnnxAttribute.Of("value", OnnxTensor.Float32([3], 1)));
        var scale = graph.Node("Constant", [], OnnxAttribute.Of("value_floats", [2f]));
        graph.Output("y", graph.Node("Add", [graph.Node("Mul", [flat, scale]), three]), OnnxElementType.Float32, 1, 1);

        using var session = new InferenceSession(graph.ToModel());

        Assert.Equal([2.5f], Run(session, "x", [-1, -2, -3, -4], [1, 1, 2, 2]));
    }

    [Fact]
    public void Node_SeveralOutputs_AreNamedApart()
    {
        var graph = new OnnxGraphBuilder("split");
        var x = graph.Input("x", OnnxElementType.Float32, 4);
        var sizes = graph.Constant("sizes", OnnxTensor.Int64(1, 3));
        var parts = graph.Node("Split", [x, sizes], 2, OnnxAttribute.Of("axis", 0L));
        graph.Output("tail", parts[1], OnnxElementType.Float32, 3);

        using var session = new InferenceSession(graph.ToModel());

        Assert.Equal([2f, 3f, 4f], Run(session, "x", [1, 2, 3, 4], [4]));
    }

    [Fact]
    public void Note_Text_IsFoundInTheLoadedModel()
    {
        var graph = new OnnxGraphBuilder("noted");
        graph.Output("y", graph.Input("x", OnnxElementType.Float32, 1), OnnxElementType.Float32, 1);
        graph.Note("made-from", "weights ü");

        using var session = new InferenceSession(graph.ToModel());

        Assert.Equal("weights ü", session.ModelMetadata.CustomMetadataMap["made-from"]);
    }

    [Fact]
    public void Node_UnknownOperand_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new OnnxGraphBuilder("g").Node("Relu", ["nowhere"]));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Float32_WrongNumberOfValues_IsRefused() =>
        Assert.Throws<ArgumentException>(() => OnnxTensor.Float32([1, 2, 3], 2, 2));

    private static float[] Run(InferenceSession session, string input, float[] values, long[] shape)
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [input], [tensor], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
