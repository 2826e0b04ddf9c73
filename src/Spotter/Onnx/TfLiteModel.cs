namespace Spotter.Onnx;

/// <summary>The operators of TensorFlow Lite that the importer knows, with the numbers of its schema.</summary>
internal enum TfLiteOperation
{
    Add = 0,
    Concatenation = 2,
    Conv2D = 3,
    DepthwiseConv2D = 4,
    DepthToSpace = 5,
    Dequantize = 6,
    Logistic = 14,
    MaxPool2D = 17,
    Reshape = 22,
    ResizeBilinear = 23,
    Pad = 34,
    Densify = 124,
}

/// <summary>Element types of TensorFlow Lite tensors that the importer knows.</summary>
internal enum TfLiteElementType
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
}

/// <summary>A tensor: constant where it has data.</summary>
internal sealed record TfLiteTensor(string Name, TfLiteElementType Type, int[] Shape, ReadOnlyMemory<byte> Data, TfLiteSparsity? Sparsity)
{
    public int Rank => Shape.Length;
}

/// <summary>A node of the graph; inputs and outputs are numbers of tensors, -1 for an optional input that is not given.</summary>
internal sealed record TfLiteNode(TfLiteOperation Operation, int[] Inputs, int[] Outputs, FlatTable? Options);

/// <summary>A TensorFlow Lite file taken apart and checked: all numbers of tensors are in range, all shapes positive and of sane size.</summary>
/// <remarks>File format: schema.fbs of TensorFlow Lite, version 3; the numbers of the fields below are positions in its tables.</remarks>
internal sealed class TfLiteModel
{
    public const long LargestTensor = 1 << 24; // elements
    private const int MostEntries = 20_000;
    private const int MostOperands = 64;
    private const int HighestRank = 5;

    private TfLiteModel(TfLiteTensor[] tensors, TfLiteNode[] nodes, int[] inputs, int[] outputs) =>
        (Tensors, Nodes, Inputs, Outputs) = (tensors, nodes, inputs, outputs);

    public TfLiteTensor[] Tensors { get; }

    public TfLiteNode[] Nodes { get; }

    public int[] Inputs { get; }

    public int[] Outputs { get; }

    public static TfLiteModel Read(ReadOnlyMemory<byte> file)
    {
        var model = FlatTable.Root(file, "TFL3");
        if (model.Int32(0) != 3)
        {
            throw new ModelFormatException($"The network file has schema version {model.Int32(0)}; version 3 is read.");
        }

        var graphs = model.Tables(2, MostEntries);
        if (graphs.Length != 1)
        {
            throw new ModelFormatException($"The network file holds {graphs.Length} graphs; one is expected.");
        }

        var codes = model.Tables(1, MostEntries);
        var buffers = model.Tables(4, MostEntries);
        var graph = graphs[0];
        var tensors = Array.ConvertAll(graph.Tables(0, MostEntries), table => ReadTensor(table, buffers));
        var nodes = Array.ConvertAll(graph.Tables(3, MostEntries), table => ReadNode(table, codes, tensors.Length));
        return new TfLiteModel(tensors, nodes, Operands(graph, 1, tensors.Length), Operands(graph, 2, tensors.Length));
    }

    private static TfLiteTensor ReadTensor(FlatTable table, FlatTable[] buffers)
    {
        var name = table.Text(3);
        var shape = table.Integers(0, HighestRank);
        var elements = 1L;
        foreach (var length in shape)
        {
            elements *= length;
            if (length <= 0 || elements > LargestTensor)
            {
                throw new ModelFormatException($"The network file is damaged: tensor '{name}' has the shape [{string.Join(", ", shape)}].");
            }
        }

        var buffer = table.Int32(2);
        if (buffer < 0 || buffer >= buffers.Length)
        {
            throw new ModelFormatException($"The network file is damaged: tensor '{name}' refers to buffer {buffer} of {buffers.Length}.");
        }

        var sparsity = table.Table(6) is { } sparse ? TfLiteSparsity.Read(sparse, shape) : null;
        return new TfLiteTensor(name, (TfLiteElementType)table.Byte(1), shape, buffers[buffer].Bytes(0), sparsity);
    }

    private static TfLiteNode ReadNode(FlatTable table, FlatTable[] codes, int tensorCount)
    {
        var code = table.Int32(0);
        if (code < 0 || code >= codes.Length)
        {
            throw new ModelFormatException($"The network file is damaged: a node refers to operator code {code} of {codes.Length}.");
        }

        // Files written before the schema had more than 127 operators hold the number in the first field only.
        var operation = (TfLiteOperation)Math.Max(codes[code].Byte(0), codes[code].Int32(3));
        if (!Enum.IsDefined(operation))
        {
            throw new ModelFormatException($"The network uses TensorFlow Lite operator {(int)operation}, which the importer does not know.");
        }

        return new TfLiteNode(operation, Operands(table, 1, tensorCount), Operands(table, 2, tensorCount), table.Table(4));
    }

    private static int[] Operands(FlatTable table, int field, int tensorCount)
    {
        var operands = table.Integers(field, MostOperands);
        foreach (var operand in operands)
        {
            if (operand < -1 || operand >= tensorCount)
            {
                throw new ModelFormatException($"The network file is damaged: tensor {operand} of {tensorCount} is used.");
            }
        }

        return operands;
    }
}
