namespace Spotter.Onnx;

/// <summary>A network file that is damaged, cut off, of another kind than expected, or uses what the importer does not know.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>With a message that says what is wrong and what to do.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that says what is wrong and what to do, and the cause.</summary>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a message.</summary>
    public ModelFormatException()
    {
    }
}
