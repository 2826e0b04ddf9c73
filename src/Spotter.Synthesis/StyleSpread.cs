namespace Spotter.Synthesis;

/// <summary>How much people differ who do an exercise correctly: standard deviations of what <see cref="ExerciseStyle"/> says, in its units.</summary>
public sealed record StyleSpread
{
    /// <summary>Of <see cref="ExerciseStyle.BentElevation"/>.</summary>
    public double BentElevation { get; init; } = 3;

    /// <summary>Of <see cref="ExerciseStyle.BentPlane"/>.</summary>
    public double BentPlane { get; init; } = 4;

    /// <summary>Of <see cref="ExerciseStyle.BentTilt"/>.</summary>
    public double BentTilt { get; init; } = 2.5;

    /// <summary>Of <see cref="ExerciseStyle.BentTiltPlane"/>.</summary>
    public double BentTiltPlane { get; init; } = 5;

    /// <summary>Of <see cref="ExerciseStyle.StraightExtension"/>.</summary>
    public double StraightExtension { get; init; } = 2;

    /// <summary>Of <see cref="ExerciseStyle.StraightTilt"/>.</summary>
    public double StraightTilt { get; init; } = 1.5;

    /// <summary>Of <see cref="ExerciseStyle.StraightTiltPlane"/>.</summary>
    public double StraightTiltPlane { get; init; } = 8;

    /// <summary>Of <see cref="ExerciseStyle.Lean"/>.</summary>
    public double Lean { get; init; } = 1.5;

    /// <summary>Of <see cref="ExerciseStyle.LeanAway"/>.</summary>
    public double LeanAway { get; init; } = 0.7;

    /// <summary>Of <see cref="ExerciseStyle.Shrug"/>.</summary>
    public double Shrug { get; init; } = 0.01;

    /// <summary>Of <see cref="ExerciseStyle.KneeFlexion"/>.</summary>
    public double KneeFlexion { get; init; } = 1;

    /// <summary>Of the logarithm of the tempo.</summary>
    public double Tempo { get; init; } = 0.12;

    /// <summary>Among correct presses.</summary>
    public static StyleSpread Press { get; } = new();
}
