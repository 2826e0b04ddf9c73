using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Tests;
using Spotter.Training.Export;
using Spotter.Training.Network;
using Spotter.Training.Streams;
using Spotter.Training.Tests.Network;
using TorchSharp;

namespace Spotter.Training.Tests.Export;

public sealed class StGcnExportTests(ExportFixture fixture) : IClassFixture<ExportFixture>
{
    // Features of the published weights reach about 12; made-up weights give larger ones, and larger rounding errors with them.
    private const float LargestUsualFeature = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(300)]
    public void ToOnnx_SinglePrecision_EqualsModule(int frames)
    {
        AssertAgree(fixture.Random, fixture.RandomEncoder, frames, 5e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(300)]
    public void ToOnnx_PublishedWeightsInSixteenBits_EqualsModule(int frames)
    {
        var weights = SharedData.Require("weights/stgcn-kinetics.safetensors");
        var (network, encoder) = fixture.Published(weights);
        AssertAgree(network, encoder, frames, 1e-3);
    }

    [Fact]
    public void ToOnnx_SixteenBits_IsAboutSixMegabytes()
    {
        var model = StGcnExport.ToOnnx(new BackboneWeights(fixture.Random.GetWeights()), ExportFixture.Description);
        Assert.InRange(model.Length, 5_500_000, 6_500_000);
    }

    [Fact]
    public void ToOnnx_SameNetwork_GivesSameBytes()
    {
        var weights = new BackboneWeights(fixture.Random.GetWeights());
        Assert.Equal(StGcnExport.ToOnnx(weights, ExportFixture.Description), StGcnExport.ToOnnx(weights, ExportFixture.Description));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    public void ToOnnx_JointsAndMotion_GivesTheFeaturesOfBoth(int frames)
    {
        using var motion = RandomWeights.Network(4);
        using var both = StGcnEncoder.Load(StGcnExport.ToOnnx(new BackboneWeights(fixture.Random.GetWeights(), motion.GetWeights()), ExportFixture.Description, sixteenBits: false));
        using var alone = StGcnEncoder.Load(StGcnExport.ToOnnx(new BackboneWeights(motion.GetWeights()), ExportFixture.Description, sixteenBits: false));
        var random = new Random(frames);
        var input = Enumerable.Range(0, 3 * frames * Skeleton.JointCount).Select(_ => random.NextSingle() - 0.5f).ToArray();

        // A third of the joints is missing now and then: their confidence is 0.
        for (var at = 2 * frames * Skeleton.JointCount; at < input.Length; at++)
        {
            input[at] = random.Next(3) == 0 ? 0 : 0.5f;
        }

        Assert.Equal(2 * alone.FeatureCount, both.FeatureCount);
        AssertNear([.. fixture.RandomEncoder.Encode(input, frames), .. alone.Encode(StreamInput.Of(StreamKind.Motion, input), frames)], both.Encode(input, frames));
    }

    [Fact]
    public void Load_Export_TellsDescription()
    {
        Assert.Equal(ExportFixture.Description, fixture.RandomEncoder.Description);
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / Math.Max(1, expected.Max(Math.Abs)), 0, 1e-5);
    }

    private static void AssertAgree(StGcnNetwork network, StGcnEncoder encoder, int frames, double tolerance)
    {
        const int repetitions = 2;
        var random = new Random(frames);
        var input = Enumerable.Range(0, repetitions * 3 * frames * Skeleton.JointCount).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        using var noGradients = torch.no_grad();
        using var tensor = torch.tensor(input).reshape(repetitions, 3, frames, Skeleton.JointCount);
        using var expected = network.forward(tensor);

        var actual = encoder.Encode(input, frames, repetitions);
        var reference = expected.data<float>().ToArray();
        var unit = Math.Max(1, reference.Max(Math.Abs) / LargestUsualFeature);
        Assert.InRange(reference.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / unit, 0, tolerance);

        var single = encoder.Encode(input.AsSpan(input.Length / 2), frames);
        Assert.InRange(single.Zip(actual.Skip(StGcnNetwork.FeatureCount), (a, b) => Math.Abs(a - b)).Max() / unit, 0, 1e-4);
    }
}
