namespace Spotter.Onnx;

/// <summary>A named attribute of an ONNX node.</summary>
public sealed class OnnxAttribute
{
    private readonly ProtobufWriter message = new();

    // AttributeProto: name 1, type 20; the value's field depends on the type.
    private OnnxAttribute(string name, AttributeType type, Action<ProtobufWriter> writeValue)
    {
        message.Text(1, name);
        writeValue(message);
        message.Integer(20, (long)type);
    }

    private enum AttributeType
    {
        Float = 1,
        Integer = 2,
        Text = 3,
        Tensor = 4,
        Floats = 6,
        Integers = 7,
        Texts = 8,
    }

    /// <summary>An integer.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, AttributeType.Integer, to => to.Integer(3, value));

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, AttributeType.Float, to => to.Single(2, value));

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, AttributeType.Text, to => to.Text(4, value));

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, AttributeType.Tensor, to => to.Message(5, value.ToProtobuf(null)));

    /// <summary>A list of integers.</summary>
    public static OnnxAttribute Of(string name, long[] values) => new(name, AttributeType.Integers, to => Array.ForEach(values, value => to.Integer(8, value)));

    /// <summary>A list of numbers.</summary>
    public static OnnxAttribute Of(string name, float[] values) => new(name, AttributeType.Floats, to => Array.ForEach(values, value => to.Single(7, value)));

    /// <summary>A list of texts.</summary>
    public static OnnxAttribute Of(string name, string[] values) => new(name, AttributeType.Texts, to => Array.ForEach(values, value => to.Text(9, value)));

    internal ProtobufWriter ToProtobuf() => message;
}
