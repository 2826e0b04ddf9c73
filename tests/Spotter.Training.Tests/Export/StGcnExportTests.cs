using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Tests;
using Spotter.Training.Export;
using Spotter.Training.Network;
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
        var model = StGcnExport.ToOnnx(fixture.Random, ExportFixture.Description);
        Assert.InRange(model.Length, 5_500_000, 6_500_000);
    }

    [Fact]
    public void ToOnnx_SameNetwork_GivesSameBytes()
    {
        Assert.Equal(StGcnExport.ToOnnx(fixture.Random, ExportFixture.Description), StGcnExport.ToOnnx(fixture.Random, ExportFixture.Description));
    }

    [Fact]
    public void Load_Export_TellsDescription()
    {
        Assert.Equal(ExportFixture.Description, fixture.RandomEncoder.Description);
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
