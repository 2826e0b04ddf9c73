namespace Spotter.Synthesis;

/// <summary>
/// The average correct style of each exercise: in the middle of what correct repetitions measure in pictures (elbow angles, heights of elbows and wrists, lean
/// and tempo).
/// </summary>
public static class ExerciseStyles
{
    /// <summary>A barbell press from the collarbones, overhead to straight arms.</summary>
    public static ExerciseStyle BarbellPress { get; } = new()
    {
        BentElevation = -43,
        BentPlane = 21,
        BentTilt = 33,
        BentTiltPlane = 38,
        StraightExtension = 173,
        StraightTilt = 18,
        StraightTiltPlane = 112,
        StraightElbowPlane = 60,
        MiddleForward = 10,
        Lean = 6.5,
        LeanAway = 3,
        Shrug = 0.025,
        KneeFlexion = 5,
        AwaySeconds = 1.2,
        TurnSeconds = 0.2,
        BackSeconds = 1.25,
        RestSeconds = 0.3,
    };

    /// <summary>A dumbbell press from ear height, overhead to nearly straight arms.</summary>
    public static ExerciseStyle DumbbellPress { get; } = new()
    {
        BentElevation = -9,
        BentPlane = 22,
        BentTilt = 26,
        BentTiltPlane = 55,
        StraightExtension = 158,
        StraightTilt = 8,
        StraightTiltPlane = 22,
        StraightElbowPlane = 15,
        MiddleForward = 0,
        Lean = 3,
        LeanAway = 1.5,
        Shrug = 0.055,
        KneeFlexion = 5,
        AwaySeconds = 0.78,
        TurnSeconds = 0.08,
        BackSeconds = 0.92,
        RestSeconds = 0.12,
    };

    /// <summary>A curl with dumbbells from nearly straight, hanging arms; the elbows go a little forward, the trunk a little back.</summary>
    public static ExerciseStyle Curl { get; } = new()
    {
        BentElevation = -77,
        BentPlane = 84,
        BentTilt = 39,
        BentTiltPlane = 90,
        StraightExtension = 162,
        StraightTilt = 160,
        StraightTiltPlane = 95,
        StraightElbowPlane = -85,
        MiddleForward = 0,
        Lean = 2.5,
        LeanAway = 5,
        Shrug = 0.03,
        KneeFlexion = 4,
        AwaySeconds = 0.95,
        TurnSeconds = 0.05,
        BackSeconds = 1.1,
        RestSeconds = 0.25,
        Spread = new() { BentElevation = 2.5, BentPlane = 4, BentTilt = 5, BentTiltPlane = 4, StraightExtension = 4, StraightTilt = 2, StraightTiltPlane = 4, Lean = 1.5, LeanAway = 1, Shrug = 0.01 },
    };

    /// <summary>A front raise with dumbbells: nearly straight arms from before the thighs to the height of the shoulders.</summary>
    public static ExerciseStyle Raise { get; } = new()
    {
        BentElevation = 1,
        BentPlane = 84,
        BentTilt = 83,
        BentTiltPlane = 90,
        StraightExtension = 163,
        StraightTilt = 152,
        StraightTiltPlane = 92,
        StraightElbowPlane = -85,
        MiddleForward = 0,
        Lean = 4.5,
        LeanAway = 4,
        Shrug = 0.08,
        KneeFlexion = 4,
        AwaySeconds = 0.8,
        TurnSeconds = 0.05,
        BackSeconds = 1,
        RestSeconds = 0.25,
        Spread = new() { BentElevation = 5, BentPlane = 3, BentTilt = 4, BentTiltPlane = 3, StraightExtension = 3, StraightTilt = 3, StraightTiltPlane = 3, Lean = 2, LeanAway = 1, Shrug = 0.015 },
    };

    /// <summary>
    /// A shrug with a dumbbell at either side: the shoulders go straight up, the arms only hang. They rise as far as in the larger of the recorded shrugs, as
    /// BlazePose sees little more than half of it.
    /// </summary>
    public static ExerciseStyle ShoulderShrug { get; } = new()
    {
        BentElevation = -75,
        BentPlane = 15,
        BentTilt = 169,
        BentTiltPlane = 150,
        StraightExtension = 173,
        StraightTilt = 169,
        StraightTiltPlane = 150,
        StraightElbowPlane = -40,
        MiddleForward = 0,
        Lean = 2,
        LeanAway = 0.5,
        Shrug = 0.11,
        KneeFlexion = 4,
        AwaySeconds = 0.4,
        TurnSeconds = 0.02,
        BackSeconds = 0.5,
        RestSeconds = 0.25,
        Spread = new() { BentElevation = 2, BentPlane = 6, BentTilt = 1.5, BentTiltPlane = 8, StraightExtension = 1.2, StraightTilt = 1.5, StraightTiltPlane = 8, Lean = 1.5, LeanAway = 0.5, Shrug = 0.015 },
    };

    /// <summary>A pushdown at the cable, the trunk a little forward: the upper arms stay, the elbows open until they are straight.</summary>
    public static ExerciseStyle Pushdown { get; } = new()
    {
        BentElevation = -86,
        BentPlane = -75,
        BentTilt = 85,
        BentTiltPlane = 86,
        StraightExtension = 171,
        StraightTilt = 170,
        StraightTiltPlane = 85,
        StraightElbowPlane = -80,
        MiddleForward = 0,
        Lean = -9,
        LeanAway = 1.5,
        Shrug = 0,
        KneeFlexion = 6,
        AwaySeconds = 0.6,
        TurnSeconds = 0.12,
        BackSeconds = 1,
        RestSeconds = 0.2,
        Spread = new() { BentElevation = 2, BentPlane = 6, BentTilt = 5, BentTiltPlane = 4, StraightExtension = 3, StraightTilt = 2, StraightTiltPlane = 6, Lean = 2.5, LeanAway = 0.7, Shrug = 0 },
    };
}
