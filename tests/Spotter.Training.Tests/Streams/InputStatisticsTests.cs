using Spotter.Skeletons;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Streams;

namespace Spotter.Training.Tests.Streams;

public sealed class InputStatisticsTests
{
    private const int Frames = 4;

    [Fact]
    public void Estimate_TakesCoordinatesFromTheBatchesAndLeavesConfidence()
    {
        using var network = new StGcnNetwork();
        TrainingSample[] batch = [Sample(0), Sample(1), Sample(2)];
        InputStatistics.Estimate(network, [batch[..2], batch[2..]]);

        var weights = network.GetWeights();
        var (means, variances) = (weights["data_bn.running_mean"].Values, weights["data_bn.running_var"].Values);
        var wrist = (int)Joint.RightWrist;
        for (var channel = 0; channel < 2; channel++)
        {
            float[] values = [.. batch.SelectMany(sample => Enumerable.Range(0, Frames).Select(frame =>
                sample.Input[(((channel * Frames) + frame) * Skeleton.JointCount) + wrist]))];
            var mean = values.Average();
            Assert.Equal(mean, means[(wrist * 3) + channel], 5);
            Assert.Equal(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1), variances[(wrist * 3) + channel], 5);
        }

        Assert.Equal((0f, 1f), (means[(wrist * 3) + 2], variances[(wrist * 3) + 2]));
    }

    private static TrainingSample Sample(int seed) =>
        new([.. Enumerable.Range(0, 3 * Frames * Skeleton.JointCount).Select(at => MathF.Sin((at * at) + seed))], [], [], true, 0, seed);
}
