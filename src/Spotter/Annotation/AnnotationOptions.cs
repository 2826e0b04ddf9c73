using Spotter.Video;

namespace Spotter.Annotation;

/// <summary>How an annotated clip is made.</summary>
public sealed record AnnotationOptions
{
    /// <summary>How the clip is read; the same as for the poses, so that both see the same frames.</summary>
    public VideoReaderOptions Reader { get; init; } = new();

    /// <summary>How the annotated clip is encoded; its sound is always the clip's.</summary>
    public VideoWriterOptions Writer { get; init; } = new();

    /// <summary>Pictures whose shorter side has fewer pixels than this are enlarged, because no text is readable on them.</summary>
    public int SmallestSide { get; init; } = 360;

    /// <summary>Longest side of an enlarged picture, pixels.</summary>
    public int LongestSide { get; init; } = 1280;

    /// <summary>Whether the clip ends with the card that sums it up.</summary>
    public bool ClosingCard { get; init; } = true;

    /// <summary>How much each joint counts against the repetition, frame by frame; null takes it from the report's findings.</summary>
    public BlameTimeline? Blames { get; init; }
}
