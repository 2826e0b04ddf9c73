using Spotter.StGcn;
using Spotter.Training.Streams;

namespace Spotter.Bench.Streams;

/// <summary>A trained network and what it is shown.</summary>
internal sealed record StreamNetwork(StreamKind Stream, StGcnEncoder Encoder) : IDisposable
{
    /// <summary>The features of a repetition.</summary>
    /// <param name="input">3 × T × 18 on joints.</param>
    public double[] Features(float[] input) => Encoder.Features(StreamInput.Of(Stream, input));

    public void Dispose() => Encoder.Dispose();
}
