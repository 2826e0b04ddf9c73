using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Streams;

/// <summary>Judges recorded presses by one or several streams.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="networks">The networks; one branch each.</param>
/// <param name="measures">Whether the measures are a branch as well.</param>
internal sealed class StreamJudge(string name, IReadOnlyList<StreamNetwork> networks, bool measures) : IFormJudge
{
    private static readonly ExerciseDefinition Definition = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        LabelledRepetition[] correct = [.. training.Where(repetition => repetition.Correct && IsSeen(repetition))];
        if (correct.Length == 0 || !test.All(IsSeen))
        {
            return null;
        }

        var joints = JointMask.Fit(Array.ConvertAll(correct, Input));
        double[][][] seen = Array.ConvertAll(correct, Look);
        var fusion = new BranchFusion([.. Enumerable.Range(0, seen[0].Length).Select(branch => Branch.Fit(
            $"{branch}", [.. seen.Select((own, i) => new FeatureSample(own[branch], correct[i].Session))], cancellationToken: cancellationToken))]);
        return [.. test.Select(repetition => fusion.Score(Look(repetition)))
            .Select(result => new Judgement(result.Order, result.Branches.Any(branch => !branch.IsInlier), result.PValue))];

        double[][] Look(LabelledRepetition repetition)
        {
            var shown = joints.Apply(Input(repetition));
            IEnumerable<double[]> features = networks.Select(network => network.Features(shown));
            return measures
                ? [.. features, MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, repetition.View!.Value, Definition).Select(Definition.Measures[repetition.View.Value.View])]
                : [.. features];
        }
    }

    private static bool IsSeen(LabelledRepetition repetition) =>
        BodyFrame.TryMeasure(repetition.Cleaned, repetition.Repetition.StartFrame, repetition.Repetition.EndFrame, out _);

    private static float[] Input(LabelledRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);
}
