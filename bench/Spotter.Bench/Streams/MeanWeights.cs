using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Training.Curriculum;
using Spotter.Training.Export;
using Spotter.Training.Network;

namespace Spotter.Bench.Streams;

/// <summary>Makes one backbone of several trainings of the press from one start: the mean of their weights.</summary>
internal static class MeanWeights
{
    /// <summary>Writes the backbone, with its weights and its description beside it.</summary>
    /// <param name="trainings">Files of <c>streams</c>, .safetensors.</param>
    /// <param name="training">What the trainings were, for the record.</param>
    /// <param name="output">The backbone, .onnx.</param>
    public static int Write(IReadOnlyList<string> trainings, string training, string output)
    {
        using var network = StGcnNetwork.Load(trainings[0]);
        network.SetWeights(WeightMean.Of([.. trainings.Select(path => SafeTensorsFile.Parse(File.ReadAllBytes(path)).Item1)]));
        BackboneFiles.Write(network, output, new BackboneDescription("st-gcn-press", "4", BackboneDescription.BodyFramePreprocessing, training));
        return 0;
    }
}
