namespace Spotter.Video;

/// <summary>Which mix of red, green and blue the brightness of a <see cref="YuvPicture"/> is.</summary>
public enum YuvMatrix
{
    /// <summary>ITU-R BT.601: 0.299, 0.587, 0.114; what players assume of small clips that do not tell.</summary>
    Bt601,

    /// <summary>ITU-R BT.709: 0.2126, 0.7152, 0.0722; usual for HD.</summary>
    Bt709,
}

/// <summary>The numbers that turn a pixel of <see cref="YuvPicture"/>, 16 and 128 taken off, into red, green and blue from 0 to 255, and back.</summary>
/// <param name="Red">Share of red in brightness.</param>
/// <param name="Blue">Share of blue in brightness.</param>
internal readonly record struct YuvWeights(float Red, float Blue)
{
    /// <summary>What one level of Y adds to red, green and blue.</summary>
    public const float Luma = Levels / 219;

    private const float Levels = 255;
    private const float ChromaRange = 224;

    /// <summary>Share of green in brightness.</summary>
    public float Green => 1 - Red - Blue;

    /// <summary>What one level of V adds to red.</summary>
    public float VToRed => 2 * (1 - Red) * Levels / ChromaRange;

    /// <summary>What one level of V adds to green.</summary>
    public float VToGreen => -VToRed * Red / Green;

    /// <summary>What one level of U adds to green.</summary>
    public float UToGreen => -UToBlue * Blue / Green;

    /// <summary>What one level of U adds to blue.</summary>
    public float UToBlue => 2 * (1 - Blue) * Levels / ChromaRange;

    /// <summary>The weights of a matrix.</summary>
    public static YuvWeights Of(YuvMatrix matrix) => matrix == YuvMatrix.Bt601 ? new(0.299f, 0.114f) : new(0.2126f, 0.0722f);
}
