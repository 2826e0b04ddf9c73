namespace Spotter.Synthesis;

/// <summary>
/// How one person does an exercise correctly, in angles (degrees) and durations (seconds). The arms go between two ends, one where the elbows are bent most
/// and one where they are straightest; which of them is the start is the exercise's. <see cref="ExerciseStyles"/> has the averages.
/// </summary>
public sealed record ExerciseStyle
{
    /// <summary>Elevation of the upper arms above the horizontal at the bent end; −90 hangs down.</summary>
    public required double BentElevation { get; init; }

    /// <summary>Plane of the upper arms at the bent end: 0 sideways, 90 to the front.</summary>
    public required double BentPlane { get; init; }

    /// <summary>Tilt of the forearms from upright at the bent end; 180 hangs down.</summary>
    public required double BentTilt { get; init; }

    /// <summary>Direction of that tilt: 0 inwards, 90 to the front, 180 outwards.</summary>
    public required double BentTiltPlane { get; init; }

    /// <summary>Elbow angle at the straight end; 180 would be straight.</summary>
    public required double StraightExtension { get; init; }

    /// <summary>Tilt of the forearms from upright at the straight end; 180 hangs down.</summary>
    public required double StraightTilt { get; init; }

    /// <summary>Direction of that tilt: 0 inwards, 90 to the front, 180 outwards.</summary>
    public required double StraightTiltPlane { get; init; }

    /// <summary>Where the elbows point at the straight end: 0 sideways, 90 to the front, −90 back.</summary>
    public required double StraightElbowPlane { get; init; }

    /// <summary>How far the elbows swing to the front halfway, degrees off the shortest way.</summary>
    public required double MiddleForward { get; init; }

    /// <summary>Lean of the trunk from the vertical, backwards.</summary>
    public required double Lean { get; init; }

    /// <summary>How far the trunk leans back further on the way to the turning point.</summary>
    public required double LeanAway { get; init; }

    /// <summary>How far the shoulders rise at the turning point, as a share of the trunk.</summary>
    public required double Shrug { get; init; }

    /// <summary>Flexion of the knees while standing.</summary>
    public required double KneeFlexion { get; init; }

    /// <summary>Seconds of the way to the turning point.</summary>
    public required double AwaySeconds { get; init; }

    /// <summary>Seconds held at the turning point.</summary>
    public required double TurnSeconds { get; init; }

    /// <summary>Seconds of the way back.</summary>
    public required double BackSeconds { get; init; }

    /// <summary>Seconds held at the start between two repetitions.</summary>
    public required double RestSeconds { get; init; }

    /// <summary>The pace of the way to the turning point.</summary>
    public WayPace AwayPace { get; init; } = WayPace.Even;

    /// <summary>The pace of the way back.</summary>
    public WayPace BackPace { get; init; } = WayPace.Even;

    /// <summary>How much people differ who do it correctly.</summary>
    public StyleSpread Spread { get; init; } = StyleSpread.Press;

    /// <summary>The style part of the way from one to another.</summary>
    public static ExerciseStyle Between(ExerciseStyle first, ExerciseStyle second, double share) => first with
    {
        BentElevation = double.Lerp(first.BentElevation, second.BentElevation, share),
        BentPlane = double.Lerp(first.BentPlane, second.BentPlane, share),
        BentTilt = double.Lerp(first.BentTilt, second.BentTilt, share),
        BentTiltPlane = double.Lerp(first.BentTiltPlane, second.BentTiltPlane, share),
        StraightExtension = double.Lerp(first.StraightExtension, second.StraightExtension, share),
        StraightTilt = double.Lerp(first.StraightTilt, second.StraightTilt, share),
        StraightTiltPlane = double.Lerp(first.StraightTiltPlane, second.StraightTiltPlane, share),
        StraightElbowPlane = double.Lerp(first.StraightElbowPlane, second.StraightElbowPlane, share),
        MiddleForward = double.Lerp(first.MiddleForward, second.MiddleForward, share),
        Lean = double.Lerp(first.Lean, second.Lean, share),
        LeanAway = double.Lerp(first.LeanAway, second.LeanAway, share),
        Shrug = double.Lerp(first.Shrug, second.Shrug, share),
        KneeFlexion = double.Lerp(first.KneeFlexion, second.KneeFlexion, share),
        AwaySeconds = double.Lerp(first.AwaySeconds, second.AwaySeconds, share),
        TurnSeconds = double.Lerp(first.TurnSeconds, second.TurnSeconds, share),
        BackSeconds = double.Lerp(first.BackSeconds, second.BackSeconds, share),
        RestSeconds = double.Lerp(first.RestSeconds, second.RestSeconds, share),
    };

    /// <summary>The style of another person who does it correctly, or of another repetition of the same one.</summary>
    /// <param name="random">Where the differences come from.</param>
    /// <param name="amount">1: as much as people differ; about a third of it from one repetition to the next; 0: not at all.</param>
    public ExerciseStyle Vary(SeededRandom random, double amount)
    {
        double Degrees(double deviation) => deviation * amount * Math.Clamp(random.Normal(), -2, 2);
        double Times(double deviation) => Math.Exp(Degrees(deviation));
        var tempo = Times(Spread.Tempo);
        return this with
        {
            BentElevation = BentElevation + Degrees(Spread.BentElevation),
            BentPlane = BentPlane + Degrees(Spread.BentPlane),
            BentTilt = BentTilt + Degrees(Spread.BentTilt),
            BentTiltPlane = BentTiltPlane + Degrees(Spread.BentTiltPlane),
            StraightExtension = Math.Min(StraightExtension + Degrees(Spread.StraightExtension), 178),
            StraightTilt = StraightTilt + Degrees(Spread.StraightTilt),
            StraightTiltPlane = StraightTiltPlane + Degrees(Spread.StraightTiltPlane),
            Lean = Lean + Degrees(Spread.Lean),
            LeanAway = Math.Max(LeanAway + Degrees(Spread.LeanAway), 0),
            Shrug = Math.Max(Shrug + Degrees(Spread.Shrug), 0),
            KneeFlexion = Math.Max(KneeFlexion + Degrees(Spread.KneeFlexion), 1),
            AwaySeconds = AwaySeconds * tempo * Times(0.07),
            TurnSeconds = TurnSeconds * tempo * Times(0.25),
            BackSeconds = BackSeconds * tempo * Times(0.07),
            RestSeconds = RestSeconds * tempo * Times(0.25),
        };
    }
}
