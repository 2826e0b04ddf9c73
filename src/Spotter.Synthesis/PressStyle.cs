namespace Spotter.Synthesis;

/// <summary>
/// How one person presses correctly, in angles (degrees) and durations (seconds). The averages lie in the middle of what correct
/// repetitions measure in pictures: elbow angles, heights of elbows and wrists, lean and tempo.
/// </summary>
public sealed record PressStyle
{
    /// <summary>Elevation of the upper arms above the horizontal at the bottom.</summary>
    public required double BottomElevation { get; init; }

    /// <summary>Plane of the upper arms at the bottom: 0 sideways, 90 to the front.</summary>
    public required double BottomPlane { get; init; }

    /// <summary>Tilt of the forearms from the vertical at the bottom.</summary>
    public required double BottomTilt { get; init; }

    /// <summary>Direction of that tilt: 0 inwards, 90 to the front.</summary>
    public required double BottomTiltPlane { get; init; }

    /// <summary>Elbow angle at the top; 180 would be straight.</summary>
    public required double TopExtension { get; init; }

    /// <summary>Tilt of the forearms from the vertical at the top.</summary>
    public required double TopTilt { get; init; }

    /// <summary>Direction of that tilt: 0 inwards, 90 to the front, 180 outwards.</summary>
    public required double TopTiltPlane { get; init; }

    /// <summary>Where the elbows point at the top: 0 sideways, 90 to the front.</summary>
    public required double TopElbowPlane { get; init; }

    /// <summary>How far the elbows swing to the front halfway up, degrees off the shortest way.</summary>
    public required double MiddleForward { get; init; }

    /// <summary>Lean of the trunk from the vertical, backwards.</summary>
    public required double Lean { get; init; }

    /// <summary>How far the trunk leans back further on the way up, to let the weight pass the face.</summary>
    public required double LeanAway { get; init; }

    /// <summary>How far the shoulders rise at the top, as a share of the trunk.</summary>
    public required double Shrug { get; init; }

    /// <summary>Flexion of the knees while standing.</summary>
    public required double KneeFlexion { get; init; }

    /// <summary>Seconds of the way up.</summary>
    public required double UpSeconds { get; init; }

    /// <summary>Seconds held at the top.</summary>
    public required double TopSeconds { get; init; }

    /// <summary>Seconds of the way down.</summary>
    public required double DownSeconds { get; init; }

    /// <summary>Seconds held at the bottom between two repetitions.</summary>
    public required double BottomSeconds { get; init; }

    /// <summary>A barbell press from the collarbones, overhead to straight arms.</summary>
    public static PressStyle Barbell { get; } = new()
    {
        BottomElevation = -43,
        BottomPlane = 21,
        BottomTilt = 33,
        BottomTiltPlane = 38,
        TopExtension = 173,
        TopTilt = 18,
        TopTiltPlane = 112,
        TopElbowPlane = 60,
        MiddleForward = 10,
        Lean = 6.5,
        LeanAway = 3,
        Shrug = 0.025,
        KneeFlexion = 5,
        UpSeconds = 1.2,
        TopSeconds = 0.2,
        DownSeconds = 1.25,
        BottomSeconds = 0.3,
    };

    /// <summary>A dumbbell press from ear height, overhead to nearly straight arms.</summary>
    public static PressStyle Dumbbells { get; } = new()
    {
        BottomElevation = -9,
        BottomPlane = 22,
        BottomTilt = 26,
        BottomTiltPlane = 55,
        TopExtension = 158,
        TopTilt = 8,
        TopTiltPlane = 22,
        TopElbowPlane = 15,
        MiddleForward = 0,
        Lean = 3,
        LeanAway = 1.5,
        Shrug = 0.055,
        KneeFlexion = 5,
        UpSeconds = 0.78,
        TopSeconds = 0.08,
        DownSeconds = 0.92,
        BottomSeconds = 0.12,
    };

    /// <summary>The average correct press with the given weight.</summary>
    public static PressStyle Of(Equipment equipment) => equipment == Equipment.Barbell ? Barbell : Dumbbells;

    /// <summary>The style part of the way from one to another.</summary>
    public static PressStyle Between(PressStyle first, PressStyle second, double share) => new()
    {
        BottomElevation = double.Lerp(first.BottomElevation, second.BottomElevation, share),
        BottomPlane = double.Lerp(first.BottomPlane, second.BottomPlane, share),
        BottomTilt = double.Lerp(first.BottomTilt, second.BottomTilt, share),
        BottomTiltPlane = double.Lerp(first.BottomTiltPlane, second.BottomTiltPlane, share),
        TopExtension = double.Lerp(first.TopExtension, second.TopExtension, share),
        TopTilt = double.Lerp(first.TopTilt, second.TopTilt, share),
        TopTiltPlane = double.Lerp(first.TopTiltPlane, second.TopTiltPlane, share),
        TopElbowPlane = double.Lerp(first.TopElbowPlane, second.TopElbowPlane, share),
        MiddleForward = double.Lerp(first.MiddleForward, second.MiddleForward, share),
        Lean = double.Lerp(first.Lean, second.Lean, share),
        LeanAway = double.Lerp(first.LeanAway, second.LeanAway, share),
        Shrug = double.Lerp(first.Shrug, second.Shrug, share),
        KneeFlexion = double.Lerp(first.KneeFlexion, second.KneeFlexion, share),
        UpSeconds = double.Lerp(first.UpSeconds, second.UpSeconds, share),
        TopSeconds = double.Lerp(first.TopSeconds, second.TopSeconds, share),
        DownSeconds = double.Lerp(first.DownSeconds, second.DownSeconds, share),
        BottomSeconds = double.Lerp(first.BottomSeconds, second.BottomSeconds, share),
    };

    /// <summary>The style of another correct presser, or of another repetition of the same one.</summary>
    /// <param name="random">Where the differences come from.</param>
    /// <param name="amount">1: as much as people differ; about a third of it from one repetition to the next; 0: not at all.</param>
    public PressStyle Vary(SeededRandom random, double amount)
    {
        double Degrees(double deviation) => deviation * amount * Math.Clamp(random.Normal(), -2, 2);
        double Times(double deviation) => Math.Exp(Degrees(deviation));
        var tempo = Times(0.12);
        return this with
        {
            BottomElevation = BottomElevation + Degrees(3),
            BottomPlane = BottomPlane + Degrees(4),
            BottomTilt = BottomTilt + Degrees(2.5),
            BottomTiltPlane = BottomTiltPlane + Degrees(5),
            TopExtension = Math.Min(TopExtension + Degrees(2), 178),
            TopTilt = TopTilt + Degrees(1.5),
            TopTiltPlane = TopTiltPlane + Degrees(8),
            Lean = Lean + Degrees(1.5),
            LeanAway = Math.Max(LeanAway + Degrees(0.7), 0),
            Shrug = Math.Max(Shrug + Degrees(0.01), 0),
            KneeFlexion = Math.Max(KneeFlexion + Degrees(1), 1),
            UpSeconds = UpSeconds * tempo * Times(0.07),
            TopSeconds = TopSeconds * tempo * Times(0.25),
            DownSeconds = DownSeconds * tempo * Times(0.07),
            BottomSeconds = BottomSeconds * tempo * Times(0.25),
        };
    }
}
