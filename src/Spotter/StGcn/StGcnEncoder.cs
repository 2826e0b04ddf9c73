using Microsoft.ML.OnnxRuntime;
using Spotter.Skeletons;

namespace Spotter.StGcn;

/// <summary>
/// Turns repetitions into features with the backbone: ST-GCN (Yan, Xiong, Lin: Spatial Temporal Graph Convolutional Networks for Skeleton-Based
/// Action Recognition, AAAI 2018) for one person of 18 joints, run by ONNX Runtime. Safe to use from several threads.
/// </summary>
public sealed class StGcnEncoder : IDisposable
{
    /// <summary>Numbers that describe a repetition.</summary>
    public const int FeatureCount = 256;

    /// <summary>Name of the graph's input, N × 3 × T × 18.</summary>
    public const string InputName = "skeletons";

    /// <summary>Name of the graph's output, N × 256.</summary>
    public const string OutputName = "features";

    private const int FrameSize = 3 * Skeleton.JointCount;

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();

    private StGcnEncoder(InferenceSession session, BackboneDescription description)
    {
        this.session = session;
        Description = description;
    }

    /// <summary>What the file tells about itself.</summary>
    public BackboneDescription Description { get; }

    /// <summary>Loads a backbone file.</summary>
    /// <param name="path">An ONNX file made by Spotter's export.</param>
    /// <param name="threads">Threads that one call may use; more than one gains little for a single repetition.</param>
    /// <exception cref="BackboneFormatException">The file is missing, damaged, or not a backbone.</exception>
    public static StGcnEncoder Load(string path, int threads = 1)
    {
        try
        {
            return Load(File.ReadAllBytes(path), threads);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneFormatException($"The backbone '{path}' cannot be read: {exception.Message}", exception);
        }
        catch (BackboneFormatException exception)
        {
            throw new BackboneFormatException($"'{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Loads a backbone from the bytes of its file.</summary>
    /// <inheritdoc cref="Load(string, int)"/>
    public static StGcnEncoder Load(byte[] model, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        InferenceSession? opened = null;
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            opened = new InferenceSession(model, options);
            var description = BackboneDescription.FromNotes(opened.ModelMetadata.CustomMetadataMap);
            if (description is null || !IsBackbone(opened))
            {
                throw new BackboneFormatException("This ONNX file is not a backbone of Spotter; make one with 'spotter train'.");
            }

            if (description.Preprocessing != BackboneDescription.BodyFramePreprocessing)
            {
                throw new BackboneFormatException(
                    $"This backbone expects keypoints prepared as {description.Preprocessing}, and this version of Spotter prepares them as {BackboneDescription.BodyFramePreprocessing}: use the one that comes with it.");
            }

            var encoder = new StGcnEncoder(opened, description);
            opened = null;
            return encoder;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new BackboneFormatException("The backbone is damaged or not an ONNX file; restore it or make it again.", exception);
        }
        finally
        {
            opened?.Dispose();
        }
    }

    /// <summary>The feature of one repetition.</summary>
    /// <param name="input">3 × T × 18: x, y, confidence as <see cref="Description"/>'s preprocessing makes them.</param>
    /// <param name="frames">T, at least 1.</param>
    /// <returns>256 numbers: means over time and joints of the last block.</returns>
    /// <exception cref="ArgumentException">The input's length is not 3 · T · 18.</exception>
    public float[] Encode(ReadOnlySpan<float> input, int frames) => Encode(input, frames, 1);

    /// <summary>The feature of one repetition, in the numbers that one-class machines take.</summary>
    /// <param name="input">3 × T × 18.</param>
    /// <returns>256 numbers.</returns>
    /// <exception cref="ArgumentException">The input's length is not 3 · T · 18.</exception>
    public double[] Features(float[] input) => Array.ConvertAll(Encode(input, input.Length / FrameSize), value => (double)value);

    /// <summary>The features of several repetitions of equally many frames.</summary>
    /// <param name="input">N × 3 × T × 18.</param>
    /// <param name="frames">T, at least 1.</param>
    /// <param name="repetitions">N, at least 1.</param>
    /// <returns>N × 256.</returns>
    /// <exception cref="ArgumentException">The input's length is not N · 3 · T · 18.</exception>
    public float[] Encode(ReadOnlySpan<float> input, int frames, int repetitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        if (input.Length != (long)repetitions * frames * FrameSize)
        {
            throw new ArgumentException(
                $"{repetitions} × 3 × {frames} × {Skeleton.JointCount} numbers are needed, but there are {input.Length}.", nameof(input));
        }

        using var skeletons = OrtValue.CreateTensorValueFromMemory(input.ToArray(), [repetitions, 3, frames, Skeleton.JointCount]);
        using var results = session.Run(runOptions, [InputName], [skeletons], [OutputName]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    private static bool IsBackbone(InferenceSession session) =>
        session.InputMetadata.TryGetValue(InputName, out var input)
        && session.OutputMetadata.TryGetValue(OutputName, out var output)
        && input.ElementType == typeof(float)
        && input.Dimensions is [_, 3, _, Skeleton.JointCount]
        && output.Dimensions is [_, FeatureCount];
}
