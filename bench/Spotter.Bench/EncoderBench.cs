using System.Diagnostics;
using System.Globalization;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Network;
using TorchSharp;

namespace Spotter.Bench;

/// <summary>
/// Times the ONNX encoder against TorchSharp's forward pass of the same network, one thread each, in turns so that other load meets both alike.
/// The least of many runs is reported: it is the one that was disturbed least. Arithmetic does not depend on the weights, so random ones serve.
/// </summary>
internal static class EncoderBench
{
    private const int Rounds = 60;

    public static int Run()
    {
        torch.set_num_threads(1);
        torch.manual_seed(1);
        using var noGradients = torch.no_grad();
        using var network = new StGcnNetwork();
        using var encoder = StGcnEncoder.Load(
            StGcnExport.ToOnnx(network, new BackboneDescription("bench", "0", BackboneDescription.BodyFramePreprocessing, "Random weights.")));
        Console.WriteLine("frames  encoder ms  TorchSharp ms  ratio");
        foreach (var frames in (int[])[32, 100, 300])
        {
            var random = new Random(frames);
            var input = Enumerable.Range(0, 3 * frames * Skeleton.JointCount).Select(_ => random.NextSingle() - 0.5f).ToArray();
            using var tensor = torch.tensor(input).reshape(1, 3, frames, Skeleton.JointCount);
            var (encoderTime, torchTime) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                encoderTime = Math.Min(encoderTime, Milliseconds(() => encoder.Encode(input, frames)));
                torchTime = Math.Min(torchTime, Milliseconds(() => network.forward(tensor).Dispose()));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{frames,6}  {encoderTime,10:F2}  {torchTime,13:F2}  {torchTime / encoderTime,5:F2}"));
        }

        return 0;
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
