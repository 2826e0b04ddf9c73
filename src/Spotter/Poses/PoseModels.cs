using System.Security.Cryptography;
using Spotter.Onnx;

namespace Spotter.Poses;

/// <summary>The networks of BlazePose, small and fast to large and exact.</summary>
public enum PoseModel
{
    /// <summary>The smallest, about half the work of <see cref="Full"/>.</summary>
    Lite,

    /// <summary>The one in the middle.</summary>
    Full,

    /// <summary>The largest, about five times the work of <see cref="Full"/>.</summary>
    Heavy,
}

/// <summary>
/// Where the networks of BlazePose come from: installed by npm as TensorFlow Lite files, known by their checksums, converted to ONNX on first use
/// and kept in the cache folder.
/// </summary>
/// <param name="installed">Folder with the .tflite files; null where they are not installed.</param>
/// <param name="cache">Folder for converted networks.</param>
public sealed class PoseModels(string? installed, ModelCache cache)
{
    /// <summary>Name of the environment variable that tells where <c>models</c> is, instead of beside or above the program.</summary>
    public const string FolderVariable = "SPOTTER_MODELS";

    private const string InstallCommand = "npm ci --prefix models/pose --ignore-scripts";

    private static readonly NetworkFile Detector = new(
        "pose_solution_packed_assets.data", "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85", ["Identity", "Identity_1"]);

    private static readonly string[] LandmarkOutputs = ["Identity", "Identity_1", "Identity_3", "Identity_4"]; // Identity_2 is the segmentation

    private static readonly NetworkFile[] Landmarks =
    [
        new("pose_landmark_lite.tflite", "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61", LandmarkOutputs),
        new("pose_landmark_full.tflite", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f", LandmarkOutputs),
        new("pose_landmark_heavy.tflite", "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe", LandmarkOutputs),
    ];

    /// <summary>The models and the cache of this machine.</summary>
    public static PoseModels Default() => new(FindInstalled(), ModelCache.Default());

    /// <summary>Whether the files are installed, for a check of the installation; null where all is well, else what to do.</summary>
    public string? Problem()
    {
        try
        {
            foreach (var file in Landmarks.Append(Detector))
            {
                ReadInstalled(file);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or ModelFormatException)
        {
            return error.Message;
        }
    }

    /// <summary>The person detector as an ONNX file: input 1 × 3 × 224 × 224 in -1..1, outputs Identity 1 × 2254 × 12 and Identity_1 1 × 2254 × 1.</summary>
    /// <inheritdoc cref="LandmarksOnnx"/>
    public string DetectorOnnx() => Convert(Detector);

    /// <summary>
    /// A landmark network as an ONNX file: input 1 × 3 × 256 × 256 in 0..1, outputs Identity 1 × 195, Identity_1 1 × 1, Identity_3 1 × 39 × 64 × 64
    /// and Identity_4 1 × 117.
    /// </summary>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="MissingToolException">The models are not installed; the message says what to run.</exception>
    /// <exception cref="ModelFormatException">The installed file is not the expected one.</exception>
    public string LandmarksOnnx(PoseModel model) => Convert(Landmarks[(int)model]);

    private static string? FindInstalled()
    {
        var relative = Path.Combine("pose", "node_modules", "@mediapipe", "pose");
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } models)
        {
            return Path.Combine(models, relative);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "models", relative);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private string Convert(NetworkFile file) =>
        cache.GetOrAdd($"{Path.GetFileNameWithoutExtension(file.Name)}-{file.Sha256[..16]}-v{TfLiteImporter.Version}.onnx", () => TfLiteImporter.ToOnnx(ReadInstalled(file), file.Outputs));

    private byte[] ReadInstalled(NetworkFile file)
    {
        var path = Path.Combine(installed ?? string.Empty, file.Name);
        if (installed is null || !File.Exists(path))
        {
            throw new MissingToolException($"The pose model {file.Name} is not installed. Run: {InstallCommand}", file.Name);
        }

        var content = File.ReadAllBytes(path);
        if (!Convert(SHA256.HashData(content)).Equals(file.Sha256, StringComparison.Ordinal))
        {
            throw new ModelFormatException($"The pose model {file.Name} is not the expected file (its checksum differs). Install it again: {InstallCommand}");
        }

        return content;

        static string Convert(byte[] hash) => System.Convert.ToHexStringLower(hash);
    }

    private sealed record NetworkFile(string Name, string Sha256, string[] Outputs);
}
