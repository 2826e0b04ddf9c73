namespace Spotter.Skeletons;

/// <summary>One joint in one frame: pixels from the left and from the top, and a confidence from 0 (missing) to 1.</summary>
/// <param name="X">Pixels from the left edge.</param>
/// <param name="Y">Pixels from the top edge, growing downwards.</param>
/// <param name="Confidence">0 means missing, and then X = Y = 0.</param>
public readonly record struct Keypoint(float X, float Y, float Confidence)
{
    /// <summary>A joint that was not found.</summary>
    public static Keypoint Missing => default;

    /// <summary>Whether the joint was not found.</summary>
    public bool IsMissing => Confidence <= 0;
}
