namespace Spotter.Exercises;

/// <summary>An exercise that is not known, or whose definition cannot be used; the message says what is wrong.</summary>
public sealed class ExerciseFormatException : Exception
{
    /// <summary>With a message for the person who named or wrote the exercise.</summary>
    public ExerciseFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who named or wrote the exercise and the cause.</summary>
    public ExerciseFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a message.</summary>
    public ExerciseFormatException()
    {
    }
}
