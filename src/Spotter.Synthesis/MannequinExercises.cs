using Spotter.Measures;

namespace Spotter.Synthesis;

/// <summary>The exercises that the mannequin knows, under the names of Spotter's definitions.</summary>
public static class MannequinExercises
{
    /// <summary>Overhead, with a barbell or dumbbells.</summary>
    public static MannequinExercise ShoulderPress { get; } = new()
    {
        Name = "shoulder-press",
        StartsBent = true,
        ArmsHang = false,
        GoesOverhead = true,
        CanSit = true,
        Equipment = [Equipment.Dumbbells, Equipment.Barbell],
        Style = equipment => equipment == Equipment.Barbell ? ExerciseStyles.BarbellPress : ExerciseStyles.DumbbellPress,

        // The measures of the catalogue name the press's faults.
        Faults = [.. FaultScale.All.Where(scale => scale.Kind <= FaultKind.Rush).Select(scale => new ExerciseFault(
            scale.Kind,
            [.. MeasureCatalogue.All.Where(measure => measure.FaultBelow == scale.Name || measure.FaultAbove == scale.Name).Select(measure => measure.Name)]))],
    };

    /// <summary>With dumbbells.</summary>
    public static MannequinExercise BicepCurl { get; } = new()
    {
        Name = "bicep-curl",
        StartsBent = false,
        Equipment = [Equipment.Dumbbells],
        Style = _ => ExerciseStyles.Curl,
        Faults =
        [
            new(FaultKind.NoLockout, ["elbow-extension-degrees"]),
            new(FaultKind.ElbowsForward, ["upper-arm-swing-degrees", "elbow-rise", "elbow-neck-offset"]),
            new(FaultKind.ElbowFlare, ["elbow-flare"]),
            new(FaultKind.LeanBack, ["trunk-lean-degrees", "trunk-sway-degrees"]),
            new(FaultKind.Sway, ["trunk-sway-degrees"]),
            new(FaultKind.Asymmetry, ["height-difference"]),
            new(FaultKind.LateSide, ["side-delay"]),
            new(FaultKind.KneeDrive, ["knee-drive-degrees", "hip-travel"]),
            new(FaultKind.Bounce, ["bounce"]),
            new(FaultKind.Rush, ["seconds-up", "seconds-down"]),
            new(FaultKind.ShortTop, ["elbow-flexion-degrees"]),
        ],
    };

    /// <summary>With dumbbells.</summary>
    public static MannequinExercise FrontRaise { get; } = new()
    {
        Name = "front-raise",
        StartsBent = false,
        KeepsArmsStraight = true,
        Equipment = [Equipment.Dumbbells],
        Style = _ => ExerciseStyles.Raise,
        Faults =
        [
            new(FaultKind.NoLockout, ["elbow-flexion-degrees", "elbow-extension-degrees"]),
            new(FaultKind.LeanBack, ["trunk-lean-degrees", "trunk-sway-degrees"]),
            new(FaultKind.Sway, ["trunk-sway-degrees"]),
            new(FaultKind.Asymmetry, ["height-difference"]),
            new(FaultKind.LateSide, ["side-delay"]),
            new(FaultKind.KneeDrive, ["knee-drive-degrees", "hip-travel"]),
            new(FaultKind.Bounce, ["bounce"]),
            new(FaultKind.Rush, ["seconds-up", "seconds-down"]),
            new(FaultKind.ShortTop, ["wrist-height-top", "elbow-height-top", "range-of-motion"]),
        ],
    };

    /// <summary>With a dumbbell at either side.</summary>
    public static MannequinExercise ShoulderShrug { get; } = new()
    {
        Name = "shoulder-shrug",
        StartsBent = false,
        KeepsArmsStraight = true,
        HoldsBesideBody = true,
        Equipment = [Equipment.Dumbbells],
        Style = _ => ExerciseStyles.ShoulderShrug,
        Faults =
        [
            new(FaultKind.NoLockout, ["elbow-flexion-degrees"]),
            new(FaultKind.Sway, ["trunk-sway-degrees"]),
            new(FaultKind.LateSide, ["side-delay"]),
            new(FaultKind.KneeDrive, ["knee-drive-degrees", "hip-travel"]),
            new(FaultKind.Rush, ["seconds-up", "seconds-down"]),
            new(FaultKind.ShortRise, ["shoulder-rise"]),
        ],
    };

    /// <summary>With a short bar at a cable.</summary>
    public static MannequinExercise TricepsPushdown { get; } = new()
    {
        Name = "triceps-pushdown",
        StartsBent = true,
        Equipment = [Equipment.CableBar],
        Style = _ => ExerciseStyles.Pushdown,
        Faults =
        [
            new(FaultKind.NoLockout, ["elbow-extension-degrees"]),
            new(FaultKind.ElbowsForward, ["upper-arm-swing-degrees", "elbow-rise", "elbow-neck-offset"]),
            new(FaultKind.ElbowFlare, ["elbow-flare"]),
            new(FaultKind.Sway, ["trunk-sway-degrees"]),
            new(FaultKind.Asymmetry, ["asymmetry-degrees"]),
            new(FaultKind.LateSide, ["side-delay"]),
            new(FaultKind.Rush, ["seconds-up", "seconds-down"]),
            new(FaultKind.ShortTop, ["elbow-flexion-degrees"]),
            new(FaultKind.LeanForward, ["trunk-sway-degrees", "trunk-from-upright-degrees"]),
        ],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MannequinExercise> All { get; } = [ShoulderPress, BicepCurl, FrontRaise, ShoulderShrug, TricepsPushdown];

    /// <summary>Finds one by its name; null when the mannequin does not know it.</summary>
    public static MannequinExercise? Find(string name) => All.FirstOrDefault(exercise => exercise.Name == name);
}
