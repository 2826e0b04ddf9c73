using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>All measures; docs/measures.md describes them for readers.</summary>
public static class MeasureCatalogue
{
    private const string Degrees = "degrees", Torso = "torso lengths", Seconds = "seconds", Fraction = "fraction";

    private static readonly View[] Any = [View.Front, View.Side, View.Diagonal];
    private static readonly View[] Front = [View.Front];
    private static readonly View[] Side = [View.Side];
    private static readonly View[] FrontOrSide = [View.Front, View.Side];
    private static readonly View[] BothArmsSeen = [View.Front, View.Diagonal];
    private static readonly View[] NotFront = [View.Side, View.Diagonal];

    /// <summary>All measures, arms first.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Arm("elbow-extension-degrees", Degrees, "elbow", RepetitionPhase.Top, Any, FaultyValues.Low, "no-lockout", null,
            "Largest angle at the elbow, as the picture shows it; 180 is a straight arm.",
            (track, arm) => track.Max(arm.ElbowAngle, RepetitionPhase.Whole)),
        Arm("elbow-flexion-degrees", Degrees, "elbow", RepetitionPhase.Bottom, Any, FaultyValues.Both, null, "short-bottom",
            "Smallest angle at the elbow, as the picture shows it; smaller is more bent.",
            (_, arm) => arm.ElbowAngle.Min()),
        Arm("elbow-height-bottom", Torso, "elbow", RepetitionPhase.Bottom, Any, FaultyValues.Both, "elbows-low", "short-bottom",
            "Mean height of the elbow above the shoulder at the bottom; below 0 when the elbow is lower.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Bottom)),
        Arm("elbow-height-top", Torso, "elbow", RepetitionPhase.Top, Any, FaultyValues.Low, "no-lockout", null,
            "Mean height of the elbow above the shoulder at the top.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Top)),
        Arm("elbow-rise", Torso, "elbow", RepetitionPhase.Whole, Any, FaultyValues.Both, null, null,
            "How much higher the elbow is at the top than at the bottom, from the shoulder.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Top) - track.Mean(arm.ElbowHeight, RepetitionPhase.Bottom)),
        Arm("wrist-height-bottom", Torso, "wrist", RepetitionPhase.Bottom, Any, FaultyValues.Both, "elbows-low", "short-bottom",
            "Mean height of the wrist above the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Bottom)),
        Arm("wrist-height-top", Torso, "wrist", RepetitionPhase.Top, Any, FaultyValues.Low, "no-lockout", null,
            "Mean height of the wrist above the shoulder at the top.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Top)),
        Arm("range-of-motion", Torso, "wrist", RepetitionPhase.Whole, Any, FaultyValues.Low, null, null,
            "From the lowest to the highest place of the wrist, measured from the shoulder.",
            (_, arm) => BodyTrack.Range(arm.WristHeight)),
        Arm("elbow-forward", Torso, "elbow", RepetitionPhase.Bottom, Side, FaultyValues.Both, "elbow-flare", "elbows-forward",
            "Mean distance of the elbow before the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.ElbowAside, RepetitionPhase.Bottom)),
        Arm("elbow-neck-offset", Torso, "elbow", RepetitionPhase.Whole, Side, FaultyValues.Both, "elbow-flare", "elbows-forward",
            "Largest distance of the elbow before the neck; below 0 when the elbow stays behind it.",
            (_, arm) => arm.ElbowBeforeNeck.Max()),
        Arm("elbow-flare", Torso, "elbow", RepetitionPhase.Bottom, Front, FaultyValues.Both, "elbows-forward", "elbow-flare",
            "Mean distance of the elbow outside of the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.ElbowAside, RepetitionPhase.Bottom)),
        Arm("forearm-tilt-bottom-degrees", Degrees, "wrist", RepetitionPhase.Bottom, FrontOrSide, FaultyValues.Both, "wrist-off", "wrist-off",
            "Mean angle of the forearm from upright at the bottom; above 0 with the wrist outside of the elbow (front) or before it (side).",
            (track, arm) => track.Mean(arm.ForearmTilt, RepetitionPhase.Bottom)),
        Arm("forearm-tilt-degrees", Degrees, "wrist", RepetitionPhase.Up, FrontOrSide, FaultyValues.Both, "wrist-off", "wrist-off",
            "Mean angle of the forearm from upright on the way up; signs as at the bottom.",
            (track, arm) => track.Mean(arm.ForearmTilt, RepetitionPhase.Up)),
        Arm("wrist-offset-top", Torso, "wrist", RepetitionPhase.Top, FrontOrSide, FaultyValues.Both, null, null,
            "Mean distance of the wrist outside of the shoulder (front) or before it (side) at the top.",
            (track, arm) => track.Mean(arm.WristAside, RepetitionPhase.Top)),
        Arm("wrist-path", Torso, "wrist", RepetitionPhase.Whole, FrontOrSide, FaultyValues.High, null, null,
            "How far the path of the wrist strays from a plumb line: from its innermost to its outermost place (front), or front to back (side).",
            (_, arm) => BodyTrack.Range(arm.WristAside)),
        Arm("upper-arm-swing-degrees", Degrees, "elbow", RepetitionPhase.Whole, FrontOrSide, FaultyValues.High, null, null,
            "How far the upper arm swings, from its least to its largest angle from hanging straight down.",
            (_, arm) => BodyTrack.Range(arm.UpperArmSwing)),
        Arm("bounce", Fraction, "wrist", RepetitionPhase.Up, Any, FaultyValues.High, null, "bounce",
            "Largest drop of the wrist before the turning point, as a fraction of its range.",
            (track, arm) => track.LargestDropOnTheWay(arm.WristHeight)),
        Difference("asymmetry-degrees", Degrees, "elbow", RepetitionPhase.Top, "asymmetry",
            "Difference between the largest elbow angles of the two arms.",
            (track, arm) => track.Max(arm.ElbowAngle, RepetitionPhase.Whole)),
        Difference("height-difference", Torso, "wrist", RepetitionPhase.Top, "asymmetry",
            "Difference between the heights of the two wrists above their shoulders at the top.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Top)),
        Difference("side-delay", Fraction, "wrist", RepetitionPhase.Up, "late-side",
            "Time between the moments when either wrist passes the middle of its way up, as a fraction of the repetition.",
            (track, arm) => -track.MiddleOfRise(arm.WristHeight) / track.Duration),
        Body("trunk-lean-degrees", Degrees, "neck", RepetitionPhase.Whole, Side, FaultyValues.High, null, "lean-back",
            "Largest angle of the trunk from upright, backwards.",
            track => track.Max(track.TrunkAngle, RepetitionPhase.Whole)) with { Curve = track => track.TrunkAngle },
        Body("trunk-sway-degrees", Degrees, "neck", RepetitionPhase.Whole, Any, FaultyValues.High, null, "sway",
            "From the smallest to the largest angle of the trunk: to and fro (side), from side to side (front).",
            track => BodyTrack.Range(track.TrunkAngle)),
        Body("trunk-from-upright-degrees", Degrees, "neck", RepetitionPhase.Whole, Any, FaultyValues.High, null, null,
            "Largest angle of the trunk from upright, whichever way.",
            track => track.TrunkAngle.Select(Math.Abs).Max()) with { Curve = track => [.. track.TrunkAngle.Select(Math.Abs)] },
        Body("shoulder-rise", Torso, "shoulder", RepetitionPhase.Whole, Any, FaultyValues.Low, null, null,
            "From the smallest to the largest height of the neck above the hips.",
            track => BodyTrack.Range(track.ShoulderHeight)),
        Body("knee-drive-degrees", Degrees, "knee", RepetitionPhase.Up, NotFront, FaultyValues.High, null, "knee-drive",
            "Largest bend of the knee before the turning point, less its mean bend at the top.",
            track => KneeDrive(track).Max()) with { Curve = KneeDrive },
        Body("hip-travel", Torso, "hip", RepetitionPhase.Whole, Any, FaultyValues.High, null, "knee-drive",
            "From the lowest to the highest place of the hips.",
            track => BodyTrack.Range(track.HipHeight)) with { Curve = HipDrop },
        Body("seconds-up", Seconds, "wrist", RepetitionPhase.Up, Any, FaultyValues.Both, "rush", null,
            "Time from leaving the bottom to reaching the top.",
            track => track.Seconds(RepetitionPhase.Up)),
        Body("seconds-down", Seconds, "wrist", RepetitionPhase.Down, Any, FaultyValues.Both, "rush", null,
            "Time from leaving the top to reaching the bottom.",
            track => track.Seconds(RepetitionPhase.Down)),
        Body("seconds-at-top", Seconds, "wrist", RepetitionPhase.Top, Any, FaultyValues.Both, null, null,
            "Time spent at the top.",
            track => track.Seconds(RepetitionPhase.Top)),
    ];

    private static readonly Dictionary<string, Measure> ByName = All.ToDictionary(measure => measure.Name, StringComparer.Ordinal);

    /// <summary>Finds a measure by its name; null when there is none.</summary>
    public static Measure? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Finds a measure by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Measure Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no measure \"{name}\"; docs/measures.md lists them.", nameof(name));

    private static Measure Arm(
        string name, string unit, string part, RepetitionPhase phase, View[] views, FaultyValues faulty, string? below, string? above,
        string description, Func<BodyTrack, ArmTrack, double> take) =>
        new()
        {
            Name = name,
            Unit = unit,
            Part = part,
            Phase = phase,
            Views = views,
            Faulty = faulty,
            FaultBelow = below,
            FaultAbove = above,
            Description = description,
            OfArm = take,
        };

    private static Measure Body(
        string name, string unit, string part, RepetitionPhase phase, View[] views, FaultyValues faulty, string? below, string? above,
        string description, Func<BodyTrack, double> take) =>
        new()
        {
            Name = name,
            Unit = unit,
            Part = part,
            Phase = phase,
            Views = views,
            Faulty = faulty,
            FaultBelow = below,
            FaultAbove = above,
            Description = description,
            OfBody = take,
        };

    private static double[] KneeDrive(BodyTrack track)
    {
        var atTop = track.Mean(track.KneeFlexion, RepetitionPhase.Top);
        return [.. track.KneeFlexion.Take(track.Turning + 1).Select(flexion => flexion - atTop)];
    }

    // How far the hips are below where they are at the top, on the way there.
    private static double[] HipDrop(BodyTrack track)
    {
        var atTop = track.Mean(track.HipHeight, RepetitionPhase.Top);
        return [.. track.HipHeight.Take(track.Turning + 1).Select(height => atTop - height)];
    }

    private static Measure Difference(
        string name, string unit, string part, RepetitionPhase phase, string fault, string description, Func<BodyTrack, ArmTrack, double> take) =>
        new()
        {
            Name = name,
            Unit = unit,
            Part = part,
            Phase = phase,
            Views = BothArmsSeen,
            Faulty = FaultyValues.High,
            FaultAbove = fault,
            Description = description,
            OfArm = take,
            ComparesArms = true,
        };
}
