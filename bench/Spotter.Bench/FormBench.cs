using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Network;

namespace Spotter.Bench;

/// <summary>Compares the ways of judging one exercise on labelled keypoints, with the features of a checkpoint as it is and of the backbone that ships.</summary>
internal static class FormBench
{
    public static int Run(string data, string exercise, string checkpoint, string backbone)
    {
        var definition = ExerciseDefinition.Load(exercise);
        var repetitions = LabelledRepetition.Cut(DatasetReader.Read(data, exercise).Where(clip => !clip.IsNearDuplicate), definition);
        using var network = StGcnNetwork.Load(checkpoint);
        var description = new BackboneDescription("checkpoint", "1", BackboneDescription.BodyFramePreprocessing, "as published");
        using var encoder = StGcnEncoder.Load(StGcnExport.ToOnnx(network, description, sixteenBits: false));
        using var shipped = StGcnEncoder.Load(backbone);
        var methods = ComparedMethods.For(definition, repetitions, [("checkpoint", encoder), ("shipped", shipped)]);
        Console.WriteLine(EvaluationTable.Write(ExerciseEvaluation.Run("grouped", Splits.Grouped(repetitions), methods)));
        Console.WriteLine(EvaluationTable.Write(ExerciseEvaluation.Run("published", Splits.Published(repetitions), methods)));
        if (PoseTrainerSplit.Divide(LabelledRepetition.Cut(DatasetReader.Read(data, exercise), definition, whole: true)) is { } fold)
        {
            Console.WriteLine("Pose Trainer's own split:");
            foreach (var rule in Enum.GetValues<DtwRule>())
            {
                var method = ExerciseEvaluation.Run("published", [fold], [new DtwClassifier(exercise, rule)]).Methods[0];
                Console.WriteLine($"{method.Method}: {method.OwnVerdict.Right} of {method.OwnVerdict.Judged} right, weighted F1 {method.OwnVerdict.WeightedF1:F2}");
            }
        }

        return 0;
    }
}
