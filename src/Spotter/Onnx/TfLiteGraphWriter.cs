namespace Spotter.Onnx;

/// <summary>Writes the nodes of a TensorFlow Lite graph one by one as ONNX nodes, channels moved to the front.</summary>
internal sealed class TfLiteGraphWriter(TfLiteModel model, OnnxGraphBuilder graph)
{
    private static readonly long[] ToFront = [0, 3, 1, 2]; // N × H × W × C → N × C × H × W
    private static readonly long[] ToBack = [0, 2, 3, 1];

    private readonly TfLiteConstants constants = new(model);
    private readonly Dictionary<int, string> values = []; // by tensor
    private readonly Dictionary<int, (string Source, Padding Padding)> paddings = []; // PADs of zeros not written yet, by output tensor

    public void Input(int tensor)
    {
        var input = Tensor(tensor);
        values[tensor] = graph.Input(input.Name, OnnxElementType.Float32, Dimensions(input));
    }

    public void Output(int tensor)
    {
        var output = Tensor(tensor);
        graph.Output(output.Name == values.GetValueOrDefault(tensor) ? $"{output.Name}_copy" : output.Name, Value(tensor), OnnxElementType.Float32, Dimensions(output));
    }

    public void Write(TfLiteNode node)
    {
        if (constants.TryFold(node))
        {
            return;
        }

        if (node.Outputs is not [var output and >= 0] || node.Inputs.Length == 0)
        {
            throw new ModelFormatException($"The network has a node {node.Operation} with {node.Inputs.Length} inputs and {node.Outputs.Length} outputs.");
        }

        switch (node.Operation)
        {
            case TfLiteOperation.Pad:
                Pad(node, output);
                return;
            case TfLiteOperation.Conv2D:
            case TfLiteOperation.DepthwiseConv2D:
                values[output] = Convolution(node, output);
                return;
            case TfLiteOperation.Add:
                SameShape(node);
                values[output] = Activated(graph.Node("Add", [Value(node.Inputs[0]), Value(node.Inputs[1])]), Option(node, 0));
                return;
            case TfLiteOperation.MaxPool2D:
                values[output] = MaxPool(node, output);
                return;
            case TfLiteOperation.Logistic:
                values[output] = graph.Node("Sigmoid", [Value(node.Inputs[0])]);
                return;
            case TfLiteOperation.ResizeBilinear:
                values[output] = Resize(node, output);
                return;
            case TfLiteOperation.DepthToSpace:
                values[output] = graph.Node("DepthToSpace", [Value(node.Inputs[0])], OnnxAttribute.Of("blocksize", (long)Positive(node, 0)), OnnxAttribute.Of("mode", "DCR"));
                return;
            case TfLiteOperation.Concatenation:
                values[output] = Concatenation(node, output);
                return;
            case TfLiteOperation.Reshape:
                values[output] = Reshape(node, output);
                return;
            default:
                throw new ModelFormatException($"The network has a {node.Operation} of a value that is not constant, which the importer does not know.");
        }
    }

    private static OnnxDimension[] Dimensions(TfLiteTensor tensor) => Array.ConvertAll(FrontShape(tensor), length => (OnnxDimension)length);

    private static long[] FrontShape(TfLiteTensor tensor) =>
        Array.ConvertAll(tensor.Shape is [var n, var h, var w, var c] ? [n, c, h, w] : tensor.Shape, length => (long)length);

    private static byte Option(TfLiteNode node, int field) => node.Options?.Byte(field) ?? 0;

    private static int Positive(TfLiteNode node, int field, int otherwise = 0) =>
        node.Options?.Int32(field, otherwise) is int value and > 0 and < 1 << 16
            ? value
            : throw new ModelFormatException($"The network file is damaged: a node {node.Operation} has an option out of range.");

    private TfLiteTensor Tensor(int tensor) =>
        tensor >= 0 ? model.Tensors[tensor] : throw new ModelFormatException("The network file is damaged: a tensor that must be given is left out.");

    private TfLiteTensor Picture(int tensor) =>
        Tensor(tensor) is { Rank: 4 } picture ? picture : throw new ModelFormatException("The network applies a picture operator to a value that is not four-dimensional.");

    private string Value(int tensor)
    {
        var source = Tensor(tensor);
        if (values.TryGetValue(tensor, out var value))
        {
            return value;
        }

        if (paddings.TryGetValue(tensor, out var pending))
        {
            return values[tensor] = Padded(pending.Source, pending.Padding, 0, 0);
        }

        throw new ModelFormatException($"The network file is damaged: tensor '{source.Name}' is used before it is computed.");
    }

    private void SameShape(TfLiteNode node)
    {
        if (node.Inputs.Length != 2 || !Tensor(node.Inputs[0]).Shape.AsSpan().SequenceEqual(Tensor(node.Inputs[1]).Shape))
        {
            throw new ModelFormatException("The network adds values of different shapes, which the importer does not know.");
        }
    }

    private string Activated(string value, byte activation) => activation switch
    {
        0 => value,
        1 => graph.Node("Relu", [value]),
        2 => Clipped(value, -1, 1),
        3 => Clipped(value, 0, 6),
        _ => throw new ModelFormatException($"The network uses activation function {activation}, which the importer does not know."),
    };

    private string Clipped(string value, float from, float to) =>
        graph.Node("Clip", [value, graph.Constant("low", OnnxTensor.Float32([from])), graph.Constant("high", OnnxTensor.Float32([to]))]);

    // Zeros around a picture are kept for the convolutions that follow, which can add them themselves.
    private void Pad(TfLiteNode node, int output)
    {
        Picture(node.Inputs[0]);
        var amounts = node.Inputs.Length == 2 ? constants.Integers(node.Inputs[1]) : [];
        if (amounts is not [0, 0, var top, var bottom, var left, var right, var front, var back] || amounts.Min() < 0)
        {
            throw new ModelFormatException("The network pads in a way that the importer does not know.");
        }

        var padding = new Padding(top, left, bottom, right);
        if (front + back == 0)
        {
            paddings[output] = (Value(node.Inputs[0]), padding);
        }
        else
        {
            values[output] = Padded(Value(node.Inputs[0]), padding, front, back);
        }
    }

    private string Padded(string source, Padding padding, int front, int back)
    {
        var amounts = OnnxTensor.Int64([0, front, padding.Top, padding.Left, 0, back, padding.Bottom, padding.Right]);
        return graph.Node("Pad", [source, graph.Constant("pads", amounts)]);
    }

    private string Convolution(TfLiteNode node, int output)
    {
        var depthwise = node.Operation == TfLiteOperation.DepthwiseConv2D;
        if (node.Inputs.Length is < 2 or > 3 || !constants.Contains(node.Inputs[1]) || Picture(node.Inputs[1]).Shape is not [var first, var height, var width, var last])
        {
            throw new ModelFormatException("The network has a convolution whose weights are not constant, which the importer does not know.");
        }

        // CONV_2D: O × H × W × I; DEPTHWISE_CONV_2D: 1 × H × W × O.
        var (outputChannels, groupChannels) = depthwise ? (last, 1) : (first, last);
        var inputChannels = Picture(node.Inputs[0]).Shape[3];
        if (inputChannels % groupChannels != 0 || (depthwise && first != 1))
        {
            throw new ModelFormatException("The network file is damaged: the weights of a convolution do not fit its input.");
        }

        var weights = ToFrontOrder(constants.Floats(node.Inputs[1]), depthwise ? 1 : outputChannels, height * width, last);
        List<string> operands = [string.Empty, graph.Constant("weights", OnnxTensor.Float32(weights, outputChannels, groupChannels, height, width))];
        if (node.Inputs is [_, _, var bias and >= 0])
        {
            operands.Add(graph.Constant("bias", OnnxTensor.Float32(constants.Floats(bias), outputChannels)));
        }

        var dilationField = depthwise ? 5 : 4;
        var (dilationX, dilationY) = (Positive(node, dilationField, 1), Positive(node, dilationField + 1, 1));
        var window = new Window(height, width, Positive(node, 2), Positive(node, 1), dilationY, dilationX);
        Padding padding;
        if (Option(node, 0) == 1 && paddings.TryGetValue(node.Inputs[0], out var pending))
        {
            (operands[0], padding) = pending;
        }
        else
        {
            (operands[0], padding) = (Value(node.Inputs[0]), PaddingOf(node, output, window));
        }

        var result = graph.Node(
            "Conv", operands, OnnxAttribute.Of("kernel_shape", [height, width]), OnnxAttribute.Of("group", (long)(inputChannels / groupChannels)),
            window.Strides, OnnxAttribute.Of("dilations", [dilationY, dilationX]), padding.Attribute);
        return Activated(result, Option(node, depthwise ? 4 : 3));
    }

    private string MaxPool(TfLiteNode node, int output)
    {
        Picture(node.Inputs[0]);
        var window = new Window(Positive(node, 4), Positive(node, 3), Positive(node, 2), Positive(node, 1), 1, 1);
        var pooled = graph.Node(
            "MaxPool", [Value(node.Inputs[0])], OnnxAttribute.Of("kernel_shape", [window.Height, window.Width]), window.Strides,
            PaddingOf(node, output, window).Attribute);
        return Activated(pooled, Option(node, 5));
    }

    private string Resize(TfLiteNode node, int output)
    {
        Picture(node.Inputs[0]);
        var mode = Option(node, 2) != 0 ? "align_corners" : Option(node, 3) != 0 ? "half_pixel" : "asymmetric";
        var sizes = graph.Constant("sizes", OnnxTensor.Int64(FrontShape(Picture(output))));
        return graph.Node(
            "Resize", [Value(node.Inputs[0]), string.Empty, string.Empty, sizes],
            OnnxAttribute.Of("mode", "linear"), OnnxAttribute.Of("coordinate_transformation_mode", mode));
    }

    private string Concatenation(TfLiteNode node, int output)
    {
        var rank = Tensor(output).Rank;
        var axis = node.Options?.Int32(0) ?? 0;
        axis = axis < 0 ? axis + rank : axis;
        if (axis < 0 || axis >= rank)
        {
            throw new ModelFormatException("The network file is damaged: values are joined along a dimension that they do not have.");
        }

        var frontAxis = rank == 4 ? Array.IndexOf(ToFront, axis) : axis;
        return Activated(graph.Node("Concat", Array.ConvertAll(node.Inputs, Value), OnnxAttribute.Of("axis", (long)frontAxis)), Option(node, 1));
    }

    private string Reshape(TfLiteNode node, int output)
    {
        var (from, to) = (Tensor(node.Inputs[0]), Tensor(output));
        var value = Value(node.Inputs[0]);
        if (from is { Shape: [_, not 1, _, _] or [_, _, not 1, _] })
        {
            value = graph.Node("Transpose", [value], OnnxAttribute.Of("perm", ToBack));
        }

        var shape = graph.Constant("shape", OnnxTensor.Int64(Array.ConvertAll(to.Shape, length => (long)length)));
        var reshaped = graph.Node("Reshape", [value, shape]);
        return to.Rank == 4 ? graph.Node("Transpose", [reshaped], OnnxAttribute.Of("perm", ToFront)) : reshaped;
    }

    // Outer × area × channels → outer × channels × area.
    private static float[] ToFrontOrder(float[] weights, int outer, int area, int channels)
    {
        var moved = new float[weights.Length];
        for (var o = 0; o < outer; o++)
        {
            for (var a = 0; a < area; a++)
            {
                for (var c = 0; c < channels; c++)
                {
                    moved[(((o * channels) + c) * area) + a] = weights[(((o * area) + a) * channels) + c];
                }
            }
        }

        return moved;
    }

    private Padding PaddingOf(TfLiteNode node, int output, Window window)
    {
        if (Option(node, 0) == 1)
        {
            return default; // VALID
        }

        // SAME: as much as the output needs, the odd one at the end.
        var (input, result) = (Picture(node.Inputs[0]).Shape, Picture(output).Shape);
        var vertical = Math.Max(((result[1] - 1) * window.StrideY) + ((window.Height - 1) * window.DilationY) + 1 - input[1], 0);
        var horizontal = Math.Max(((result[2] - 1) * window.StrideX) + ((window.Width - 1) * window.DilationX) + 1 - input[2], 0);
        return new Padding(vertical / 2, horizontal / 2, vertical - (vertical / 2), horizontal - (horizontal / 2));
    }

    private readonly record struct Padding(int Top, int Left, int Bottom, int Right)
    {
        public OnnxAttribute Attribute => OnnxAttribute.Of("pads", [Top, Left, Bottom, Right]);
    }

    private readonly record struct Window(int Height, int Width, int StrideY, int StrideX, int DilationY, int DilationX)
    {
        public OnnxAttribute Strides => OnnxAttribute.Of("strides", [StrideY, StrideX]);
    }
}
