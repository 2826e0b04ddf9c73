namespace Spotter.Onnx;

/// <summary>One dimension of an input or output: a fixed length, or a name for a length that is only known when the graph runs.</summary>
/// <param name="Length">The fixed length; not used where <paramref name="Name"/> is given.</param>
/// <param name="Name">Name of a free dimension, such as <c>frames</c>; null for a fixed one.</param>
public readonly record struct OnnxDimension(long Length, string? Name)
{
    /// <summary>A fixed length.</summary>
    public static implicit operator OnnxDimension(long length) => new(length, null);

    /// <summary>A free dimension.</summary>
    public static implicit operator OnnxDimension(string name) => new(0, name);
}

/// <summary>
/// Builds an ONNX graph node by node and writes it as a file's bytes. Values are named by text: each method returns the name of what it makes,
/// to be passed to the next. The same calls give the same bytes.
/// </summary>
/// <remarks>File format: the ONNX intermediate representation, onnx.proto, IR version 8.</remarks>
/// <param name="name">Name of the graph, for whoever inspects the file.</param>
public sealed class OnnxGraphBuilder(string name)
{
    private const int IrVersion = 8;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly ProtobufWriter nodes = new();
    private readonly ProtobufWriter initializers = new();
    private readonly ProtobufWriter inputs = new();
    private readonly ProtobufWriter outputs = new();
    private readonly ProtobufWriter metadata = new();

    /// <summary>Declares an input of the graph.</summary>
    /// <returns><paramref name="inputName"/>.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Input(string inputName, OnnxElementType type, params OnnxDimension[] shape)
    {
        Take(inputName);
        inputs.Message(11, ValueInfo(inputName, type, shape));
        return inputName;
    }

    /// <summary>Declares <paramref name="value"/> as an output of the graph, under the name <paramref name="outputName"/>.</summary>
    /// <exception cref="ArgumentException">The output's name is taken, or no such value was made.</exception>
    public void Output(string outputName, string value, OnnxElementType type, params OnnxDimension[] shape)
    {
        Require(value);
        Take(outputName);
        Write("Identity", [value], [outputName], []);
        outputs.Message(12, ValueInfo(outputName, type, shape));
    }

    /// <summary>Adds a constant.</summary>
    /// <returns>Its name: <paramref name="constantName"/>, made unique where it is taken.</returns>
    public string Constant(string constantName, OnnxTensor tensor)
    {
        var unique = Unique(constantName);
        initializers.Message(5, tensor.ToProtobuf(unique));
        return unique;
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">ONNX operator, such as <c>Conv</c>.</param>
    /// <param name="operands">Names of its inputs; an empty text stands for an optional input that is not given.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>Name of the output.</returns>
    /// <exception cref="ArgumentException">An operand was not made before.</exception>
    public string Node(string operation, IReadOnlyList<string> operands, params OnnxAttribute[] attributes) =>
        Node(operation, operands, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    /// <inheritdoc cref="Node(string, IReadOnlyList{string}, OnnxAttribute[])"/>
    /// <param name="operation">ONNX operator, such as <c>Split</c>.</param>
    /// <param name="operands">Names of its inputs; an empty text stands for an optional input that is not given.</param>
    /// <param name="outputCount">How many outputs it has.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>Names of the outputs in order.</returns>
    public string[] Node(string operation, IReadOnlyList<string> operands, int outputCount, params OnnxAttribute[] attributes)
    {
        foreach (var operand in operands)
        {
            Require(operand);
        }

        var results = new string[outputCount];
        for (var i = 0; i < outputCount; i++)
        {
            results[i] = Unique(operation);
        }

        Write(operation, operands, results, attributes);
        return results;
    }

    /// <summary>Adds a conversion to another element type, for instance of half-precision weights for single-precision arithmetic.</summary>
    /// <returns>Name of the converted value.</returns>
    public string Cast(string value, OnnxElementType type) => Node("Cast", [value], OnnxAttribute.Of("to", (long)type));

    /// <summary>Adds a note to the file, readable from the loaded model's metadata.</summary>
    public void Note(string key, string text)
    {
        var entry = new ProtobufWriter();
        entry.Text(1, key);
        entry.Text(2, text);
        metadata.Message(14, entry);
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="opset">Version of the standard operator set.</param>
    public byte[] ToModel(int opset = 17)
    {
        var title = new ProtobufWriter();
        title.Text(2, name);

        // GraphProto: node 1, name 2, initializer 5, input 11, output 12; a message is the concatenation of its fields.
        byte[] graph =
        [
            .. nodes.Written.Span, .. title.Written.Span, .. initializers.Written.Span, .. inputs.Written.Span, .. outputs.Written.Span,
        ];

        // ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8, metadata_props 14.
        var operators = new ProtobufWriter();
        operators.Text(1, string.Empty);
        operators.Integer(2, opset);
        var model = new ProtobufWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "spotter");
        model.Bytes(7, graph);
        model.Message(8, operators);
        return [.. model.Written.Span, .. metadata.Written.Span];
    }

    // ValueInfoProto: name 1, type 2 → TypeProto: tensor_type 1 → elem_type 1, shape 2 → dim 1 → dim_value 1 or dim_param 2.
    private static ProtobufWriter ValueInfo(string valueName, OnnxElementType type, OnnxDimension[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (var dimension in shape)
        {
            var length = new ProtobufWriter();
            if (dimension.Name is null)
            {
                length.Integer(1, dimension.Length);
            }
            else
            {
                length.Text(2, dimension.Name);
            }

            dimensions.Message(1, length);
        }

        var tensor = new ProtobufWriter();
        tensor.Integer(1, (long)type);
        tensor.Message(2, dimensions);
        var typed = new ProtobufWriter();
        typed.Message(1, tensor);
        var info = new ProtobufWriter();
        info.Text(1, valueName);
        info.Message(2, typed);
        return info;
    }

    // NodeProto: input 1, output 2, name 3, op_type 4, attribute 5.
    private void Write(string operation, IReadOnlyList<string> operands, string[] results, OnnxAttribute[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var operand in operands)
        {
            node.Text(1, operand);
        }

        foreach (var result in results)
        {
            node.Text(2, result);
        }

        node.Text(3, results[0]);
        node.Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute.ToProtobuf());
        }

        nodes.Message(1, node);
    }

    private string Unique(string wanted)
    {
        var unique = wanted;
        for (var number = 2; !names.Add(unique); number++)
        {
            unique = $"{wanted}_{number}";
        }

        return unique;
    }

    private void Take(string wanted)
    {
        if (!names.Add(wanted))
        {
            throw new ArgumentException($"The graph already has a value named '{wanted}'.", nameof(wanted));
        }
    }

    private void Require(string value)
    {
        if (value.Length > 0 && !names.Contains(value))
        {
            throw new ArgumentException($"The graph has no value named '{value}'.", nameof(value));
        }
    }
}
