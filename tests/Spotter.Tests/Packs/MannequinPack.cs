using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Tests.Packs;

/// <summary>A pack of the press learnt from correct repetitions of twelve mannequins in each of two views, each mannequin a session.</summary>
internal sealed class MannequinPack
{
    private const int People = 12;

    private static readonly Lazy<MannequinPack> Made = new(() => new MannequinPack());

    private MannequinPack()
    {
        var file = Path.Combine(SharedData.Repository, "models", PackCatalogue.BackboneFile);
        Encoder = StGcnEncoder.Load(file);
        Backbone = PackFitting.Identify(file, Encoder);
        Correct = [.. from view in new[] { "front", "side" } from person in Enumerable.Range(1, People) from repetition in Press(view, person) select repetition];
        Pack = Fit(Correct);
    }

    /// <summary>Made once for all tests of the process.</summary>
    public static MannequinPack Shared => Made.Value;

    public static ExerciseDefinition Exercise { get; } = ExerciseDefinition.Load("shoulder-press");

    public StGcnEncoder Encoder { get; }

    public Backbone Backbone { get; }

    public IReadOnlyList<CorrectRepetition> Correct { get; }

    public ExercisePack Pack { get; }

    public ExercisePack Fit(IReadOnlyList<CorrectRepetition> correct) => PackFitting.Fit(Exercise, correct, Encoder, Backbone, "1", "test");

    /// <summary>Three repetitions of one person, as an estimator would see them; none of a person whose build makes the view look like another.</summary>
    public static IReadOnlyList<CorrectRepetition> Press(string view, int person, params Fault[] faults)
    {
        var set = Mannequin.Synthesize(new MannequinOptions
        {
            Repetitions = 3,
            Seed = person,
            NoiseSeed = person,
            Faults = faults,
            Camera = CameraPlacement.Parse(view),
            Noise = EstimatorNoise.BlazePose,
        });
        var cleaned = SkeletonCleaning.Clean(set.Sequence);
        var seen = ViewEstimator.Estimate(cleaned)!.Value;
        return seen.View != set.Options.Camera.View ? [] : [.. RepetitionSegmenter.Segment(cleaned, seen, Exercise).Repetitions
            .Select(repetition => new CorrectRepetition(cleaned, repetition, seen, "mannequin", $"{view}-{person}"))];
    }
}
