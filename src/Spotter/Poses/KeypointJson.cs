using System.Text.Json;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>Keypoints as one JSON document: joint names once, then a time and 18 × [x, y, confidence] for each frame.</summary>
public static class KeypointJson
{
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
