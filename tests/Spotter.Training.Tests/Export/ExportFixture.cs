using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Network;
using Spotter.Training.Tests.Network;

namespace Spotter.Training.Tests.Export;

/// <summary>Networks and their encoders, made once for all tests of the export: loading takes longer than most of the tests.</summary>
public sealed class ExportFixture : IDisposable
{
    private (StGcnNetwork Network, StGcnEncoder Encoder)? published;

    public ExportFixture()
    {
        Random = RandomWeights.Network(3);
        RandomEncoder = StGcnEncoder.Load(StGcnExport.ToOnnx(Random, Description, sixteenBits: false));
    }

    public static BackboneDescription Description { get; } = new("test", "1", BackboneDescription.BodyFramePreprocessing, "Made up.");

    public StGcnNetwork Random { get; }

    public StGcnEncoder RandomEncoder { get; }

    public (StGcnNetwork Network, StGcnEncoder Encoder) Published(string weights)
    {
        if (published is null)
        {
            var network = StGcnNetwork.Load(weights);
            published = (network, StGcnEncoder.Load(StGcnExport.ToOnnx(network, Description)));
        }

        return published.Value;
    }

    public void Dispose()
    {
        Random.Dispose();
        RandomEncoder.Dispose();
        published?.Network.Dispose();
        published?.Encoder.Dispose();
    }
}
