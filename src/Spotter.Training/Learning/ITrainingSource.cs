namespace Spotter.Training.Learning;

/// <summary>Where batches come from: synthesised or recorded repetitions.</summary>
public interface ITrainingSource
{
    /// <summary>The batch of one step. It depends on the step alone, so that a training that was interrupted goes on as if it had not been.</summary>
    /// <param name="step">Counted from 0.</param>
    IReadOnlyList<TrainingSample> Batch(int step);
}
