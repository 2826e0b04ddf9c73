using Spotter.Training.Checkpoints;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Streams;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>One training of one network by the curriculum.</summary>
public static class StreamCurriculum
{
    // Batches of each exercise before the first step, with other motions than those that are trained on.
    private const int StartBatches = 12;

    /// <summary>Trains a network on what a stream shows of the mannequin.</summary>
    /// <param name="initial">
    /// Weights to start from. Where they hold no network on the stream, it starts from the one on joints, whose first batch norm takes its means and deviations from mannequins.
    /// </param>
    /// <param name="stream">What the network is shown.</param>
    /// <param name="source">The mannequin.</param>
    /// <param name="training">How long and how fast.</param>
    /// <param name="run">Names what is trained: a state file of another run is refused.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="CheckpointFormatException">The state file is damaged or belongs to another training.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; with a state file it can be resumed.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Train(
        BackboneWeights initial,
        StreamKind stream,
        MannequinSource source,
        TrainingOptions training,
        string run,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var exercises = source.Exercises.Count;
        var shown = new StreamSource(source, stream);
        using var network = new StGcnNetwork();
        using var objective = new CurriculumObjective(exercises);
        set_num_threads(training.Threads);
        IReadOnlyList<TrainingSample>[] start = [.. Enumerable.Range(1, StartBatches * exercises).Select(step => shown.Batch(-step))];
        if (initial.Streams.FirstOrDefault(own => own.Stream == stream).Weights is { } own)
        {
            network.SetWeights(own);
        }
        else
        {
            network.SetWeights(initial.Joints);
            InputStatistics.Estimate(network, start);
        }

        objective.Start(network, start);
        TrainingLoop.Run(network, objective, shown, training, run, progress, cancellationToken);
        return network.GetWeights();
    }
}
