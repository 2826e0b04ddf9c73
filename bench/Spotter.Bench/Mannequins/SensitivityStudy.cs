using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>A pack that was fitted on correct repetitions of the mannequin's people, and what it makes of others.</summary>
internal sealed class SensitivityStudy
{
    private readonly ExercisePack pack;
    private readonly StGcnEncoder encoder;

    /// <summary>The pack.</summary>
    public ExercisePack Pack => pack;

    public SensitivityStudy(View view, StGcnEncoder encoder, int people, int seed, string exercise = MannequinOptions.ShoulderPress, double unevenness = 0)
    {
        this.encoder = encoder;
        var training = new MannequinPeople(view, EstimatorNoise.BlazePose, seed, exercise) { Unevenness = unevenness };
        var correct = Enumerable.Range(0, people).SelectMany(person => training.Repeat(person))
            .Select(repetition => new CorrectRepetition(repetition.Cleaned, repetition.Repetition, repetition.View, "mannequin", $"{repetition.Person}"));
        pack = PackFitting.Fit(
            ExerciseDefinition.Load(exercise), [.. correct], encoder, new Backbone("study", "study", ""), "study", "study");
    }

    /// <summary>The scores of all repetitions of some people, correct without a fault.</summary>
    public IReadOnlyList<RepetitionScore> Scores(MannequinPeople test, int people, Fault? fault) =>
        [.. Enumerable.Range(0, people).AsParallel().AsOrdered().SelectMany(person => fault is null ? test.Repeat(person) : test.Repeat(person, fault))
            .Select(repetition => new RepetitionJudge(pack, repetition.View, encoder, Method.Fused).Judge(repetition.Cleaned, repetition.Repetition).Score)];

    /// <summary>A p-value, with the mean score deciding within one of its steps.</summary>
    public static double Order(RepetitionScore score, Method method)
    {
        var relative = method switch
        {
            Method.Network => score.Network.RelativeScore,
            Method.Measures => score.Measures.RelativeScore,
            _ => (score.Network.RelativeScore + score.Measures.RelativeScore) / 2,
        };
        return score.PValue(method) + (1e-4 * Math.Atan(relative));
    }
}
