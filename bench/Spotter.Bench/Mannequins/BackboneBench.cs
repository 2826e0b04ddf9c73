using System.Globalization;
using Spotter.Evaluation;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// Compares feature networks on people of the mannequin that no network has seen: how well each tells faults of the size that a coach would call wrong from correct
/// repetitions, from the view in which the exercise is judged. No recording is used, so that a network may be chosen by it.
/// </summary>
internal static class BackboneBench
{
    private const int TrainingPeople = 40;

    public static int Run(IReadOnlyList<string> backbones, int seed, int people, double unevenness)
    {
        Console.WriteLine("| exercise | view | correct, faulty repetitions | " + string.Join(" | ", backbones.Select((_, at) => $"network {at + 1} alone | network {at + 1} and measures")) + " | measures alone |");
        Console.WriteLine("|---|---|---|" + string.Concat(backbones.Select(_ => "---|---|")) + "---|");
        foreach (var exercise in MannequinExercises.All)
        {
            foreach (var view in SensitivityBench.Views(exercise.Name))
            {
                var cells = "";
                var (counts, measures) = ("", double.NaN);
                foreach (var backbone in backbones)
                {
                    using var encoder = StGcnEncoder.Load(backbone);
                    var study = new SensitivityStudy(view, encoder, TrainingPeople, seed, exercise.Name, unevenness);
                    var test = new MannequinPeople(view, EstimatorNoise.BlazePose, seed + 1, exercise.Name) { Unevenness = unevenness };
                    var correct = study.Scores(test, people, null);
                    RepetitionScore[] faulty =
                    [
                        .. exercise.FaultScales.Where(scale => scale.Kind != FaultKind.Rush)
                            .SelectMany(scale => study.Scores(test, people, new Fault(scale.Kind, scale.Coach))),
                    ];
                    counts = $"{correct.Count}, {faulty.Length}";
                    measures = Area(correct, faulty, Method.Measures);
                    cells += string.Create(CultureInfo.InvariantCulture, $" {Area(correct, faulty, Method.Network):0.000} | {Area(correct, faulty, Method.Fused):0.000} |");
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {exercise.Name} | {view.ToString().ToLowerInvariant()} | {counts} |{cells} {measures:0.000} |"));
            }
        }

        return 0;
    }

    private static double Area(IReadOnlyList<RepetitionScore> correct, RepetitionScore[] faulty, Method method) => RankingMetrics.RocAuc(
    [
        .. correct.Select(score => new ScoredLabel(SensitivityStudy.Order(score, method), true, "")),
        .. faulty.Select(score => new ScoredLabel(SensitivityStudy.Order(score, method), false, "")),
    ]);
}
