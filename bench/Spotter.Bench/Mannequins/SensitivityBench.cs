using System.Globalization;
using Spotter.Exercises;
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
    private const double FalseAlarms = 0.1;
    private const double Wanted = 0.9;

    // Of the repetitions that are done, how many must be found for a rate to mean something; smaller movements are no repetitions.
    private const double Enough = 0.25;

    private static readonly double[] Severities = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];

    private static readonly Method[] Methods = Enum.GetValues<Method>();

    /// <summary>The views from which an exercise is judged.</summary>
    public static IEnumerable<View> Views(string exercise) => ExerciseDefinition.Load(exercise).Measures.Keys.Order();

    /// <summary>Prints the table, and draws the curves where a file is given for them.</summary>
    public static int Run(string backbone, IReadOnlyList<string> exercises, int seed, int people, string? plot)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        Console.WriteLine("| exercise | view | fault | unit | a coach would call wrong | " + string.Join(" | ", Methods.Select(method => $"{method}".ToLowerInvariant())) + " |");
        Console.WriteLine("|---|---|---|---|---|" + string.Concat(Methods.Select(_ => "---|")));
        List<SensitivityPanel> panels = [];
        foreach (var exercise in exercises)
        {
            panels.AddRange(Views(exercise).Select(view => Study(encoder, exercise, view, seed, people)));
        }

        if (plot is not null)
        {
            File.WriteAllText(plot, SensitivityPlot.Draw(panels, Wanted));
        }

        return 0;
    }

    private static SensitivityPanel Study(StGcnEncoder encoder, string exercise, View view, int seed, int people)
    {
        var study = new SensitivityStudy(view, encoder, TrainingPeople, seed, exercise);
        var test = new MannequinPeople(view, EstimatorNoise.BlazePose, seed + 1, exercise);
        var correct = study.Scores(test, people, null);
        var thresholds = Methods.ToDictionary(method => method, method => Quantile(correct, method));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{exercise} {view}: {correct.Count} correct repetitions; {string.Join(", ", Methods.Select(method => $"{method} flags {correct.Count(score => score.PValue(method) <= FalseAlarms) / (double)correct.Count:0.00} at p <= 0.1"))}"));
        List<SensitivityCurve> curves = [];
        foreach (var scale in MannequinExercises.Find(exercise)!.FaultScales)
        {
            double[] sizes = [.. Severities.Select(scale.SizeAt).Distinct()];
            var scores = sizes.Select(size => study.Scores(test, people, new Fault(scale.Kind, size))).TakeWhile(all => all.Count >= Enough * correct.Count).ToArray();
            var found = scores.Select(all =>
                Methods.Select(method => all.Count(score => SensitivityStudy.Order(score, method) <= thresholds[method]) / (double)all.Count).ToArray()).ToArray();
            Console.Error.WriteLine($"{exercise} {view} {scale.Name}: " + string.Join("  ", Methods.Select((method, m) =>
                $"{method} " + string.Join(' ', sizes.Zip(found, (size, rates) => string.Create(CultureInfo.InvariantCulture, $"{size:0.##}:{rates[m]:0.00}"))))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {exercise} | {view.ToString().ToLowerInvariant()} | {scale.Name} | {scale.Unit} | {scale.Coach} | ")
                + string.Join(" | ", Methods.Select((_, m) => Size(sizes, [.. found.Select(rates => rates[m])]))) + " |");
            curves.Add(new SensitivityCurve(scale.Name, [.. sizes.Zip(found, (size, rates) => (scale.SeverityOf(size), rates[Array.IndexOf(Methods, Method.Fused)]))]));
        }

        return new SensitivityPanel($"{exercise}, {view.ToString().ToLowerInvariant()}", curves);
    }

    private static double Quantile(IReadOnlyList<RepetitionScore> correct, Method method)
    {
        double[] sorted = [.. correct.Select(score => SensitivityStudy.Order(score, method)).Order()];
        return sorted[(int)(FalseAlarms * sorted.Length) - 1];
    }

    /// <summary>The size from which on nearly all are found, between two sizes along a straight line.</summary>
    private static string Size(double[] sizes, double[] found)
    {
        if (found.Length == 0)
        {
            return "no repetition is counted";
        }

        var last = Array.FindLastIndex(found, rate => rate < Wanted);
        if (last == found.Length - 1)
        {
            var least = string.Create(CultureInfo.InvariantCulture, $"over {sizes[last]:0.##} ({100 * found[^1]:0} % found)");
            return found.Length < sizes.Length ? string.Create(CultureInfo.InvariantCulture, $"{least}; no repetition at {sizes[found.Length]:0.##}") : least;
        }

        return last < 0
            ? string.Create(CultureInfo.InvariantCulture, $"under {sizes[0]:0.##}")
            : string.Create(CultureInfo.InvariantCulture, $"{double.Lerp(sizes[last], sizes[last + 1], (Wanted - found[last]) / (found[last + 1] - found[last])):0.##}");
    }
}
