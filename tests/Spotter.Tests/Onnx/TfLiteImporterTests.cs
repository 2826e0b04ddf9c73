using System.Diagnostics;
using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Spotter.Onnx;
using static Spotter.Tests.Onnx.TfLiteFile;

namespace Spotter.Tests.Onnx;

public sealed class TfLiteImporterTests
{
    // pad → 3×3 convolution, stride 2 (half-precision weights) → ReLU6; depth to space; reshape; join. Picture 1 × 4 × 4 × 1.
    private static readonly byte[] Small = Model(
        [Code(34), Code(6), Code(3), Code(5), Code(22), Code(2), Code(14)],
        [
            Tensor("picture", 0, [1, 4, 4, 1]), Tensor("pads", 1, [4, 2], type: 2), Tensor("padded", 0, [1, 5, 5, 1]),
            Tensor("halves", 2, [4, 3, 3, 1], type: 1), Tensor("weights", 0, [4, 3, 3, 1]), Tensor("bias", 3, [4]),
            Tensor("convolved", 0, [1, 2, 2, 4]), Tensor("spread", 0, [1, 4, 4, 1]), Tensor("flat", 0, [1, 16]), Tensor("flat-convolved", 0, [1, 16]),
            Tensor("joined", 0, [1, 32]), Tensor("dropped", 0, [1, 2, 2, 4]),
        ],
        [0],
        [10, 11],
        [
            Operator(0, [0, 1], [2]), Operator(1, [3], [4]), Operator(2, [2, 4, 5], [6], new Fields((byte)1, 2, 2, (byte)3)),
            Operator(3, [6], [7], new Fields(2)), Operator(4, [7], [8]), Operator(4, [6], [9]), Operator(5, [8, 9], [10], new Fields(-1)),
            Operator(6, [6], [11]),
        ],
        [[], Integers(0, 0, 0, 1, 0, 1, 0, 0), Halves([.. Enumerable.Range(0, 36).Select(i => i % 9 == 4 ? 1f + (i / 9) : 0f)]), Floats(0, 0, 0, -1)]);

    [Fact]
    public void ToOnnx_SmallNetwork_ComputesWhatTensorFlowLiteWould()
    {
        // Each output channel o multiplies every second pixel by o + 1; the last subtracts 1; values above 6 are cut.
        // Paddings are top 0, bottom 1, left 0, right 1: the kernel's middle lies on odd rows and columns.
        var file = Small.ToArray();
        using var session = new InferenceSession(TfLiteImporter.ToOnnx(file, ["joined"]));
        Assert.Equal(["joined"], session.OutputNames);
        var picture = Enumerable.Range(0, 16).Select(i => i * 0.1f).ToArray();

        var joined = Run(session, picture, [1, 1, 4, 4]);

        float[] seen = [0.5f, 0.7f, 1.3f, 1.5f]; // pixels (1,1), (1,3), (3,1), (3,3)
        var convolved = seen.SelectMany(value => new[] { value, 2 * value, 3 * value, Math.Clamp((4 * value) - 1, 0, 6) }).ToArray();
        float[] spread =
        [
            convolved[0], convolved[1], convolved[4], convolved[5], convolved[2], convolved[3], convolved[6], convolved[7],
            convolved[8], convolved[9], convolved[12], convolved[13], convolved[10], convolved[11], convolved[14], convolved[15],
        ];
        Assert.Equal(spread.Concat(convolved), joined, (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void ToOnnx_SparseWeightsInBlocks_AreSpread()
    {
        // Weights 4 outputs × 1 × 1 × 4 inputs in 2 × 2 blocks; only the blocks (0, 1) and (1, 0) are stored.
        var dense = new Func<int, Fields>(size => new Fields((byte)0, size));
        var sparsity = new Fields(
            new[] { 0, 1, 2, 3, 4, 5 },
            new[] { 0, 3 },
            new[] { dense(2), dense(1), dense(1), new Fields((byte)1, 0, (byte)1, new Fields(new[] { 0, 1, 2 }), (byte)3, new Fields(new byte[] { 1, 0 })), dense(2), dense(2) });
        var file = Model(
            [Code(124), Code(6), Code(3)],
            [
                Tensor("x", 0, [1, 1, 1, 4]), Tensor("sparse", 1, [4, 1, 1, 4], type: 1, sparsity), Tensor("halves", 0, [4, 1, 1, 4], type: 1),
                Tensor("weights", 0, [4, 1, 1, 4]), Tensor("y", 0, [1, 1, 1, 4]),
            ],
            [0],
            [4],
            [Operator(0, [1], [2]), Operator(1, [2], [3]), Operator(2, [0, 3, -1], [4], new Fields((byte)0, 1, 1))],
            [[], Halves(1, 2, 3, 4, 5, 6, 7, 8)]);
        using var session = new InferenceSession(TfLiteImporter.ToOnnx(file));

        var y = Run(session, [1, 10, 100, 1000], [1, 4, 1, 1]);

        // Rows: [0 0 1 2], [0 0 3 4], [5 6 0 0], [7 8 0 0].
        Assert.Equal([2100f, 4300f, 65f, 87f], y);
    }

    [Fact]
    public void ToOnnx_UnknownOperator_IsNamed()
    {
        var file = Model([Code(99)], [Tensor("x", 0, [1])], [0], [0], [Operator(0, [0], [0])], [[]]);
        Assert.Contains("99", Assert.Throws<ModelFormatException>(() => TfLiteImporter.ToOnnx(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToOnnx_AbsentOutput_IsNamed()
    {
        var error = Assert.Throws<ModelFormatException>(() => TfLiteImporter.ToOnnx(Small, ["joined", "elsewhere"]));
        Assert.Contains("elsewhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToOnnx_CutOffAnywhere_SaysSo()
    {
        for (var length = 0; length < Small.Length; length++)
        {
            var cut = Small.AsMemory(0, length);
            if (Record.Exception(() => TfLiteImporter.ToOnnx(cut)) is { } error)
            {
                Assert.IsType<ModelFormatException>(error);
            }
        }

        Assert.Throws<ModelFormatException>(() => TfLiteImporter.ToOnnx(Small.AsMemory(0, Small.Length / 2)));
    }

    [Fact]
    public void ToOnnx_MutatedBytes_EitherConvertsOrSaysWhatIsWrong() => Mutate(Small, 20_000, TimeSpan.FromSeconds(20));

    [Fact]
    public void ToOnnx_MutatedDetector_EitherConvertsOrSaysWhatIsWrong()
    {
        Poses.InstalledModels.Require();
        var path = Path.Combine(SharedData.Repository, "models/pose/node_modules/@mediapipe/pose/pose_solution_packed_assets.data");
        if (!File.Exists(path))
        {
            Assert.Skip("the pose models are installed elsewhere");
        }

        Mutate(File.ReadAllBytes(path), 60, TimeSpan.FromSeconds(10));
    }

    private static void Mutate(byte[] valid, int rounds, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.OneOf(Gen.Byte, Gen.Byte[0, 4], Gen.Byte[250, 255])).Array[1, 8].Sample(
            edits =>
            {
                if (clock.Elapsed > limit)
                {
                    return;
                }

                var bytes = (byte[])valid.Clone();
                foreach (var (at, value) in edits)
                {
                    bytes[at] = value;
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    TfLiteImporter.ToOnnx(bytes);
                }
                catch (ModelFormatException)
                {
                }

                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
            },
            iter: rounds,
            threads: 1);
    }

    private static float[] Run(InferenceSession session, float[] values, long[] shape)
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [tensor], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
