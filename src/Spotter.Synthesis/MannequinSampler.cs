namespace Spotter.Synthesis;

/// <summary>
/// Draws sets for learning: bodies, styles (of the press between barbell and dumbbells), tempi, views, framings and fault combinations at random.
/// The same seed gives the same sets in the same order.
/// </summary>
/// <param name="seed">Where the differences come from.</param>
/// <param name="exercise">The exercise; null for the press.</param>
public sealed class MannequinSampler(int seed, MannequinExercise? exercise = null)
{
    private readonly MannequinExercise exercise = exercise ?? MannequinExercises.ShoulderPress;
    private readonly SeededRandom random = SeededRandom.For(seed, "sampler");

    /// <summary>Share of sets without a fault.</summary>
    public double CorrectShare { get; init; } = 0.35;

    /// <summary>Smallest severity drawn; 1 is what a coach would call wrong.</summary>
    public double LeastSeverity { get; init; } = 0.4;

    /// <summary>Largest severity drawn.</summary>
    public double LargestSeverity { get; init; } = 2.2;

    /// <summary>Repetitions in a set.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Draws the options of the next set; <see cref="Mannequin.Synthesize"/> makes it.</summary>
    public MannequinOptions Next()
    {
        var setSeed = random.Below(int.MaxValue);
        var seated = random.Chance(0.15) && exercise.CanSit;
        var style = ExerciseStyle.Between(exercise.Style(exercise.Equipment[^1]), exercise.Style(exercise.Equipment[0]), random.Uniform());
        return new MannequinOptions
        {
            Exercise = exercise.Name,
            Seed = setSeed,
            NoiseSeed = random.Below(int.MaxValue),
            Seated = seated,
            Style = style.Vary(random, 1.3),
            Equipment = random.Chance(0.5) ? exercise.Equipment[^1] : exercise.Equipment[0],
            Repetitions = Repetitions,
            Faults = random.Chance(CorrectShare) ? [] : DrawFaults(seated),
            Camera = DrawCamera(),
            Width = 960,
            Height = 960,
            IdleSeconds = random.Uniform(0.25, 0.6),
            Noise = (random.Chance(0.5) ? EstimatorNoise.OpenPose : EstimatorNoise.BlazePose).Scale(random.Uniform(0.5, 1.5)),
        };
    }

    /// <summary>Draws the next set as seen from two places: the same motion, other cameras and other errors of the estimator.</summary>
    public (MannequinOptions First, MannequinOptions Second) NextPair()
    {
        var first = Next();
        return (first, first with { Camera = DrawCamera(), NoiseSeed = random.Below(int.MaxValue) });
    }

    private CameraPlacement DrawCamera()
    {
        var around = random.Below(5) switch
        {
            0 or 1 => 12 * random.Normal(),
            2 or 3 => 80 + (10 * random.Normal()),
            _ => random.Uniform(20, 70),
        };
        return new CameraPlacement
        {
            Azimuth = random.Chance(0.5) ? around : -around,
            Elevation = 4 * random.Normal(),
            Roll = 1.5 * random.Normal(),
            FocalLength = random.Uniform(0.7, 1.3),
            Framing = random.Chance(0.4) ? Framing.UpperBody : Framing.FullBody,
            Room = random.Uniform(1.0, 1.5),
        };
    }

    private List<Fault> DrawFaults(bool seated)
    {
        var count = random.Uniform() switch { < 0.6 => 1, < 0.9 => 2, _ => 3 };
        var faults = new List<Fault>();
        while (faults.Count < count)
        {
            var scale = FaultScale.Of(exercise.Faults[random.Below(exercise.Faults.Count)].Kind);
            var impossible = faults.Exists(fault => fault.Kind == scale.Kind || AreOpposite(fault.Kind, scale.Kind))
                || (seated && scale.Kind == FaultKind.KneeDrive);
            if (impossible)
            {
                continue;
            }

            var size = scale.SizeAt(random.Uniform(LeastSeverity, LargestSeverity));
            Side? side = scale.Kind is FaultKind.Asymmetry or FaultKind.LateSide ? (Side)random.Below(2) : null;
            faults.Add(new Fault(scale.Kind, size, side));
        }

        return faults;
    }

    private static bool AreOpposite(FaultKind one, FaultKind other) =>
        (one is FaultKind.ElbowsForward && other is FaultKind.ElbowFlare) || (one is FaultKind.ElbowFlare && other is FaultKind.ElbowsForward)
        || (one is FaultKind.ShortBottom && other is FaultKind.ElbowsLow) || (one is FaultKind.ElbowsLow && other is FaultKind.ShortBottom);
}
