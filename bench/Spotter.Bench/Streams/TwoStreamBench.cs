using Spotter.StGcn;
using Spotter.Training.Curriculum;
using Spotter.Training.Export;
using Spotter.Training.Streams;

namespace Spotter.Bench.Streams;

/// <summary>Puts a network on joints and the mean of networks on motion into one backbone, and tells whether their features are better judged by one branch or by two.</summary>
internal static class TwoStreamBench
{
    private static readonly (string Name, int[] Branches)[] Compared =
        [("joints", [0]), ("motion", [1]), ("joints and motion, a branch each", [0, 1]), ("joints and motion, one branch", [2])];

    /// <summary>Writes the backbone with its weights beside it, and prints the table.</summary>
    /// <param name="joints">Weights on joints.</param>
    /// <param name="motion">Weights on motion, of one or more trainings from the same start.</param>
    /// <param name="output">The backbone, .onnx.</param>
    public static int Run(string joints, IReadOnlyList<string> motion, string output)
    {
        var weights = BackboneWeights.Load(joints) with { Motion = WeightMean.Of([.. motion.Select(path => BackboneWeights.Load(path).Joints)]) };
        var training = $"Synthetic curriculum: mean weights of {motion.Count} trainings on the motion of joints, beside those of a network on joints; no recordings.";
        BackboneFiles.Write(weights, output, new BackboneDescription("st-gcn-press", "4", BackboneDescription.BodyFramePreprocessing, training));

        var description = new BackboneDescription("stream", "1", BackboneDescription.BodyFramePreprocessing, "one of two streams");
        StreamNetwork[] networks = [.. BackboneWeights.Load(BackboneFiles.WeightsPath(output)).Streams.Select(own =>
            new StreamNetwork(own.Stream, StGcnEncoder.Load(StGcnExport.ToOnnx(new BackboneWeights(own.Weights), description))))];
        try
        {
            StreamTable.Print(networks, [[0], [1], [0, 1]], Compared);
        }
        finally
        {
            Array.ForEach(networks, network => network.Dispose());
        }

        return 0;
    }
}
