using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>
/// Keypoints as NumPy files: float32 T × 18 × 3, x and y in pixels and confidence 0 to 1; a joint with confidence 0 is missing and has x = y = 0.
/// </summary>
/// <remarks>File format: NumPy enhancement proposal 1, "A simple file format for NumPy arrays", versions 1 to 3.</remarks>
public static partial class NpyFile
{
    /// <summary>Longest sequence that is read, in frames (nine hours at 30 frames a second).</summary>
    public const int MaximumFrames = 1_000_000;

    private const int NumbersPerFrame = Skeleton.JointCount * 3;
    private const int MaximumHeaderLength = 65_535;
    private const float LargestCoordinate = 1e6f;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a sequence. Besides float32, float64 is read, either byte order, C and Fortran order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="framesPerSecond">The rate of the frames, which the file does not hold.</param>
    /// <exception cref="VideoFormatException">The file cannot be read or is not such a file; the message says why.</exception>
    public static SkeletonSequence Read(string path, double framesPerSecond = 30)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, Path.GetFileName(path), framesPerSecond);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VideoFormatException($"{Path.GetFileName(path)} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a sequence from a stream that can tell its length.</summary>
    /// <inheritdoc cref="Read(string, double)"/>
    /// <param name="stream">Positioned at the start of the file's content.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="framesPerSecond">The rate of the frames, which the file does not hold.</param>
    public static SkeletonSequence Read(Stream stream, string name, double framesPerSecond = 30)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        var header = ReadHeader(stream, name);
        var count = header.Frames * NumbersPerFrame;
        var expectedBytes = (long)count * header.ElementSize;
        var rest = stream.Length - stream.Position;
        if (rest != expectedBytes)
        {
            throw new VideoFormatException(
                $"{name} should hold {header.Frames} frames ({expectedBytes} bytes) after its header, but {rest} bytes follow: it is damaged or cut off; export it again.");
        }

        var bytes = new byte[expectedBytes];
        stream.ReadExactly(bytes);
        var keypoints = new float[count]; // T × V × 3
        for (var at = 0; at < count; at++)
        {
            keypoints[at] = header.Element(bytes, header.FortranOrder ? FortranIndex(at, header.Frames) : at);
        }

        Clean(keypoints, name);
        return SkeletonSequence.AtConstantRate(keypoints, framesPerSecond);
    }

    /// <summary>Writes a sequence as float32 T × 18 × 3; times and picture size are not kept.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before is left alone.</exception>
    public static void Write(string path, SkeletonSequence sequence) => AtomicFile.Write(path, stream => Write(stream, sequence));

    /// <summary>Writes a sequence to a stream.</summary>
    public static void Write(Stream stream, SkeletonSequence sequence)
    {
        var shape = string.Create(CultureInfo.InvariantCulture, $"({sequence.FrameCount}, {Skeleton.JointCount}, 3)");
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";
        const int prefix = 10;
        var headerLength = (((prefix + text.Length + 1 + 63) / 64) * 64) - prefix; // data starts at a multiple of 64
        var start = new byte[prefix + headerLength];
        Magic.CopyTo(start);
        start[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)headerLength);
        Encoding.ASCII.GetBytes(text.PadRight(headerLength - 1) + "\n", start.AsSpan(prefix));
        stream.Write(start);

        var bytes = new byte[sequence.Keypoints.Length * sizeof(float)];
        for (var at = 0; at < sequence.Keypoints.Length; at++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at * sizeof(float)), sequence.Keypoints[at]);
        }

        stream.Write(bytes);
    }

    private static Header ReadHeader(Stream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[12];
        if (stream.ReadAtLeast(prefix[..10], 10, throwOnEndOfStream: false) < 10 || !prefix.StartsWith(Magic))
        {
            throw new VideoFormatException($"{name} is not a NumPy file (.npy).");
        }

        long length = BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        if (prefix[6] is 2 or 3)
        {
            if (stream.ReadAtLeast(prefix[10..], 2, throwOnEndOfStream: false) < 2)
            {
                throw new VideoFormatException($"{name} is a NumPy file that is cut off in its header.");
            }

            length = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        }
        else if (prefix[6] != 1)
        {
            throw new VideoFormatException($"{name} is a NumPy file of version {prefix[6]}; versions 1 to 3 are read.");
        }

        if (length > MaximumHeaderLength || length > stream.Length - stream.Position)
        {
            throw new VideoFormatException($"{name} is a NumPy file whose header is cut off or damaged.");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return ParseHeader(Encoding.UTF8.GetString(bytes), name);
    }

    private static Header ParseHeader(string text, string name)
    {
        var type = TypePattern().Match(text);
        var order = OrderPattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw new VideoFormatException($"{name} is a NumPy file whose header does not tell its type, order and shape.");
        }

        var element = type.Groups["type"].Value;
        if (element is not ("<f4" or ">f4" or "<f8" or ">f8"))
        {
            throw new VideoFormatException($"{name} holds numbers of type '{element}'; keypoints are float32 or float64.");
        }

        var dimensions = shape.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (dimensions.Length != 3 || dimensions[1] != "18" || dimensions[2] != "3")
        {
            throw new VideoFormatException(
                $"{name} has the shape ({string.Join(", ", dimensions)}); keypoints are frames × 18 joints × 3 (x, y, confidence).");
        }

        if (!int.TryParse(dimensions[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frames) || frames > MaximumFrames)
        {
            throw new VideoFormatException($"{name} claims to hold {dimensions[0]} frames; at most {MaximumFrames} are read.");
        }

        return new Header(frames, element[2] == '8', element[0] == '>', order.Groups["fortran"].Value == "True");
    }

    private static int FortranIndex(int at, int frames)
    {
        var (frame, inFrame) = Math.DivRem(at, NumbersPerFrame);
        var (joint, channel) = Math.DivRem(inFrame, 3);
        return frame + (frames * (joint + (Skeleton.JointCount * channel)));
    }

    // Other programs mark a missing joint by confidence 0 or by NaN, and OpenPose's confidence may exceed 1 a little.
    private static void Clean(Span<float> keypoints, string name)
    {
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            var joint = keypoints.Slice(at, 3);
            if (!(joint[2] > 0) || float.IsNaN(joint[0]) || float.IsNaN(joint[1]))
            {
                joint.Clear();
            }
            else if (MathF.Abs(joint[0]) > LargestCoordinate || MathF.Abs(joint[1]) > LargestCoordinate)
            {
                throw new VideoFormatException($"{name} holds a coordinate of {MathF.MaxMagnitude(joint[0], joint[1])}; keypoints are in pixels.");
            }

            joint[2] = MathF.Min(joint[2], 1);
        }
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"](?<type>[^'"]{1,16})['"]""", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(?<fortran>True|False)""", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\((?<shape>[0-9, ]{0,200})\)""", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShapePattern();

    private readonly record struct Header(int Frames, bool DoublePrecision, bool BigEndian, bool FortranOrder)
    {
        public int ElementSize => DoublePrecision ? sizeof(double) : sizeof(float);

        public float Element(ReadOnlySpan<byte> bytes, int index)
        {
            var element = bytes[(index * ElementSize)..];
            return (DoublePrecision, BigEndian) switch
            {
                (false, false) => BinaryPrimitives.ReadSingleLittleEndian(element),
                (false, true) => BinaryPrimitives.ReadSingleBigEndian(element),
                (true, false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                (true, true) => (float)BinaryPrimitives.ReadDoubleBigEndian(element),
            };
        }
    }
}
