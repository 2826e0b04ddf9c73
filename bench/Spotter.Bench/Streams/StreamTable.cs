using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Streams;

/// <summary>The area between correct presses and those with one fault of the size that a coach would call wrong, for branches alone and joined, with and without the measures.</summary>
internal static class StreamTable
{
    private const int PeopleSeed = 1;
    private const int People = 40;

    /// <summary>Judges people of the mannequin that no network has seen, and prints the table.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="parts">For each branch the networks on whose features it rests.</param>
    /// <param name="compared">What is compared: the branches that are joined.</param>
    public static void Print(IReadOnlyList<StreamNetwork> networks, IReadOnlyList<int[]> parts, IReadOnlyList<(string Name, int[] Branches)> compared)
    {
        View[] views = [.. ExerciseDefinition.Load(MannequinOptions.ShoulderPress).Measures.Keys.Order()];
        StreamTrial[] trials = [.. views.Select(view => new StreamTrial(view, networks, [.. parts, []], People, PeopleSeed))];
        Console.WriteLine("| p-values, mean score within a step; mean score alone | " + string.Join(" | ", views.Select((view, v) =>
            $"{view.ToString().ToLowerInvariant()} ({trials[v].Correct}, {trials[v].Faulty})")) + " | mean |");
        Console.WriteLine("|---|" + string.Concat(views.Select(_ => "---|")) + "---|");
        var measures = parts.Count;
        foreach (var (name, branches) in compared.Concat(compared.Select(one => (Name: one.Name + "; measures", Branches: (int[])[.. one.Branches, measures]))).Append(("measures", [measures])))
        {
            (double Joined, double Mean)[] areas = [.. trials.Select(trial => trial.Areas(branches))];
            Console.WriteLine($"| {name} | " + string.Join(" | ", areas.Append((areas.Average(area => area.Joined), areas.Average(area => area.Mean)))
                .Select(area => string.Create(CultureInfo.InvariantCulture, $"{area.Item1:0.000}; {area.Item2:0.000}"))) + " |");
        }
    }
}
