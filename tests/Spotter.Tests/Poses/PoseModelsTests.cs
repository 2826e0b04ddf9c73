using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Spotter.Onnx;
using Spotter.Poses;

namespace Spotter.Tests.Poses;

public sealed class PoseModelsTests
{
    [Theory]
    [InlineData(PoseModel.Lite, "lite")]
    [InlineData(PoseModel.Full, "full")]
    [InlineData(PoseModel.Heavy, "heavy")]
    public void LandmarksOnnx_MadeUpInput_AgreesWithAnotherImporter(PoseModel model, string name)
    {
        using var parity = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("parity/landmark-networks.json")));
        var expected = parity.RootElement.GetProperty("outputs").GetProperty(name);
        using var session = new InferenceSession(InstalledModels.Require().LandmarksOnnx(model));
        var input = new float[3 * 256 * 256];
        for (var at = 0; at < input.Length; at++)
        {
            input[at] = 0.5f + (0.5f * MathF.Sin((0.05f * (at % 256)) + (0.07f * (at / 256 % 256)) + (at / 65536)));
        }

        using var tensor = OrtValue.CreateTensorValueFromMemory(input, [1, 3, 256, 256]);
        using var options = new RunOptions();
        foreach (var output in expected.EnumerateObject())
        {
            using var results = session.Run(options, session.InputNames, [tensor], [output.Name]);
            var actual = results[0].GetTensorDataAsSpan<float>();
            var largest = 0f;
            for (var i = 0; i < actual.Length; i++)
            {
                largest = MathF.Max(largest, MathF.Abs(actual[i] - output.Value[i].GetSingle()));
            }

            Assert.Equal(output.Value.GetArrayLength(), actual.Length);
            Assert.InRange(largest, 0, 1e-2f);
        }
    }

    [Fact]
    public void DetectorOnnx_Any_HasThePromisedShapes()
    {
        using var session = new InferenceSession(InstalledModels.Require().DetectorOnnx());
        Assert.Equal([1, 3, 224, 224], session.InputMetadata.Values.Single().Dimensions);
        Assert.Equal([1, 2254, 12], session.OutputMetadata["Identity"].Dimensions);
        Assert.Equal([1, 2254, 1], session.OutputMetadata["Identity_1"].Dimensions);
    }

    [Fact]
    public void LandmarksOnnx_NotInstalled_SaysWhatToRun()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var models = new PoseModels(folder.FullName, new ModelCache(Path.Combine(folder.FullName, "cache")));
            var error = Assert.Throws<MissingToolException>(() => models.LandmarksOnnx(PoseModel.Lite));
            Assert.Contains("npm ci --prefix models/pose", error.Message, StringComparison.Ordinal);
            Assert.Equal(error.Message, models.Problem());

            File.WriteAllText(Path.Combine(folder.FullName, "pose_landmark_lite.tflite"), "another file");
            Assert.Contains("checksum", Assert.Throws<ModelFormatException>(() => models.LandmarksOnnx(PoseModel.Lite)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
