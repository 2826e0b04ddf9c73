using System.Globalization;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// At which size each fault of the mannequin is found with 90 % probability when 10 % of its correct repetitions are flagged, from each view and by each
/// method. Judged with a pack that was fitted on other people of the mannequin, so that the answer is about faults and not about how real the mannequin is.
/// </summary>
internal static class SensitivityBench
{
    private const int TrainingPeople = 40;
    private const int TestPeople = 40;
    private const double FalseAlarms = 0.1;
    private const double Wanted = 0.9;

    private static readonly double[] Severities = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];

    private static readonly Method[] Methods = Enum.GetValues<Method>();

    public static int Run(string backbone, int seed)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        Console.WriteLine("| view | fault | unit | a coach would call wrong | " + string.Join(" | ", Methods.Select(method => $"{method}".ToLowerInvariant())) + " |");
        Console.WriteLine("|---|---|---|---|" + string.Concat(Methods.Select(_ => "---|")));
        foreach (var view in new[] { View.Front, View.Side })
        {
            var study = new SensitivityStudy(view, encoder, TrainingPeople, seed);
            var test = new MannequinPeople(view, EstimatorNoise.BlazePose, seed + 1);
            var correct = study.Scores(test, TestPeople, null);
            var thresholds = Methods.ToDictionary(method => method, method => Quantile(correct, method));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{view}: {correct.Count} correct repetitions; {string.Join(", ", Methods.Select(method => $"{method} flags {correct.Count(score => score.PValue(method) <= FalseAlarms) / (double)correct.Count:0.00} at p <= 0.1"))}"));
            foreach (var scale in FaultScale.All)
            {
                double[] sizes = [.. Severities.Select(scale.SizeAt).Distinct()];
                var found = sizes.Select(size =>
                {
                    var scores = study.Scores(test, TestPeople, new Fault(scale.Kind, size));
                    return Methods.Select(method => scores.Count(score => SensitivityStudy.Order(score, method) <= thresholds[method]) / (double)scores.Count).ToArray();
                }).ToArray();
                Console.Error.WriteLine($"{view} {scale.Name}: " + string.Join("  ", Methods.Select((method, m) =>
                    $"{method} " + string.Join(' ', sizes.Zip(found, (size, rates) => string.Create(CultureInfo.InvariantCulture, $"{size:0.##}:{rates[m]:0.00}"))))));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {view.ToString().ToLowerInvariant()} | {scale.Name} | {scale.Unit} | {scale.Coach} | ")
                    + string.Join(" | ", Methods.Select((_, m) => Size(sizes, [.. found.Select(rates => rates[m])]))) + " |");
            }
        }

        return 0;
    }

    private static double Quantile(IReadOnlyList<RepetitionScore> correct, Method method)
    {
        double[] sorted = [.. correct.Select(score => SensitivityStudy.Order(score, method)).Order()];
        return sorted[(int)(FalseAlarms * sorted.Length) - 1];
    }

    /// <summary>The size from which on nearly all are found, between two sizes along a straight line.</summary>
    private static string Size(double[] sizes, double[] found)
    {
        var last = Array.FindLastIndex(found, rate => rate < Wanted);
        if (last == found.Length - 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"over {sizes[^1]:0.##} ({found[^1]:0 %} found)");
        }

        return last < 0
            ? string.Create(CultureInfo.InvariantCulture, $"under {sizes[0]:0.##}")
            : string.Create(CultureInfo.InvariantCulture, $"{double.Lerp(sizes[last], sizes[last + 1], (Wanted - found[last]) / (found[last + 1] - found[last])):0.##}");
    }
}
