using System.Text.Json;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>Keypoints as one JSON document: joint names once, then a time and 18 × [x, y, confidence] for each frame.</summary>
public static class KeypointJson
{
    private const long LargestFile = 1L << 29; // bytes
    private const float LargestCoordinate = 1e6f;

    /// <summary>Writes a sequence.</summary>
    public static string Serialize(SkeletonSequence sequence)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("width", sequence.Width);
            writer.WriteNumber("height", sequence.Height);
            writer.WriteStartArray("joints");
            foreach (var joint in Enum.GetValues<Joint>())
            {
                writer.WriteStringValue(joint.Name());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("frames");
            for (var frame = 0; frame < sequence.FrameCount; frame++)
            {
                WriteFrame(writer, sequence, frame);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="VideoFormatException">The file cannot be read, or holds something else; the message says what.</exception>
    public static SkeletonSequence Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new VideoFormatException($"{path} is too large for keypoints.");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new VideoFormatException($"{path} is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VideoFormatException(
                $"{path} holds no keypoints as spotter pose writes them: an object with width, height, joints and frames. For files that OpenPose wrote, name their folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VideoFormatException($"The keypoints in {path} cannot be read: {error.Message}", error);
        }
    }

    private static SkeletonSequence Read(JsonElement root, string path)
    {
        if (!root.GetProperty("joints").EnumerateArray().Select(joint => joint.GetString()).SequenceEqual(Enum.GetValues<Joint>().Select(joint => joint.Name())))
        {
            throw new VideoFormatException($"{path} has other joints than the 18 that spotter pose writes.");
        }

        var (width, height) = (root.GetProperty("width").GetInt32(), root.GetProperty("height").GetInt32());
        List<float> keypoints = [];
        List<double> times = [];
        foreach (var frame in root.GetProperty("frames").EnumerateArray())
        {
            times.Add(frame.GetProperty("seconds").GetDouble());
            var joints = frame.GetProperty("keypoints");
            if (joints.GetArrayLength() != Skeleton.JointCount || times.Count > NpyFile.MaximumFrames || (times.Count > 1 && times[^1] <= times[^2]))
            {
                throw new VideoFormatException($"Frame {times.Count} in {path} has not 18 joints, is not after the one before, or is one too many.");
            }

            foreach (var joint in joints.EnumerateArray())
            {
                float[] numbers = [.. joint.EnumerateArray().Select(number => number.GetSingle())];
                keypoints.AddRange(numbers is [var x, var y, >= 0 and <= 1] && Math.Abs(x) <= LargestCoordinate && Math.Abs(y) <= LargestCoordinate
                    ? numbers
                    : throw new VideoFormatException($"Frame {times.Count} in {path} has something else than x, y and confidence of a joint."));
            }
        }

        return width >= 0 && height >= 0
            ? new SkeletonSequence([.. keypoints], [.. times], width, height)
            : throw new VideoFormatException($"{path} has a picture of {width} × {height} pixels.");
    }

    private static void WriteFrame(Utf8JsonWriter writer, SkeletonSequence sequence, int frame)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seconds", Math.Round(sequence.Timestamps[frame], 4));
        writer.WriteStartArray("keypoints");
        foreach (var joint in Enum.GetValues<Joint>())
        {
            var keypoint = sequence[frame, joint];
            writer.WriteStartArray();
            writer.WriteNumberValue(Math.Round(keypoint.X, 2));
            writer.WriteNumberValue(Math.Round(keypoint.Y, 2));
            writer.WriteNumberValue(Math.Round(keypoint.Confidence, 3));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
