using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>A clip was judged, but its annotated clip could not be made, for instance because the disk is full. The verdict is not lost with it.</summary>
/// <param name="report">What was found; it names no annotated clip.</param>
/// <param name="cause">Why the annotated clip could not be made; its message says what to do.</param>
public sealed class AnnotationException(Report report, Exception cause) : IOException(cause.Message, cause)
{
    /// <summary>What was found.</summary>
    public Report Report { get; } = report;
}
