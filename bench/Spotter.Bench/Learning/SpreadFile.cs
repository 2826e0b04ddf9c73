using System.Globalization;
using System.Text.Json;
using Spotter.Exercises;
using Spotter.Synthesis;

namespace Spotter.Bench.Learning;

/// <summary>Writes how much the measures of correct repetitions differ, for packs (<c>src/Spotter/Packs/Spreads</c>).</summary>
internal static class SpreadFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static int Write(string folder, int seed)
    {
        foreach (var exercise in MannequinExercises.All)
        {
            var views = ExerciseDefinition.Load(exercise.Name).Measures.Keys.Order().ToDictionary(
                view => view.ToString().ToLowerInvariant(),
                view => MeasureSpread.Of(exercise.Name, view, seed).Where(measure => measure.Value.People > 0)
                    .ToDictionary(measure => measure.Key, measure => double.Parse(measure.Value.People.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
            File.WriteAllText(Path.Combine(folder, exercise.Name + ".json"), JsonSerializer.Serialize(views, Options) + "\n");
        }

        return 0;
    }
}
