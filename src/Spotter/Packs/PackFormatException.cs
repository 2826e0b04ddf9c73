namespace Spotter.Packs;

/// <summary>An exercise pack, a backbone or an exercise definition that cannot be used; the message says what is wrong and what to do.</summary>
public sealed class PackFormatException : Exception
{
    /// <summary>With a message for the person who gave the file.</summary>
    public PackFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who gave the file and the cause.</summary>
    public PackFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a message.</summary>
    public PackFormatException()
    {
    }
}
