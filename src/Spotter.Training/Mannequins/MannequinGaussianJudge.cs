using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Training.Mannequins;

/// <summary>For evaluation: <see cref="MannequinGaussian"/> on the measures of an exercise, calibrated by leaving whole sessions out.</summary>
/// <param name="definition">An exercise that the mannequin knows.</param>
public sealed class MannequinGaussianJudge(ExerciseDefinition definition) : IFormJudge
{
    private const int People = 200;
    private const int Seed = 20_002;

    private readonly Dictionary<View, MannequinGaussian> gaussians = [];

    /// <inheritdoc/>
    public string Name => "measures, Gaussian with the mannequin's covariance";

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        if (test.Select(repetition => repetition.View?.View).Distinct().ToArray() is not [{ } view] || !definition.Measures.TryGetValue(view, out var names))
        {
            return null;
        }

        LabelledRepetition[] correct = [.. training.Where(repetition => repetition.Correct && repetition.View?.View == view)];
        string[] sessions = [.. correct.Select(repetition => repetition.Session).Distinct(StringComparer.Ordinal)];
        if (sessions.Length < 2)
        {
            return null;
        }

        if (!gaussians.TryGetValue(view, out var gaussian))
        {
            gaussian = new MannequinGaussian(Synthesize(view, names));
            gaussians.Add(view, gaussian);
        }

        var detector = new CalibratedDetector(
            Array.ConvertAll(correct, Measures), Array.ConvertAll(correct, repetition => Array.IndexOf(sessions, repetition.Session)), gaussian.Fit);
        return [.. test.Select(repetition => detector.Judge(Measures(repetition)))];

        double[] Measures(LabelledRepetition repetition) =>
            MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, repetition.View!.Value, definition).Select(names);
    }

    private List<double[]> Synthesize(View view, IReadOnlyList<string> names) =>
    [
        .. CorrectMannequins.SeenFrom(definition, view, Seed)
            .Select(person => (person.Set, person.Cleaned, Seen: ViewEstimator.Estimate(person.Cleaned)))
            .Where(person => person.Seen?.View == view)
            .Take(People)
            .Select(person => MeasureExtractor.Extract(person.Cleaned, person.Set.Repetitions[0], person.Seen!.Value, definition).Select(names)),
    ];
}
