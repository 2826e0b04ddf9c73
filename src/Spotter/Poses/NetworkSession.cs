using Microsoft.ML.OnnxRuntime;
using Spotter.Onnx;

namespace Spotter.Poses;

/// <summary>A loaded network; one may serve several <see cref="NetworkRun"/>s at the same time.</summary>
internal sealed class NetworkSession : IDisposable
{
    private NetworkSession(InferenceSession session) => Session = session;

    public InferenceSession Session { get; }

    /// <summary>Loads a network for one thread.</summary>
    /// <exception cref="ModelFormatException">The file is damaged.</exception>
    public static NetworkSession Load(string path)
    {
        // A second thread gains little on networks this small; other stages of the pipeline use the other cores better.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        try
        {
            return new NetworkSession(new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException($"The converted network {path} is damaged. Delete it; it is made again on the next run.", error);
        }
    }

    public void Dispose() => Session.Dispose();
}

/// <summary>The buffers of one user of a network: filled, run and read again and again without allocation.</summary>
internal sealed class NetworkRun : IDisposable
{
    private readonly NetworkSession network;
    private readonly RunOptions options = new();
    private readonly string[] inputNames;
    private readonly string[] outputNames;
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;
    private readonly Dictionary<string, float[]> results = new(StringComparer.Ordinal);

    public NetworkRun(NetworkSession network)
    {
        this.network = network;
        var (name, input) = network.Session.InputMetadata.Single();
        Input = new float[input.Dimensions.Aggregate(1, (product, length) => product * length)];
        inputNames = [name];
        inputs = [OrtValue.CreateTensorValueFromMemory(Input, Array.ConvertAll(input.Dimensions, length => (long)length))];
        outputNames = [.. network.Session.OutputNames];
        outputs = Array.ConvertAll(outputNames, output =>
        {
            var dimensions = network.Session.OutputMetadata[output].Dimensions;
            results[output] = new float[dimensions.Aggregate(1, (product, length) => product * length)];
            return OrtValue.CreateTensorValueFromMemory(results[output], Array.ConvertAll(dimensions, length => (long)length));
        });
    }

    /// <summary>To be filled before <see cref="Execute"/>.</summary>
    public float[] Input { get; }

    /// <summary>Valid after <see cref="Execute"/>, until the next.</summary>
    public float[] Output(string name) => results[name];

    public void Execute() => network.Session.Run(options, inputNames, inputs, outputNames, outputs);

    public void Dispose()
    {
        Array.ForEach(inputs, value => value.Dispose());
        Array.ForEach(outputs, value => value.Dispose());
        options.Dispose();
    }
}
