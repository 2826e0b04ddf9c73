using Spotter.Synthesis;
using Spotter.Training.Curriculum;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using Spotter.Training.Tests.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Spotter.Training.Tests.Curriculum;

public sealed class CurriculumObjectiveTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Loss_AnyNumberOfGoods_IsFiniteAndHasGradients(int goods)
    {
        using var objective = new CurriculumObjective();
        using var features = rand(4, StGcnNetwork.FeatureCount, generator: new Generator(1));
        features.requires_grad = true;
        using var loss = objective.Loss(features, [.. Enumerable.Range(0, 4).Select(i => Sample(i < goods, i))]);
        loss.backward();

        Assert.True(double.IsFinite(loss.item<float>()));
        Assert.True(features.grad!.isfinite().all().item<bool>());
        Assert.All(objective.Parameters.Values, parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Loss_GoodsTogetherAndFaultApart_IsLowerThanTheReverse()
    {
        using var objective = new CurriculumObjective();
        var (x, y) = (Unit(0), Unit(1));
        TrainingSample[] batch = [Sample(true, 0), Sample(true, 1), Sample(false, 2)];
        using var apart = stack([x, x, y]);
        using var mixed = stack([x, y, x]);
        Assert.True(objective.Loss(apart, batch).item<float>() < objective.Loss(mixed, batch).item<float>());
    }

    [Fact]
    public void Loss_TwoViewsOfOneMotion_AreDrawnTogether()
    {
        using var objective = new CurriculumObjective();
        TrainingSample[] pair = [Sample(false, 5), Sample(false, 5)];
        using var same = stack([Unit(0), Unit(0)]);
        using var different = stack([Unit(0), Unit(1)]);
        Assert.True(objective.Loss(same, pair).item<float>() < objective.Loss(different, pair).item<float>());
    }

    [Fact]
    public void Start_HeadsThatCanTell_BeginWithALowerLoss()
    {
        using var network = RandomWeights.Network(1);
        var batches = Enumerable.Range(0, 6).Select(step => new MannequinSource(1, motions: 4, [MannequinExercises.FrontRaise, MannequinExercises.ShoulderPress]).Batch(step)).ToArray();
        using var blank = new CurriculumObjective(2);
        using var started = new CurriculumObjective(2);
        started.Start(network, batches);

        using var noGradients = no_grad();
        using var features = network.forward(TrainingLoop.Collate(batches[0]));
        Assert.All(started.Parameters.Values, parameter => Assert.True(parameter.isfinite().all().item<bool>()));
        Assert.True(started.Loss(features, batches[0]).item<float>() < blank.Loss(features, batches[0]).item<float>());
    }

    [Fact]
    public void Loss_OfOneExercise_LeavesTheHeadsOfOthersAlone()
    {
        using var objective = new CurriculumObjective(2);
        using var features = rand(4, StGcnNetwork.FeatureCount, generator: new Generator(1));
        using var loss = objective.Loss(features, [.. Enumerable.Range(0, 4).Select(i => Sample(i < 2, i) with { Exercise = 1 })]);
        loss.backward();
        Assert.Equal(8, objective.Parameters.Count);
        Assert.All(objective.Parameters, pair => Assert.Equal(pair.Key.StartsWith("1.", StringComparison.Ordinal), pair.Value.grad is not null));
    }

    private static Tensor Unit(int axis)
    {
        var vector = zeros(StGcnNetwork.FeatureCount);
        vector[axis] = 1;
        return vector;
    }

    private static TrainingSample Sample(bool good, int motion) =>
        new([], new float[MannequinSource.FaultCount], new float[MannequinSource.MeasureCount], good, good ? 0 : 1, motion);
}
