using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>What the mannequin does, how, and from where it is seen. The same options give the same set on every machine.</summary>
public sealed record MannequinOptions
{
    /// <summary>The exercise of which the mannequin knows most, done when no other is named.</summary>
    public const string ShoulderPress = "shoulder-press";

    /// <summary>Name of the exercise, one of <see cref="MannequinExercises"/>.</summary>
    public string Exercise { get; init; } = ShoulderPress;

    /// <summary>What is wrong; empty for a correct set.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The repetitions that have the faults, counted from 1; null for all.</summary>
    public IReadOnlyList<int>? FaultyRepetitions { get; init; }

    /// <summary>Number of repetitions, 1 to 100.</summary>
    public int Repetitions { get; init; } = 4;

    /// <summary>What is lifted; null for what the exercise is done with (a press: a barbell seen from the side, dumbbells from elsewhere).</summary>
    public Equipment? Equipment { get; init; }

    /// <summary>Whether the mannequin sits.</summary>
    public bool Seated { get; init; }

    /// <summary>Draws person, tempo and unevenness.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How much people and repetitions differ: 1 as they do, 0 not at all.</summary>
    public double Variation { get; init; } = 1;

    /// <summary>How unevenly a person lifts in time, correctly as well: 1 as people do, 0 evenly.</summary>
    public double Unevenness { get; init; }

    /// <summary>The body; null to draw one.</summary>
    public BodyProportions? Body { get; init; }

    /// <summary>How the person does it correctly; null to draw it about the average of the exercise.</summary>
    public ExerciseStyle? Style { get; init; }

    /// <summary>Seconds held at the start before the first and after the last repetition.</summary>
    public double IdleSeconds { get; init; } = 0.7;

    /// <summary>Whether the set starts and ends with hanging arms.</summary>
    public bool GetIntoPosition { get; init; }

    /// <summary>From where the mannequin is seen.</summary>
    public CameraPlacement Camera { get; init; } = new();

    /// <summary>Width of the picture, pixels.</summary>
    public int Width { get; init; } = 540;

    /// <summary>Height of the picture, pixels.</summary>
    public int Height { get; init; } = 960;

    /// <summary>Frames per second.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>How an estimator would see the joints.</summary>
    public EstimatorNoise Noise { get; init; } = EstimatorNoise.None;

    /// <summary>Draws the noise; another number gives another recording of the same motion.</summary>
    public int NoiseSeed { get; init; } = 1;

    /// <summary>What the mannequin knows about the exercise.</summary>
    /// <exception cref="ArgumentException">It does not know the exercise.</exception>
    public MannequinExercise Known => MannequinExercises.Find(Exercise) ?? throw new ArgumentException(
        $"The mannequin does not know '{Exercise}'; it knows {string.Join(", ", MannequinExercises.All.Select(exercise => exercise.Name))}.");

    /// <summary>What is lifted once the view has decided it.</summary>
    public Equipment EffectiveEquipment => Equipment ?? (Camera.View == View.Side ? Known.Equipment[^1] : Known.Equipment[0]);

    /// <summary>Whether a repetition, counted from 0, has the faults.</summary>
    public bool IsFaulty(int repetition) => Faults.Count > 0 && (FaultyRepetitions?.Contains(repetition + 1) ?? true);

    /// <summary>Checks that the options make sense together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says what to change.</exception>
    public void Validate()
    {
        var exercise = Known;
        var names = string.Join(", ", exercise.FaultScales.Select(scale => scale.Name));
        foreach (var fault in Faults)
        {
            Require(exercise.Has(fault.Kind), $"{fault.Scale.Name} makes no sense in a {Exercise}; its faults are {names}.");
        }

        Require(Equipment is not { } chosen || exercise.Equipment.Contains(chosen), $"A {Exercise} is not done with that equipment.");
        Require(exercise.CanSit || !Seated, $"A {Exercise} is done standing.");
        Require(Repetitions is >= 1 and <= 100, "Ask for 1 to 100 repetitions.");
        Require(Width is >= 64 and <= 4096 && Height is >= 64 and <= 4096, "The picture must be 64 to 4096 pixels wide and high.");
        Require(FramesPerSecond is >= 1 and <= 240, "The frame rate must be 1 to 240 frames per second.");
        Require(IdleSeconds is >= 0.25 and <= 60, "The time held at the start must be 0.25 to 60 seconds.");
        Require(Variation is >= 0 and <= 2, "The variation must be 0 to 2.");
        Require(Unevenness is >= 0 and <= 2, "The unevenness must be 0 to 2.");
        Require(!Seated || Faults.All(fault => fault.Kind != FaultKind.KneeDrive), "A seated mannequin cannot drive with the knees.");
        Require(
            Faults.Select(fault => (fault.Kind, fault.Side)).Distinct().Count() == Faults.Count,
            "Each fault may be given once for a side.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
