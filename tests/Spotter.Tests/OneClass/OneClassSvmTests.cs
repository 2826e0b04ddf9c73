using System.Text.Json;
using CsCheck;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class OneClassSvmTests
{
    private static readonly OneClassSvmOptions Exact = new() { Tolerance = 1e-9 };

    private static readonly Gen<(double[][] Samples, double Nu)> Problems =
        from seed in Gen.UInt
        from count in Gen.Int[2, 60]
        from features in Gen.Int[1, 6]
        from clusters in Gen.Int[1, 4]
        from nu in Gen.Double[0.02, 1]
        select (GeneratedSamples.Make(seed, count, features, clusters), nu);

    [Fact]
    public void Fit_AnyNu_BoundsOutliersAndSupportVectors()
    {
        Problems.Sample(
            problem =>
            {
                var machine = OneClassSvm.Fit(problem.Samples, Exact with { Nu = problem.Nu });
                var outliers = problem.Samples.Count(sample => machine.DecisionFunction(sample) < -1e-6);
                Assert.True(outliers <= (problem.Nu * problem.Samples.Length) + 1e-9);
                Assert.True(machine.SupportVectors.Count >= (problem.Nu * problem.Samples.Length) - 1e-9);
            },
            iter: 200);
    }

    [Fact]
    public void Fit_PermutedSamples_GivesTheSameDecisions()
    {
        Problems.Sample(
            problem =>
            {
                var options = Exact with { Nu = problem.Nu };
                var machine = OneClassSvm.Fit(problem.Samples, options);
                var permuted = OneClassSvm.Fit([.. problem.Samples.Reverse()], options);
                foreach (var sample in problem.Samples)
                {
                    Assert.Equal(machine.ScoreSamples(sample), permuted.ScoreSamples(sample), 1e-5);
                }
            },
            iter: 100);
    }

    [Fact]
    public void Fit_DuplicatedSamples_DoublesTheScores()
    {
        Problems.Sample(
            problem =>
            {
                var options = Exact with { Nu = problem.Nu };
                var machine = OneClassSvm.Fit(problem.Samples, options);
                var doubled = OneClassSvm.Fit([.. problem.Samples, .. problem.Samples], options);
                foreach (var sample in problem.Samples)
                {
                    Assert.Equal(2 * machine.ScoreSamples(sample), doubled.ScoreSamples(sample), 1e-4);
                }
            },
            iter: 100);
    }

    [Fact]
    public void Fit_SmallCache_GivesTheSameDecisions()
    {
        var samples = GeneratedSamples.Make(5, 400, 3, 4);
        var options = Exact with { Nu = 0.4, Gamma = 1 };
        var machine = OneClassSvm.Fit(samples, options);
        var cramped = OneClassSvm.Fit(samples, options with { CacheMegabytes = 0 });
        Assert.All(samples, sample => Assert.Equal(machine.DecisionFunction(sample), cramped.DecisionFunction(sample), 1e-9));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Fit_OneSample_PutsItOnTheBoundary(double nu)
    {
        var machine = OneClassSvm.Fit([[1, 2]], new OneClassSvmOptions { Nu = nu });
        Assert.Equal(0, machine.DecisionFunction([1, 2]), 1e-12);
        Assert.True(machine.DecisionFunction([4, 2]) < 0);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Fit_IdenticalSamples_PutsThemOnTheBoundary(double nu)
    {
        var machine = OneClassSvm.Fit([.. Enumerable.Repeat<double[]>([3, 3], 10)], new OneClassSvmOptions { Nu = nu });
        Assert.Equal(0, machine.DecisionFunction([3, 3]), 1e-6);
        Assert.True(machine.DecisionFunction([9, 3]) < 0);
    }

    [Fact]
    public void Fit_NuOfOne_KeepsTheOffsetFinite()
    {
        var machine = OneClassSvm.Fit(GeneratedSamples.Make(1, 20, 2, 2), new OneClassSvmOptions { Nu = 1 });
        Assert.True(double.IsFinite(machine.Offset));
        Assert.Equal(20, machine.SupportVectors.Count);
    }

    [Fact]
    public void Fit_UnusableSamples_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => OneClassSvm.Fit([]));
        Assert.Throws<ArgumentException>(() => OneClassSvm.Fit([[], []]));
        Assert.Throws<ArgumentException>(() => OneClassSvm.Fit([[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => OneClassSvm.Fit([[1, double.NaN]]));
        Assert.Throws<ArgumentException>(() => OneClassSvm.Fit([[1, double.PositiveInfinity]]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Fit_NuOutsideItsRange_IsRefused(double nu) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OneClassSvm.Fit([[1]], new OneClassSvmOptions { Nu = nu }));

    [Fact]
    public void Fit_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => OneClassSvm.Fit(GeneratedSamples.Make(1, 100, 2, 2), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void DecisionFunction_WrongLength_IsRefused()
    {
        var machine = OneClassSvm.Fit([[1, 2], [2, 1]]);
        Assert.Throws<ArgumentException>(() => machine.DecisionFunction([1]));
        Assert.Throws<ArgumentException>(() => machine.Gradient([1, 2], new double[3]));
    }

    [Fact]
    public void Gradient_AnySample_EqualsDifferenceQuotient()
    {
        const double step = 1e-5;
        var samples = GeneratedSamples.Make(7, 60, 5, 2);
        var machine = OneClassSvm.Fit(samples[..50]);
        var gradient = new double[5];
        foreach (var sample in samples[45..])
        {
            machine.Gradient(sample, gradient);
            for (var feature = 0; feature < gradient.Length; feature++)
            {
                double At(double shift)
                {
                    double[] moved = [.. sample];
                    moved[feature] += shift;
                    return machine.DecisionFunction(moved);
                }

                Assert.Equal((At(step) - At(-step)) / (2 * step), gradient[feature], 1e-7);
            }
        }
    }

    [Fact]
    public void State_WrittenAndRead_GivesTheSameDecisions()
    {
        var samples = GeneratedSamples.Make(3, 30, 4, 2);
        var machine = OneClassSvm.Fit(samples);
        var read = new OneClassSvm(JsonSerializer.Deserialize<OneClassSvmState>(JsonSerializer.Serialize(machine.ToState()))!);
        Assert.All(samples, sample => Assert.Equal(machine.DecisionFunction(sample), read.DecisionFunction(sample)));
    }

    [Fact]
    public void State_DamagedNumbers_AreRefused()
    {
        var state = OneClassSvm.Fit([[1, 2], [2, 1], [0, 0]]).ToState();
        OneClassSvmState[] damaged =
        [
            state with { Nu = 0 },
            state with { Gamma = -1 },
            state with { Offset = double.NaN },
            state with { SupportVectors = [] },
            state with { DualCoefficients = [1] },
            state with { DualCoefficients = [.. state.DualCoefficients.Select(_ => 2.0)] },
            state with { SupportVectors = [.. state.SupportVectors.Select((row, i) => row[i..])] },
        ];
        Assert.All(damaged, bad => Assert.Throws<ArgumentException>(() => new OneClassSvm(bad)));
    }
}
