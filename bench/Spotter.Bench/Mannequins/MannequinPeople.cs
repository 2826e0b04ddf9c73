using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// Draws people who do an exercise, seen from one view, correctly or with a fault. The same seed gives the same people, so that sizes of a fault are compared on the
/// same bodies, styles, tempi, cameras and errors of the estimator.
/// </summary>
/// <param name="view">Front or side.</param>
/// <param name="noise">How the estimator errs.</param>
/// <param name="seed">Where the differences come from.</param>
/// <param name="exercise">Name of the exercise.</param>
internal sealed class MannequinPeople(View view, EstimatorNoise noise, int seed, string exercise = MannequinOptions.ShoulderPress)
{
    private readonly ExerciseDefinition definition = ExerciseDefinition.Load(exercise);

    /// <summary>Repetitions of a person's set.</summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>How unevenly they lift, see <see cref="MannequinOptions.Unevenness"/>.</summary>
    public double Unevenness { get; init; }

    /// <summary>The set of one person as the mannequin is asked for it.</summary>
    public MannequinOptions Options(int person, params ReadOnlySpan<Fault> faults)
    {
        var random = SeededRandom.For(unchecked((seed * 7919) + person), "people");
        var around = view == View.Front ? 6 * random.Normal() : 78 + (5 * random.Normal());
        return new MannequinOptions
        {
            Exercise = exercise,
            Seed = random.Below(int.MaxValue),
            NoiseSeed = random.Below(int.MaxValue),
            Repetitions = Repetitions,
            Unevenness = Unevenness,
            Faults = [.. faults],
            Noise = noise,
            Width = view == View.Front ? 1280 : 960,
            Height = view == View.Front ? 720 : 960,
            Camera = new CameraPlacement
            {
                Azimuth = random.Chance(0.5) ? around : -around,
                Elevation = 3 * random.Normal(),
                FocalLength = random.Uniform(0.8, 1.2),
                Framing = view == View.Front && random.Chance(0.5) ? Framing.UpperBody : Framing.FullBody,
                Room = random.Uniform(1.05, 1.35),
            },
        };
    }

    /// <summary>The repetitions of one person that Spotter finds; those that it does not find, or sees from elsewhere, are left out.</summary>
    public IReadOnlyList<MannequinRepetition> Repeat(int person, params ReadOnlySpan<Fault> faults)
    {
        var set = Mannequin.Synthesize(Options(person, faults));
        var cleaned = SkeletonCleaning.Clean(set.Sequence);
        if (ViewEstimator.Estimate(cleaned) is not { } seen || seen.View != view)
        {
            return [];
        }

        List<MannequinRepetition> found = [];
        foreach (var repetition in RepetitionSegmenter.Segment(cleaned, seen, definition).Repetitions)
        {
            // The one that it lies on: cuts are off by some frames, never by half a repetition.
            var index = set.Repetitions.ToList().FindIndex(exact => exact.StartFrame <= repetition.TurningFrame && repetition.TurningFrame < exact.EndFrame);
            if (index >= 0)
            {
                found.Add(new MannequinRepetition(set, index, person, cleaned, seen, repetition));
            }
        }

        return found;
    }
}
