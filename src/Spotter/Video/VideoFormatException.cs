namespace Spotter.Video;

/// <summary>A clip or keypoint file that cannot be read; the message says what is wrong and what to do.</summary>
public sealed class VideoFormatException : Exception
{
    /// <summary>With a message for the person who gave the file.</summary>
    public VideoFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who gave the file and the cause.</summary>
    public VideoFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong, as a short name for programs that say it in words of their own, such as <c>cut-off</c>; null where only the message tells.</summary>
    public string? Kind { get; init; }

    /// <summary>Without a message.</summary>
    public VideoFormatException()
    {
    }
}
