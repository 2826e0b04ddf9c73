using Spotter.Packs;
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

    /// <summary>Samples of recorded repetitions, with the joints that nearly all good ones of their view show, as a pack will show them to the network.</summary>
    /// <param name="good">Correct repetitions.</param>
    /// <param name="bad">Incorrect repetitions; those from a view without correct ones are left out.</param>
    public static IReadOnlyList<TrainingSample> Samples(IEnumerable<CorrectRepetition> good, IEnumerable<CorrectRepetition> bad)
    {
        List<TrainingSample> samples = [];
        var badOf = bad.ToLookup(repetition => repetition.View.View);
        foreach (var view in good.GroupBy(repetition => repetition.View.View).OrderBy(group => group.Key))
        {
            float[][] inputs = [.. view.Select(Input)];
            var shown = JointMask.Fit(inputs);
            samples.AddRange(inputs.Select((input, i) => new TrainingSample(shown.Apply(input), [], [], IsGood: true, Severity: 0, Motion: i)));
            samples.AddRange(badOf[view.Key].Select((repetition, i) => new TrainingSample(shown.Apply(Input(repetition)), [], [], IsGood: false, Severity: 1, Motion: i)));
        }

        return samples;
    }

    /// <summary>What the network sees of a repetition before joints are masked, 3 × T × 18.</summary>
    internal static float[] Input(CorrectRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Skeleton, repetition.Repetition);

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
