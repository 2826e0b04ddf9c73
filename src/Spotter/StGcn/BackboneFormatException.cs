namespace Spotter.StGcn;

/// <summary>A backbone file is missing, damaged, or not a backbone; the message says what to do.</summary>
public sealed class BackboneFormatException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public BackboneFormatException()
    {
    }

    /// <summary>Creates the exception with one sentence that says what is wrong and what to do.</summary>
    public BackboneFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with one sentence that says what is wrong and what to do, and its cause.</summary>
    public BackboneFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
