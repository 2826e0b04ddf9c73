using Spotter.Evaluation;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>Batches of recorded repetitions: as many good as bad ones where there are both, drawn anew for each step.</summary>
public sealed class RecordedSource : ITrainingSource
{
    private readonly TrainingSample[][] groups;
    private readonly int batchSize;
    private readonly int seed;

    /// <summary>Takes samples.</summary>
    /// <param name="samples">At least one.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    /// <param name="seed">Decides which are drawn when.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public RecordedSource(IEnumerable<TrainingSample> samples, int batchSize, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        groups = [.. samples.GroupBy(sample => sample.IsGood).OrderBy(group => group.Key).Select(group => group.ToArray())];
        if (groups.Length == 0)
        {
            throw new ArgumentException("There are no repetitions to learn from.", nameof(samples));
        }

        this.batchSize = batchSize;
        this.seed = seed;
    }

    /// <summary>Samples of recorded repetitions; those in which neck or hips are not seen are left out.</summary>
    public static IReadOnlyList<TrainingSample> Samples(IEnumerable<LabelledRepetition> repetitions) =>
        [.. repetitions
            .Where(labelled => BodyFrame.TryMeasure(labelled.Cleaned, labelled.Repetition.StartFrame, labelled.Repetition.EndFrame, out _))
            .Select((labelled, index) => new TrainingSample(
                SkeletonNormalization.ToNetworkInput(labelled.Cleaned, labelled.Repetition), [], [], labelled.Correct, labelled.Correct ? 0 : 1, index))];

    /// <inheritdoc/>
    public IReadOnlyList<TrainingSample> Batch(int step)
    {
        var random = SeededRandom.For(unchecked((seed * 1_000_003) + step), "recorded");
        return [.. Enumerable.Range(0, batchSize).Select(i =>
        {
            var group = groups[i % groups.Length];
            return group[random.Below(group.Length)];
        })];
    }
}
