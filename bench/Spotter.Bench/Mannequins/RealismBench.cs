using System.Globalization;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// How far correct repetitions of the mannequin are from recorded correct ones: the share of them that packs made from recordings flag, and where their measures
/// lie in the packs' bands.
/// </summary>
internal static class RealismBench
{
    private const int People = 60;

    public static int Run(string packs, int seed)
    {
        var catalogue = new PackCatalogue(packs);
        using var encoder = StGcnEncoder.Load(catalogue.BackbonePath);
        Console.WriteLine("| exercise | view | repetitions found | judged correct | network alone | measures alone | measures outside of their bands in more than a third |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var exercise in MannequinExercises.All.Select(exercise => exercise.Name))
        {
            var pack = catalogue.Load(exercise);
            foreach (var view in pack.Views.Select(state => state.View))
            {
                var people = new MannequinPeople(view, EstimatorNoise.BlazePose, seed, exercise);
                MannequinRepetition[] all = [.. Enumerable.Range(0, People).AsParallel().AsOrdered().SelectMany(person => people.Repeat(person))];
                RepetitionScore[] scores = [.. all.AsParallel().AsOrdered().Select(one =>
                    new RepetitionJudge(pack, one.View, encoder, Method.Fused).Judge(one.Cleaned, one.Repetition).Score)];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {exercise} | {view.ToString().ToLowerInvariant()} | {all.Length} of {People * people.Repetitions} | {Share(Method.Fused)} | {Share(Method.Network)} | {Share(Method.Measures)} | {Outside(pack, all)} |"));

                string Share(Method method) => string.Create(CultureInfo.InvariantCulture,
                    $"{scores.Count(score => score.PValue(method) > pack.FalseAlarmRate) / (double)Math.Max(scores.Length, 1):0.00}");
            }
        }

        return 0;
    }

    private static string Outside(ExercisePack pack, MannequinRepetition[] all)
    {
        if (all.Length == 0)
        {
            return "";
        }

        var model = new ViewModel(pack.Find(all[0].View.View)!);
        var definition = ExerciseDefinition.Load(pack.Definition.Name);
        MeasureVector[] measures = [.. all.Select(one => MeasureExtractor.Extract(one.Cleaned, one.Repetition, one.View, definition))];
        foreach (var band in model.Bands)
        {
            double[] values = [.. measures.SelectMany(one => one.Values(band.Measure)).Order()];
            if (values.Length > 0)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{pack.Definition.Name} {all[0].View.View} {band.Measure,-30} recorded {band.Low:0.00} {band.Middle:0.00} {band.High:0.00}   mannequin {At(values, 0.05):0.00} {At(values, 0.5):0.00} {At(values, 0.95):0.00}"));
            }
        }

        return string.Join(", ", model.Bands.Where(band => measures.SelectMany(one => one.Values(band.Measure)).ToArray() is { Length: > 0 } values
            && values.Count(value => value < band.Low || value > band.High) > values.Length / 3.0).Select(band => band.Measure));
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
}
