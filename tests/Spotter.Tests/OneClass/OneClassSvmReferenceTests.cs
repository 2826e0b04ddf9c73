using System.Text.Json;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class OneClassSvmReferenceTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Load().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void DecisionFunction_ReferenceCase_EqualsLibsvm(int index)
    {
        var expected = Load()[index];
        var data = GeneratedSamples.Make(expected.Seed, expected.Train + expected.Test, expected.Features, expected.Clusters);
        foreach (var shrinking in new[] { true, false })
        {
            var machine = OneClassSvm.Fit(
                data[..expected.Train],
                new OneClassSvmOptions { Nu = expected.Nu, Gamma = expected.Gamma, Tolerance = 1e-12, Shrinking = shrinking });

            Assert.Equal(expected.FittedGamma, machine.Gamma, 1e-12);
            Assert.Equal(expected.Offset, machine.Offset, 1e-6);
            Assert.Equal(expected.DualCoefficientSum, machine.DualCoefficients.Sum(), 1e-9);
            var step = Math.Max(1, expected.Train / 60);
            for (var i = 0; i < expected.Decision.Length; i++)
            {
                Assert.Equal(expected.Decision[i], machine.DecisionFunction(data[i * step]), 1e-6);
            }

            for (var i = 0; i < expected.Test; i++)
            {
                Assert.Equal(expected.TestDecision[i], machine.DecisionFunction(data[expected.Train + i]), 1e-6);
            }
        }
    }

    private static ReferenceCase[] Load()
    {
        var path = Path.Combine(SharedData.Repository, "tests", "Spotter.Tests", "reference", "one-class-svm.json");
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<Reference>(file, Web)!.Cases;
    }

    private sealed record Reference(ReferenceCase[] Cases);

    private sealed record ReferenceCase(
        uint Seed,
        int Train,
        int Test,
        int Features,
        int Clusters,
        double Nu,
        double? Gamma,
        double FittedGamma,
        double Offset,
        int SupportVectors,
        double DualCoefficientSum,
        double[] Decision,
        double[] TestDecision);
}
