using System.Diagnostics;
using System.Globalization;
using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>Time of all findings of a repetition beside one pass of the feature network in the same run: other work on the machine slows both.</summary>
internal static class ExplanationSpeed
{
    private const int People = 2;
    private const int Rounds = 5;
    private const double Budget = 300;

    public static int Run(string backbone)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        var press = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);
        Console.WriteLine("| view | one pass, ms | findings, ms | passes |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var view in new[] { View.Front, View.Side })
        {
            var pack = new SensitivityStudy(view, encoder, 12, 1).Pack;
            var people = new MannequinPeople(view, EstimatorNoise.BlazePose, 2) { Repetitions = 1 };
            var times = ExplanationBench.PressFaults.Where(scale => ExplanationBench.IsShown(scale.Name, view))
                .SelectMany(scale => Enumerable.Range(0, People).SelectMany(person => people.Repeat(person, new Fault(scale.Kind, scale.SizeAt(1.5)))))
                .Select(repetition =>
                {
                    var judge = new RepetitionJudge(pack, repetition.View, encoder, Method.Fused);
                    var judged = judge.Judge(repetition.Cleaned, repetition.Repetition);
                    return (Pass: Least(() => encoder.Encode(judged.Input, SkeletonNormalization.DefaultFrames)), All: Least(() => Findings.Report(judge, judged, press, 1)));
                }).ToArray();
            double[] sorted = [.. times.Select(time => time.All).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {view.ToString().ToLowerInvariant()} | {times.Min(time => time.Pass):0.0} | median {sorted[sorted.Length / 2]:0}, longest {sorted[^1]:0}, over {Budget} ms {sorted.Count(time => time > Budget)} of {sorted.Length} | median {times.Select(time => time.All / time.Pass).Order().ElementAt(times.Length / 2):0.0}, most {times.Max(time => time.All / time.Pass):0.0} |"));
        }

        return 0;
    }

    private static double Least(Action work) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMilliseconds;
    });
}
