using System.Buffers.Binary;

namespace Spotter.Onnx;

/// <summary>Values of a model's constant tensors, with DEQUANTIZE and DENSIFY of constants worked out.</summary>
internal sealed class TfLiteConstants(TfLiteModel model)
{
    private const long LargestTotal = 1 << 26; // elements, 256 MiB

    private readonly Dictionary<int, float[]> computed = [];
    private long total;

    public bool Contains(int tensor) => computed.ContainsKey(tensor) || (model.Tensors[tensor].Data.Length > 0 && model.Tensors[tensor].Sparsity is null);

    /// <summary>Numbers of a float tensor, row-major, as many as its shape says.</summary>
    public float[] Floats(int tensor) =>
        computed.TryGetValue(tensor, out var values) ? values : Checked(Decode(model.Tensors[tensor]), model.Tensors[tensor]);

    /// <summary>Numbers of an integer tensor, such as a shape.</summary>
    public int[] Integers(int tensor)
    {
        var source = model.Tensors[tensor];
        var elements = source.Shape.Aggregate(1, (product, length) => product * length);
        if (source.Type != TfLiteElementType.Int32 || source.Data.Length != elements * sizeof(int))
        {
            throw new ModelFormatException($"The network file is damaged: tensor '{source.Name}' should hold {elements} integers.");
        }

        var values = new int[elements];
        for (var i = 0; i < elements; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(source.Data.Span[(i * sizeof(int))..]);
        }

        return values;
    }

    /// <summary>Works out a DEQUANTIZE or DENSIFY whose input is constant.</summary>
    /// <returns>False where the input is computed at run time.</returns>
    public bool TryFold(TfLiteNode node)
    {
        if (node.Operation is not (TfLiteOperation.Dequantize or TfLiteOperation.Densify) || node.Inputs is not [var input and >= 0]
            || node.Outputs is not [var output and >= 0])
        {
            return false;
        }

        var source = model.Tensors[input];
        if (source.Sparsity is not null)
        {
            // A DEQUANTIZE may read the sparse tensor directly: dense values are what it means.
            computed[output] = Checked(source.Sparsity.Densify(Decode(source)), model.Tensors[output]);
            return true;
        }

        if (!Contains(input))
        {
            return false;
        }

        computed[output] = Checked(Floats(input), model.Tensors[output]);
        return true;
    }

    private static float[] Decode(TfLiteTensor tensor)
    {
        var data = tensor.Data.Span;
        switch (tensor.Type)
        {
            case TfLiteElementType.Float32:
                var singles = new float[data.Length / sizeof(float)];
                for (var i = 0; i < singles.Length; i++)
                {
                    singles[i] = BinaryPrimitives.ReadSingleLittleEndian(data[(i * sizeof(float))..]);
                }

                return singles;
            case TfLiteElementType.Float16:
                var halves = new float[data.Length / 2];
                for (var i = 0; i < halves.Length; i++)
                {
                    halves[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(i * 2)..]);
                }

                return halves;
            default:
                throw new ModelFormatException($"Tensor '{tensor.Name}' should hold half- or single-precision numbers but has type {tensor.Type}.");
        }
    }

    private float[] Checked(float[] values, TfLiteTensor tensor)
    {
        var elements = tensor.Shape.Aggregate(1, (product, length) => product * length);
        if (values.Length != elements)
        {
            throw new ModelFormatException($"The network file is damaged: tensor '{tensor.Name}' should hold {elements} numbers but holds {values.Length}.");
        }

        total += elements;
        return total <= LargestTotal ? values : throw new ModelFormatException("The network's weights would take more than 256 MiB.");
    }
}
