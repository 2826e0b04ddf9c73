using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Tests.Poses;

public sealed class NpyFileTests
{
    [Fact]
    public void Write_ThenRead_GivesTheSameKeypoints() =>
        Gen.Select(Gen.Float[-50, 5000], Gen.Float[-50, 5000], Gen.Float[0, 1]).Array[54].Sample(joints =>
        {
            var numbers = joints.SelectMany(j => j.Item3 > 0 ? new[] { j.Item1, j.Item2, j.Item3 } : [0f, 0f, 0f]).ToArray();
            using var stream = new MemoryStream();
            NpyFile.Write(stream, SkeletonSequence.AtConstantRate(numbers, 25));
            Assert.Equal(0, (stream.Length - (numbers.Length * 4)) % 64);
            stream.Position = 0;

            var read = NpyFile.Read(stream, "memory", 25);

            Assert.Equal(3, read.FrameCount);
            Assert.Equal(numbers, read.Keypoints);
            Assert.Equal(2 / 25.0, read.Timestamps[2]);
        });

    [Fact]
    public void Write_ToAFile_LeavesNothingElseBehind()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "keypoints.npy");
            NpyFile.Write(path, SkeletonSequence.AtConstantRate(new float[54], 30));
            NpyFile.Write(path, SkeletonSequence.AtConstantRate(new float[108], 30));

            Assert.Equal(2, NpyFile.Read(path).FrameCount);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("<f4", false, 1)]
    [InlineData("<f8", false, 2)]
    [InlineData(">f4", true, 3)]
    [InlineData(">f8", true, 1)]
    public void Read_OtherTypesAndOrders_GivesTheSameNumbers(string type, bool fortran, byte version)
    {
        var values = Enumerable.Range(0, 108).Select(i => 1f + i).ToArray();
        for (var i = 2; i < values.Length; i += 3)
        {
            values[i] = 0.5f;
        }

        var read = NpyFile.Read(new MemoryStream(Encode(values, type, fortran, version)), "memory");

        Assert.Equal(values, read.Keypoints);
    }

    [Fact]
    public void Read_MissingAndOverconfidentJoints_AreCleaned()
    {
        var values = new float[54];
        (values[0], values[1], values[2]) = (5, 6, 0); // missing, but with a place
        (values[3], values[4], values[5]) = (float.NaN, 6, 0.9f);
        (values[6], values[7], values[8]) = (5, 6, 1.04f);

        var read = NpyFile.Read(new MemoryStream(Encode(values, "<f4", false, 1)), "memory");

        Assert.Equal(Keypoint.Missing, read[0, Joint.Nose]);
        Assert.Equal(Keypoint.Missing, read[0, Joint.Neck]);
        Assert.Equal(new Keypoint(5, 6, 1), read[0, Joint.RightShoulder]);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (999999, 18, 3), }", "cut off")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999, 18, 3), }", "99999999999999 frames")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 25, 3), }", "(2, 25, 3)")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 18, 3), }", "<i8")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 18, 3), }", "header")]
    [InlineData("{}", "header")]
    public void Read_WrongHeader_SaysWhatIsWrong(string header, string expected)
    {
        var error = Assert.Throws<VideoFormatException>(() => NpyFile.Read(new MemoryStream([.. Prefix(header, 1), .. new byte[64]]), "x.npy"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("x.npy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DirectoryOrMissingFile_IsAVideoFormatError()
    {
        Assert.Throws<VideoFormatException>(() => NpyFile.Read(Path.GetTempPath()));
        Assert.Throws<VideoFormatException>(() => NpyFile.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())));
    }

    [Fact]
    public void Read_MutatedBytes_EitherReadsOrSaysWhatIsWrong()
    {
        var valid = Encode(Enumerable.Range(0, 108).Select(i => i / 3 % 2 * 1f).ToArray(), "<f4", false, 2);
        Gen.Select(Gen.Int[0, 160], Gen.Byte, Gen.Int[0, valid.Length]).Array[1, 6].Sample(
            edits =>
            {
                var bytes = (byte[])valid.Clone();
                foreach (var (at, value, _) in edits)
                {
                    bytes[at] = value;
                }

                var length = edits.Length % 3 == 0 ? edits[0].Item3 : bytes.Length;
                try
                {
                    NpyFile.Read(new MemoryStream(bytes, 0, length), "fuzzed");
                }
                catch (VideoFormatException)
                {
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Read_DevelopmentData_HasFramesAndNoNan()
    {
        var sequence = NpyFile.Read(SharedData.Require("clips/press-standing-side-barbell-2reps.openpose.npy"));
        Assert.Equal(281, sequence.FrameCount);
        foreach (var number in sequence.Keypoints)
        {
            Assert.True(float.IsFinite(number));
        }
    }

    private static byte[] Encode(float[] values, string type, bool fortran, byte version)
    {
        var frames = values.Length / 54;
        var size = type[2] - '0';
        var data = new byte[values.Length * size];
        for (var t = 0; t < frames; t++)
        {
            for (var v = 0; v < 18; v++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var to = fortran ? t + (frames * (v + (18 * c))) : (((t * 18) + v) * 3) + c;
                    var element = data.AsSpan(to * size, size);
                    var value = values[(((t * 18) + v) * 3) + c];
                    if (size == 4)
                    {
                        BinaryPrimitives.WriteSingleLittleEndian(element, value);
                    }
                    else
                    {
                        BinaryPrimitives.WriteDoubleLittleEndian(element, value);
                    }

                    if (type[0] == '>')
                    {
                        element.Reverse();
                    }
                }
            }
        }

        var order = fortran ? "True" : "False";
        return [.. Prefix($"{{'descr': '{type}', 'fortran_order': {order}, 'shape': ({frames}, 18, 3), }}\n", version), .. data];
    }

    private static byte[] Prefix(string header, byte version)
    {
        byte[] length = version == 1 ? [(byte)header.Length, 0] : [(byte)header.Length, 0, 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header)];
    }
}
