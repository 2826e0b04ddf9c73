using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>The folds of one protocol whose test repetitions are seen from one side.</summary>
/// <param name="Protocol">The protocol in words.</param>
/// <param name="Folds">Training and test repetitions.</param>
public sealed record ProtocolFolds(string Protocol, IReadOnlyList<Fold> Folds)
{
    /// <summary>Divides data sets by a protocol, each view for itself; views for which the exercise has no measures are left out.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="definition">The exercise.</param>
    /// <param name="dataSets">Name and repetitions of each data set; two for <see cref="EvaluationProtocol.Cross"/>, which is done both ways.</param>
    /// <exception cref="ArgumentException">The protocol needs two data sets.</exception>
    public static IReadOnlyList<ProtocolFolds> Divide(
        EvaluationProtocol protocol, ExerciseDefinition definition, IReadOnlyList<(string Name, IReadOnlyList<LabelledRepetition> Repetitions)> dataSets)
    {
        if (protocol == EvaluationProtocol.Cross)
        {
            return dataSets.Count == 2
                ? [.. Cross(definition, dataSets[0], dataSets[1]), .. Cross(definition, dataSets[1], dataSets[0])]
                : throw new ArgumentException("To train on one data set and test on another, two are needed.", nameof(dataSets));
        }

        return [.. ByView(definition, dataSets.SelectMany(set => set.Repetitions))
            .Select(view => protocol == EvaluationProtocol.Grouped
                ? new ProtocolFolds("grouped", Splits.Grouped(view))
                : new ProtocolFolds("published", Splits.Published(view)))];
    }

    private static IEnumerable<ProtocolFolds> Cross(
        ExerciseDefinition definition,
        (string Name, IReadOnlyList<LabelledRepetition> Repetitions) training,
        (string Name, IReadOnlyList<LabelledRepetition> Repetitions) test) =>
        ByView(definition, test.Repetitions).Select(view =>
        {
            // Seen from nowhere near, the other set is all there is: only what does not depend on the view can be carried over.
            LabelledRepetition[] sameView = [.. training.Repetitions.Where(repetition => repetition.View?.View == view[0].View?.View)];
            return new ProtocolFolds($"cross, {training.Name} to {test.Name}", Splits.Cross(sameView.Length > 0 ? sameView : training.Repetitions, view));
        });

    private static IEnumerable<LabelledRepetition[]> ByView(ExerciseDefinition definition, IEnumerable<LabelledRepetition> repetitions) =>
        repetitions.Where(repetition => IsJudged(definition, repetition)).GroupBy(repetition => repetition.View!.Value.View)
            .OrderBy(group => group.Key).Select(group => group.ToArray());

    /// <summary>Whether the exercise has measures for the view from which a repetition is seen.</summary>
    public static bool IsJudged(ExerciseDefinition definition, LabelledRepetition repetition) =>
        repetition.View is { } seen && definition.Measures.ContainsKey(seen.View);
}
