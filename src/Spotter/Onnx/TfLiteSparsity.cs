using System.Buffers.Binary;

namespace Spotter.Onnx;

/// <summary>
/// How the elements of a sparse tensor are stored: its dimensions are walked in a given order, inner blocks last; a dense dimension stores every
/// entry, a sparse one only those that its segments and indices list.
/// </summary>
/// <remarks>
/// The scheme is that of "The tensor algebra compiler", F. Kjolstad et al., OOPSLA 2017, with the block maps of TensorFlow Lite: walked dimension
/// d ≥ rank is a block inside tensor dimension blockMap[d − rank].
/// </remarks>
internal sealed class TfLiteSparsity
{
    private readonly int[] shape;
    private readonly Level[] levels; // in walking order
    private readonly int[] blockMap;

    private TfLiteSparsity(int[] shape, Level[] levels, int[] blockMap) => (this.shape, this.levels, this.blockMap) = (shape, levels, blockMap);

    public static TfLiteSparsity Read(FlatTable table, int[] shape)
    {
        var order = table.Integers(0, 16);
        var blocks = table.Integers(1, 8);
        var dimensions = table.Tables(2, 16);
        if (order.Length != shape.Length + blocks.Length || dimensions.Length != order.Length
            || !order.Order().SequenceEqual(Enumerable.Range(0, order.Length)) || blocks.Any(d => d < 0 || d >= shape.Length) || blocks.Distinct().Count() < blocks.Length)
        {
            throw Damaged();
        }

        var walked = new Level[order.Length];
        for (var i = 0; i < walked.Length; i++)
        {
            var dimension = dimensions[i];
            walked[i] = dimension.Byte(0) == 0
                ? new Level(order[i], dimension.Int32(1), [], [])
                : new Level(order[i], 0, Indices(dimension, 2), Indices(dimension, 4));
        }

        foreach (var level in walked)
        {
            var dense = level.Dimension >= shape.Length;
            if (level.Segments.Length == 0 ? level.DenseSize is < 1 or > 1 << 20 : dense)
            {
                throw Damaged(); // a block is always dense
            }
        }

        return new TfLiteSparsity(shape, walked, blocks);
    }

    /// <summary>Spreads the stored values over the whole tensor, zeros elsewhere; row-major.</summary>
    public float[] Densify(ReadOnlySpan<float> stored)
    {
        var blockSizes = new int[shape.Length];
        Array.Fill(blockSizes, 1);
        foreach (var level in levels)
        {
            if (level.Dimension >= shape.Length)
            {
                blockSizes[blockMap[level.Dimension - shape.Length]] *= level.DenseSize;
            }
        }

        var strides = new int[shape.Length];
        for (int d = shape.Length - 1, stride = 1; d >= 0; stride *= shape[d--])
        {
            strides[d] = stride;
        }

        var dense = new float[shape.Aggregate(1, (product, length) => product * length)];
        var walk = new Walk(dense, stored, strides, blockSizes);
        var used = Visit(ref walk, 0, 0, new int[shape.Length]);
        return used == stored.Length ? dense : throw Damaged();
    }

    private static ModelFormatException Damaged() => new("The network file is damaged: the layout of its sparse weights contradicts itself.");

    // Union: 1 Int32Vector, 2 Uint16Vector, 3 Uint8Vector; the table after it holds the vector.
    private static int[] Indices(FlatTable dimension, int kindField)
    {
        if (dimension.Table(kindField + 1) is not { } table)
        {
            throw Damaged();
        }

        switch (dimension.Byte(kindField))
        {
            case 1:
                return table.Integers(0, int.MaxValue);
            case 2:
                var words = table.Bytes(0, sizeof(ushort));
                var values = new int[words.Length / sizeof(ushort)];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = BinaryPrimitives.ReadUInt16LittleEndian(words.Span[(i * sizeof(ushort))..]);
                }

                return values;
            case 3:
                return Array.ConvertAll(table.Bytes(0).ToArray(), value => (int)value);
            default:
                throw Damaged();
        }
    }

    // Walks one level below the given node of the level above; returns how many stored values lie at or before the last one visited.
    private int Visit(ref Walk walk, int depth, int node, int[] place)
    {
        if (depth == levels.Length)
        {
            walk.Put(node, place, shape);
            return node + 1;
        }

        var level = levels[depth];
        var (from, to) = level.Segments.Length == 0 ? ((long)node * level.DenseSize, (node + 1L) * level.DenseSize) : level.Segment(node);
        var used = 0;
        for (var at = from; at < to; at++)
        {
            if (at > TfLiteModel.LargestTensor)
            {
                throw Damaged();
            }

            var index = level.Segments.Length == 0 ? (int)(at - from) : level.Index(at);
            var isBlock = level.Dimension >= shape.Length;
            var dimension = isBlock ? blockMap[level.Dimension - shape.Length] : level.Dimension;
            var step = isBlock ? index : index * walk.BlockSizes[dimension];
            place[dimension] += step;
            used = Visit(ref walk, depth + 1, (int)at, place);
            place[dimension] -= step;
        }

        return used;
    }

    private readonly record struct Level(int Dimension, int DenseSize, int[] Segments, int[] Indices)
    {
        public (long From, long To) Segment(int node)
        {
            if (node + 1 >= Segments.Length || Segments[node] < 0 || Segments[node + 1] < Segments[node] || Segments[node + 1] > Indices.Length)
            {
                throw Damaged();
            }

            return (Segments[node], Segments[node + 1]);
        }

        public int Index(long at) => Indices[at] is var index and >= 0 and < 1 << 20 ? index : throw Damaged();
    }

    private readonly ref struct Walk(float[] dense, ReadOnlySpan<float> stored, int[] strides, int[] blockSizes)
    {
        private readonly ReadOnlySpan<float> stored = stored;

        public int[] BlockSizes => blockSizes;

        public void Put(int node, int[] place, int[] shape)
        {
            var at = 0;
            for (var d = 0; d < place.Length; d++)
            {
                if (place[d] >= shape[d])
                {
                    throw Damaged();
                }

                at += place[d] * strides[d];
            }

            dense[at] = node < stored.Length ? stored[node] : throw Damaged();
        }
    }
}
