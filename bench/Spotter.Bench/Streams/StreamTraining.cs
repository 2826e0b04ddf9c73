using System.Globalization;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Checkpoints;
using Spotter.Training.Curriculum;
using Spotter.Training.Export;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Streams;

namespace Spotter.Bench.Streams;

/// <summary>Trains the network of one stream on the press, all streams alike, and keeps its state, so that a study that was killed goes on where it was.</summary>
/// <param name="weights">Weights to start from.</param>
/// <param name="folder">Where networks and states are kept.</param>
/// <param name="steps">Steps of the curriculum.</param>
internal sealed class StreamTraining(string weights, string folder, int steps)
{
    private const int StartBatches = 12;
    private const int MotionsPerStep = 8;

    /// <summary>The network of a stream, from its file where it was trained before.</summary>
    public StGcnEncoder Load(StreamKind stream, int seed)
    {
        var name = Invariant($"{stream.ToString().ToLowerInvariant()}-{steps}-{seed}");
        var path = Path.Combine(folder, name + ".safetensors");
        using var network = StGcnNetwork.Load(File.Exists(path) ? path : weights);
        if (!File.Exists(path))
        {
            Train(network, stream, seed, name);
            SafeTensorsFile.Write(path, network.GetWeights());
        }

        var description = new BackboneDescription(name, "1", BackboneDescription.BodyFramePreprocessing, "study of streams");
        return StGcnEncoder.Load(StGcnExport.ToOnnx(network, description, sixteenBits: false));
    }

    private void Train(StGcnNetwork network, StreamKind stream, int seed, string name)
    {
        using var objective = new CurriculumObjective();
        var source = new StreamSource(new MannequinSource(seed, MotionsPerStep, [MannequinExercises.ShoulderPress]), stream);
        IReadOnlyList<TrainingSample>[] start = [.. Enumerable.Range(1, StartBatches).Select(step => source.Batch(-step))];
        if (stream != StreamKind.Joints)
        {
            InputStatistics.Estimate(network, start);
        }

        objective.Start(network, start);
        var options = new TrainingOptions { Steps = steps, Seed = seed, Threads = 1, StatePath = Path.Combine(folder, name + ".state"), StateEvery = 10 };
        TrainingLoop.Run(network, objective, source, options, $"stream of {name}", new Progress(name));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Progress(string name) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 10 == 0)
            {
                Console.Error.WriteLine(Invariant($"{name}: step {value.Step} of {value.Steps}, loss {value.Loss:0.000}"));
            }
        }
    }
}
