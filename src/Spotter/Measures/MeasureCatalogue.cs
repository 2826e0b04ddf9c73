using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>All measures; docs/measures.md describes them for readers.</summary>
public static class MeasureCatalogue
{
    private const string Degrees = "degrees", Torso = "torso lengths", Seconds = "seconds";

    // A movement that gets on by less than this share of its way stands still.
    private const double StopShare = 0.05;

    // Torso lengths. As a camera sees it, leaning back lets hands come down, too, mostly by less; a bounce that a coach would call wrong lets them fall farther.
    private const double LeastBounce = 0.08;

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
            (track, arm) => track.Max(arm.ElbowAngle, RepetitionPhase.Whole)) with { Extreme = (arm => arm.ElbowAngle, true), Ideal = 180 },
        Arm("elbow-flexion-degrees", Degrees, "elbow", RepetitionPhase.Bottom, Any, FaultyValues.Both, null, "short-bottom",
            "Smallest angle at the elbow, as the picture shows it; smaller is more bent.",
            (_, arm) => arm.ElbowAngle.Min()) with { Extreme = (arm => arm.ElbowAngle, false) },
        Arm("elbow-height-bottom", Torso, "elbow", RepetitionPhase.Bottom, Any, FaultyValues.Both, "elbows-low", "short-bottom",
            "Mean height of the elbow above the shoulder at the bottom; below 0 when the elbow is lower.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Bottom)) with { Direction = "height" },
        Arm("elbow-height-top", Torso, "elbow", RepetitionPhase.Top, Any, FaultyValues.Low, "no-lockout", null,
            "Mean height of the elbow above the shoulder at the top.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Top)) with { Direction = "height" },
        Arm("elbow-rise", Torso, "elbow", RepetitionPhase.Whole, Any, FaultyValues.Both, null, null,
            "How much higher the elbow is at the top than at the bottom, from the shoulder.",
            (track, arm) => track.Mean(arm.ElbowHeight, RepetitionPhase.Top) - track.Mean(arm.ElbowHeight, RepetitionPhase.Bottom)),
        Arm("wrist-height-bottom", Torso, "wrist", RepetitionPhase.Bottom, Any, FaultyValues.Both, null, "short-bottom",
            "Mean height of the wrist above the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Bottom)) with { Direction = "height" },
        Arm("wrist-height-top", Torso, "wrist", RepetitionPhase.Top, Any, FaultyValues.Low, "no-lockout", null,
            "Mean height of the wrist above the shoulder at the top.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Top)) with { Direction = "height" },
        Arm("range-of-motion", Torso, "wrist", RepetitionPhase.Whole, Any, FaultyValues.Low, null, null,
            "From the lowest to the highest place of the wrist, measured from the shoulder.",
            (_, arm) => BodyTrack.Range(arm.WristHeight)),
        Arm("elbow-forward", Torso, "elbow", RepetitionPhase.Bottom, Side, FaultyValues.Both, "elbow-flare", "elbows-forward",
            "Mean distance of the elbow before the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.ElbowAside, RepetitionPhase.Bottom)) with { Direction = "forward" },
        Arm("elbow-neck-offset", Torso, "elbow", RepetitionPhase.Whole, Side, FaultyValues.Both, "elbow-flare", "elbows-forward",
            "Largest distance of the elbow before the neck; below 0 when the elbow stays behind it.",
            (_, arm) => arm.ElbowBeforeNeck.Max()) with { Direction = "neck" },
        Arm("elbow-flare", Torso, "elbow", RepetitionPhase.Bottom, Front, FaultyValues.Both, "elbows-forward", null,
            "Mean distance of the elbow outside of the shoulder at the bottom.",
            (track, arm) => track.Mean(arm.ElbowAside, RepetitionPhase.Bottom)) with { Direction = "outward" },
        Arm("forearm-tilt-bottom-degrees", Degrees, "wrist", RepetitionPhase.Bottom, FrontOrSide, FaultyValues.Both, "wrist-off", "wrist-off",
            "Mean angle of the forearm from upright at the bottom; above 0 with the wrist outside of the elbow (front) or before it (side).",
            (track, arm) => track.Mean(arm.ForearmTilt, RepetitionPhase.Bottom)) with { Direction = "tilt", Ideal = 0 },
        Arm("forearm-tilt-degrees", Degrees, "wrist", RepetitionPhase.Up, FrontOrSide, FaultyValues.Both, "wrist-off", "wrist-off",
            "Mean angle of the forearm from upright on the way up; signs as at the bottom.",
            (track, arm) => track.Mean(arm.ForearmTilt, RepetitionPhase.Up)) with { Direction = "tilt", Ideal = 0 },
        Arm("wrist-offset-top", Torso, "wrist", RepetitionPhase.Top, FrontOrSide, FaultyValues.Both, null, null,
            "Mean distance of the wrist outside of the shoulder (front) or before it (side) at the top.",
            (track, arm) => track.Mean(arm.WristAside, RepetitionPhase.Top)) with { Direction = "place", Ideal = 0 },
        Arm("wrist-path", Torso, "wrist", RepetitionPhase.Whole, FrontOrSide, FaultyValues.High, null, null,
            "How far the path of the wrist strays from a plumb line: from its innermost to its outermost place (front), or front to back (side).",
            (_, arm) => BodyTrack.Range(arm.WristAside)),
        Arm("upper-arm-swing-degrees", Degrees, "elbow", RepetitionPhase.Whole, FrontOrSide, FaultyValues.High, null, null,
            "How far the upper arm swings, from its least to its largest angle from hanging straight down.",
            (_, arm) => BodyTrack.Range(arm.UpperArmSwing)) with { Stretch = (track, side) => track.FarFromLeast(track.Arms.First(arm => arm.Side == side).UpperArmSwing) },
        Arm("bounce", Torso, "wrist", RepetitionPhase.Up, Any, FaultyValues.High, null, "bounce",
            "Largest rise of the wrist that it loses again before the turning point: by how much it comes back, from 0.8 seconds before the repetition on.",
            (track, arm) => track.Approach.Hump(arm.Side).Size) with { Stretch = (track, side) => (track.Approach.Hump(side).From, track.Approach.Hump(side).To), LeastHigh = LeastBounce },
        Difference("asymmetry-degrees", Degrees, "elbow", RepetitionPhase.Top, "asymmetry",
            "Difference between the largest elbow angles of the two arms.",
            (track, arm) => track.Max(arm.ElbowAngle, RepetitionPhase.Whole)) with { Extreme = (arm => arm.ElbowAngle, true) },
        Difference("height-difference", Torso, "wrist", RepetitionPhase.Top, "asymmetry",
            "Difference between the heights of the two wrists above their shoulders at the top.",
            (track, arm) => track.Mean(arm.WristHeight, RepetitionPhase.Top)),
        Difference("side-delay", Seconds, "wrist", RepetitionPhase.Up, "late-side",
            "Time between the moments when either wrist passes the middle of its way up.",
            (track, arm) => -track.MiddleOfRise(arm.WristHeight)),
        Body("trunk-lean-degrees", Degrees, "neck", RepetitionPhase.Whole, Side, FaultyValues.High, null, "lean-back",
            "Largest angle of the trunk from upright, backwards.",
            track => track.Max(track.TrunkAngle, RepetitionPhase.Whole)) with { Curve = track => (track.TrunkAngle, 0), Direction = "lean", Ideal = 0 },
        Body("trunk-sway-degrees", Degrees, "neck", RepetitionPhase.Whole, Any, FaultyValues.High, null, "sway",
            "From the smallest to the largest angle of the trunk: to and fro (side), from side to side (front).",
            track => BodyTrack.Range(track.TrunkAngle)),
        Body("trunk-rocking-degrees", Degrees, "neck", RepetitionPhase.Whole, Any, FaultyValues.High, null, "sway",
            "The same without the part that goes with the movement, such as leaning back on the way up and coming forward again: tells swaying from leaning.",
            track => track.RangeBesidesTheMovement(track.TrunkAngle)),
        Body("trunk-from-upright-degrees", Degrees, "neck", RepetitionPhase.Whole, Any, FaultyValues.High, null, null,
            "Largest angle of the trunk from upright, whichever way.",
            track => track.TrunkAngle.Select(Math.Abs).Max()) with { Curve = track => ([.. track.TrunkAngle.Select(Math.Abs)], 0), Ideal = 0 },
        Body("shoulder-rise", Torso, "shoulder", RepetitionPhase.Whole, Any, FaultyValues.Low, null, null,
            "From the smallest to the largest height of the neck above the hips.",
            track => BodyTrack.Range(track.ShoulderHeight)),
        Body("knee-drive-degrees", Degrees, "knee", RepetitionPhase.Up, NotFront, FaultyValues.High, null, "knee-drive",
            "Largest bend of the knee before the turning point, from 0.8 seconds before the repetition on, less its mean bend at the top.",
            track => KneeDrive(track).Values.Max()) with { Curve = KneeDrive },
        Body("hip-travel", Torso, "hip", RepetitionPhase.Whole, Any, FaultyValues.High, null, "knee-drive",
            "From the lowest to the highest place of the hips, from 0.8 seconds before the repetition on.",
            track => BodyTrack.Range([.. track.Approach.HipHeight, .. track.HipHeight])) with { Curve = HipDrop },
        Body("seconds-up", Seconds, "wrist", RepetitionPhase.Up, Any, FaultyValues.Low, "rush", null,
            "Time from leaving the bottom to reaching the top.",
            track => track.Seconds(RepetitionPhase.Up)),
        Body("seconds-down", Seconds, "wrist", RepetitionPhase.Down, Any, FaultyValues.Low, "rush", null,
            "Time from leaving the top to reaching the bottom.",
            track => track.Seconds(RepetitionPhase.Down)),
        Body("seconds-at-top", Seconds, "wrist", RepetitionPhase.Top, Any, FaultyValues.Low, null, null,
            "Time spent at the top.",
            track => track.Seconds(RepetitionPhase.Top)),
        Body("seconds-paused", Seconds, "wrist", RepetitionPhase.Up, Any, FaultyValues.High, null, null,
            "Longest stop on the way to the turning point: the movement gets on by no more than a twentieth of its way.",
            track => track.LongestStop(StopShare)),
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

    private static (double[] Values, int Lead) KneeDrive(BodyTrack track)
    {
        var atTop = track.Mean(track.KneeFlexion, RepetitionPhase.Top);
        return ([.. track.Approach.KneeFlexion.Select(flexion => flexion - atTop)], track.Approach.Lead);
    }

    // How far the hips are below where they are at the top, on the way there.
    private static (double[] Values, int Lead) HipDrop(BodyTrack track)
    {
        var atTop = track.Mean(track.HipHeight, RepetitionPhase.Top);
        return ([.. track.Approach.HipHeight.Select(height => atTop - height)], track.Approach.Lead);
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
