using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Streams;

/// <summary>Judges recorded presses by streams, whole sessions held out of everything that is learnt from people.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="networks">The networks; one branch each.</param>
/// <param name="measures">Whether the measures are a branch as well.</param>
internal sealed class StreamRecordings(string name, IReadOnlyList<StreamNetwork> networks, bool measures) : IFormJudge
{
    private readonly ExerciseDefinition definition = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Prints area, and false alarms / detected at 10 %, of streams alone and joined on one data set.</summary>
    public static void Print(string folder, IReadOnlyList<StreamNetwork> networks, IReadOnlyList<(string Name, int[] Branches)> compared)
    {
        var definition = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);
        var repetitions = LabelledRepetition.Cut(DatasetReader.Read(folder, definition.Name, 30, default).Where(clip => !clip.IsNearDuplicate), definition);
        IFormJudge[] judges = [.. from withMeasures in (bool[])[false, true] from one in compared
            select new StreamRecordings(withMeasures ? one.Name + "; measures" : one.Name, [.. one.Branches.Select(branch => networks[branch])], withMeasures)];
        foreach (var (protocol, folds) in ProtocolFolds.Divide(EvaluationProtocol.Grouped, definition, [("", repetitions)]))
        {
            var result = ExerciseEvaluation.Run(protocol, folds, judges);
            Console.WriteLine($"\n{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}, {result.View}: {result.CorrectRepetitions} correct, {result.IncorrectRepetitions} incorrect, {result.Sessions} sessions");
            foreach (var method in result.Methods)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {method.Method} | {method.RocAuc.Value:0.00} [{method.RocAuc.Low:0.00}, {method.RocAuc.High:0.00}], {method.Calibrated[0].FalseAlarmRate.Value:0.00} / {method.Calibrated[0].DetectionRate.Value:0.00} |"));
            }
        }
    }

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
                ? [.. features, MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, repetition.View!.Value, definition).Select(definition.Measures[repetition.View.Value.View])]
                : [.. features];
        }
    }

    private static bool IsSeen(LabelledRepetition repetition) =>
        BodyFrame.TryMeasure(repetition.Cleaned, repetition.Repetition.StartFrame, repetition.Repetition.EndFrame, out _);

    private static float[] Input(LabelledRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);
}
