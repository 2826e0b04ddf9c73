using System.Net;

namespace Spotter.Web.Firebase;

/// <summary>Firebase did not do what it was asked for. The message says why, and what to do where that is known.</summary>
public sealed class FirebaseException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What went wrong, and what to do.</param>
    /// <param name="status">What the server answered; null where no answer came.</param>
    /// <param name="isTransient">Whether the same request may succeed later.</param>
    /// <param name="inner">The cause.</param>
    public FirebaseException(string message, HttpStatusCode? status = null, bool isTransient = false, Exception? inner = null)
        : base(message, inner) => (Status, IsTransient) = (status, isTransient);

    /// <summary>What the server answered; null where no answer came.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Whether the same request may succeed later: the network or the server failed, not the request.</summary>
    public bool IsTransient { get; }
}
