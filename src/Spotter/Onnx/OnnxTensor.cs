using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Spotter.Onnx;

/// <summary>Element types of ONNX tensors, with the numbers of the ONNX standard.</summary>
public enum OnnxElementType
{
    /// <summary>IEEE single precision.</summary>
    Float32 = 1,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 5,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>IEEE half precision.</summary>
    Float16 = 10,
}

/// <summary>A constant tensor of an ONNX graph: row-major, little-endian.</summary>
public sealed class OnnxTensor
{
    private readonly byte[] data;
    private readonly long[] shape;

    private OnnxTensor(OnnxElementType type, byte[] data, int elements, long[] shape)
    {
        var expected = 1L;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            expected = checked(expected * dimension);
        }

        if (elements != expected)
        {
            throw new ArgumentException($"A tensor of shape [{string.Join(", ", shape)}] has {expected} elements, but {elements} are given.", nameof(shape));
        }

        Type = type;
        this.data = data;
        this.shape = shape;
    }

    /// <summary>Type of the elements.</summary>
    public OnnxElementType Type { get; }

    /// <summary>The dimensions; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => shape;

    internal ReadOnlySpan<byte> Data => data;

    /// <summary>A single-precision tensor.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the shape.</exception>
    public static OnnxTensor Float32(ReadOnlySpan<float> values, params long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
        else
        {
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
            }
        }

        return new OnnxTensor(OnnxElementType.Float32, bytes, values.Length, shape);
    }

    /// <summary>A half-precision tensor; each value is rounded to the nearest half (11 significant bits, largest 65504).</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the shape.</exception>
    public static OnnxTensor Float16(ReadOnlySpan<float> values, params long[] shape)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)values[i]);
        }

        return new OnnxTensor(OnnxElementType.Float16, bytes, values.Length, shape);
    }

    /// <summary>A tensor of 16-bit integers, as scaled weights are given.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the shape.</exception>
    public static OnnxTensor Int16(ReadOnlySpan<short> values, params long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(short)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), values[i]);
        }

        return new OnnxTensor(OnnxElementType.Int16, bytes, values.Length, shape);
    }

    /// <summary>A tensor of 64-bit integers, as shapes and axes are given.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the shape.</exception>
    public static OnnxTensor Int64(ReadOnlySpan<long> values, params long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return new OnnxTensor(OnnxElementType.Int64, bytes, values.Length, shape);
    }

    /// <summary>A one-dimensional tensor of 64-bit integers.</summary>
    public static OnnxTensor Int64(params ReadOnlySpan<long> values) => Int64(values, [values.Length]);

    // TensorProto: dims 1, data_type 2, name 8, raw_data 9.
    internal ProtobufWriter ToProtobuf(string? name)
    {
        var message = new ProtobufWriter();
        foreach (var dimension in shape)
        {
            message.Integer(1, dimension);
        }

        message.Integer(2, (long)Type);
        if (name is not null)
        {
            message.Text(8, name);
        }

        message.Bytes(9, data);
        return message;
    }
}
