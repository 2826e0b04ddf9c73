using Spotter.Training.Learning;

namespace Spotter.Training.Streams;

/// <summary>The batches of another source as a stream shows them.</summary>
/// <param name="joints">Samples on joints.</param>
/// <param name="stream">What the network is shown.</param>
public sealed class StreamSource(ITrainingSource joints, StreamKind stream) : ITrainingSource
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainingSample> Batch(int step) =>
        [.. joints.Batch(step).Select(sample => sample with { Input = StreamInput.Of(stream, sample.Input) })];
}
