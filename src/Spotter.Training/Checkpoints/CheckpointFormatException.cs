namespace Spotter.Training.Checkpoints;

/// <summary>A file of network weights is damaged, of a kind that is not supported, or does not fit the network.</summary>
public sealed class CheckpointFormatException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public CheckpointFormatException()
    {
    }

    /// <summary>Creates the exception with one sentence that says what is wrong.</summary>
    public CheckpointFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with one sentence that says what is wrong, and its cause.</summary>
    public CheckpointFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
