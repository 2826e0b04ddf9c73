using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Training.Curriculum;

namespace Spotter.Training.Tests.Curriculum;

public sealed class MannequinSourceTests
{
    [Fact]
    public void Batch_SameStep_IsTheSame()
    {
        var first = new MannequinSource(3, motions: 2).Batch(7);
        var second = new MannequinSource(3, motions: 2).Batch(7);
        Assert.Equal(first.Count, second.Count);
        Assert.All(first.Zip(second), pair =>
        {
            Assert.Equal(pair.First.Input, pair.Second.Input);
            Assert.Equal(pair.First.MeasureTargets, pair.Second.MeasureTargets);
        });
    }

    [Fact]
    public void Batch_Pairs_AreTwoViewsOfOneMotion()
    {
        var batch = new MannequinSource(3, motions: 4).Batch(0);
        Assert.Equal(8, batch.Count);
        Assert.All(batch.Chunk(2), pair =>
        {
            Assert.Equal(pair[0].Motion, pair[1].Motion);
            Assert.Equal(pair[0].FaultTargets, pair[1].FaultTargets);
            Assert.Equal(pair[0].MeasureTargets, pair[1].MeasureTargets);
            Assert.NotEqual(pair[0].Input, pair[1].Input);
        });
    }

    [Fact]
    public void Batch_StepsInTurn_AreOfEachExerciseInTurn()
    {
        var source = new MannequinSource(3, motions: 1);
        foreach (var step in (int[])[0, 1, 2, 3, 4, 5, -1])
        {
            Assert.All(source.Batch(step), sample => Assert.Equal((step + 5) % 5, sample.Exercise));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Batch_Samples_HaveShapesAndFiniteNumbers(int step) =>
        Assert.All(new MannequinSource(5, motions: 4).Batch(step), sample =>
        {
            Assert.Equal(3 * SkeletonNormalization.DefaultFrames * Skeleton.JointCount, sample.Input.Length);
            Assert.Equal(MannequinSource.FaultCount, sample.FaultTargets.Length);
            Assert.Equal(MannequinSource.MeasureCount, sample.MeasureTargets.Length);
            Assert.All(sample.Input, value => Assert.InRange(value, -3f, 3f));
            Assert.All(sample.MeasureTargets, value => Assert.InRange(value, -20f, 20f));
            Assert.Equal(sample.IsGood, sample.Severity <= 0.35f);
        });

    [Fact]
    public void Sample_Fault_IsToldBySizeAndMeasure()
    {
        var source = new MannequinSource(1);
        var straight = source.Sample(new MannequinOptions { Repetitions = 1 }, 0)!;
        var bent = source.Sample(new MannequinOptions { Repetitions = 1, Faults = [new Fault(FaultKind.NoLockout, 40)] }, 0)!;
        Assert.True(straight.IsGood);
        Assert.False(bent.IsGood);
        Assert.Equal(1, bent.FaultTargets[(int)FaultKind.NoLockout]);
        Assert.True(bent.MeasureTargets[0] < straight.MeasureTargets[0] - 1, "The elbows' largest angle should be much smaller.");
    }
}
