using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>The feature vectors of kinematic measures.</summary>
public static class MeasureFeatures
{
    /// <summary>The measures that an exercise declares for a view; all are NaN for a repetition whose view cannot be told.</summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="view">The view whose measures are taken.</param>
    /// <exception cref="ArgumentException">The exercise declares none for the view.</exception>
    public static FeatureExtractor Of(ExerciseDefinition definition, View view)
    {
        if (!definition.Measures.TryGetValue(view, out var names) || names.Count == 0)
        {
            throw new ArgumentException($"{definition.Name} has no measures for the view {view}.", nameof(view));
        }

        return repetition => repetition.View is { } seen
            ? MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, seen, definition).Select(names)
            : [.. names.Select(_ => double.NaN)];
    }

    /// <summary>The view from which most repetitions are seen, among those that the exercise declares measures for; null without any.</summary>
    public static View? UsualView(ExerciseDefinition definition, IReadOnlyList<LabelledRepetition> repetitions) =>
        repetitions
            .Where(repetition => repetition.View is { } seen && definition.Measures.TryGetValue(seen.View, out var names) && names.Count > 0)
            .GroupBy(repetition => repetition.View!.Value.View)
            .OrderByDescending(group => group.Count())
            .Select(group => (View?)group.Key)
            .FirstOrDefault();
}
