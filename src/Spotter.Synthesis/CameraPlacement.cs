using System.Globalization;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>How much of the body the picture shows.</summary>
public enum Framing
{
    /// <summary>From the feet to the head, or the hands overhead.</summary>
    FullBody,

    /// <summary>From the thighs up; knees and ankles are below the picture.</summary>
    UpperBody,
}

/// <summary>Where the camera stands and how it looks at the person.</summary>
public sealed record CameraPlacement
{
    /// <summary>Degrees around the person: 0 in front, 90 at the person's right (who then faces the right of the picture), −90 at the left, 180 behind.</summary>
    public double Azimuth { get; init; }

    /// <summary>Degrees above the level of the middle of the picture.</summary>
    public double Elevation { get; init; }

    /// <summary>Degrees by which the camera is rolled; the picture turns the other way.</summary>
    public double Roll { get; init; }

    /// <summary>Focal length as a share of the longer side of the picture; phones have 0.7 to 1.5.</summary>
    public double FocalLength { get; init; } = 1.1;

    /// <summary>How much of the body the picture shows.</summary>
    public Framing Framing { get; init; } = Framing.FullBody;

    /// <summary>Distance relative to the one at which the body just fits; 1 is the fit.</summary>
    public double Room { get; init; } = 1.06;

    /// <summary>How far the person stands right of the middle of the picture, as a share of its width.</summary>
    public double ShiftX { get; init; }

    /// <summary>Which of the three views the azimuth is, with the borders of the estimate; from behind counts as from the front.</summary>
    public View View => ViewEstimate.FromAzimuth(Math.IEEERemainder(Azimuth, 180)).View;

    /// <summary>
    /// Reads <c>front</c> (0°), <c>side</c> (76°: real clips filmed from the side see both shoulders, a sixth of a trunk apart),
    /// <c>diagonal</c> (40°) or an azimuth in degrees.
    /// </summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static CameraPlacement Parse(string text) => text switch
    {
        "front" => new CameraPlacement(),
        "side" => new CameraPlacement { Azimuth = 76 },
        "diagonal" => new CameraPlacement { Azimuth = 40 },
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= 360 =>
            new CameraPlacement { Azimuth = degrees },
        _ => throw new FormatException($"'{text}' is no view; say front, side, diagonal or degrees from the front (90: the person's right side)."),
    };
}
