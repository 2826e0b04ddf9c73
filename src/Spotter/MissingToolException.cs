namespace Spotter;

/// <summary>Something that Spotter needs on this machine is not installed; the message says what and how to install it. The input is not to blame.</summary>
/// <param name="message">For the person at the machine.</param>
/// <param name="fileName">What is missing.</param>
public sealed class MissingToolException(string message, string fileName) : FileNotFoundException(message, fileName);
