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

    /// <summary>Without a message.</summary>
    public VideoFormatException()
    {
    }
}
