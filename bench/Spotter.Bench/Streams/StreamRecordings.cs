using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Synthesis;

namespace Spotter.Bench.Streams;

/// <summary>How streams judge recorded presses, whole sessions held out of everything that is learnt from people.</summary>
internal static class StreamRecordings
{
    /// <summary>Prints area, and false alarms / detected at 10 %, of streams alone and joined on one data set.</summary>
    public static void Print(string folder, IReadOnlyList<StreamNetwork> networks, IReadOnlyList<(string Name, int[] Branches)> compared)
    {
        var definition = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);
        var repetitions = LabelledRepetition.Cut(DatasetReader.Read(folder, definition.Name, 30, default).Where(clip => !clip.IsNearDuplicate), definition);
        IFormJudge[] judges = [.. from withMeasures in (bool[])[false, true] from one in compared
            select new StreamJudge(withMeasures ? one.Name + "; measures" : one.Name, [.. one.Branches.Select(branch => networks[branch])], withMeasures)];
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
}
