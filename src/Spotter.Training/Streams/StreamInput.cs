using Spotter.Skeletons;
using Spotter.Training.Network;

namespace Spotter.Training.Streams;

/// <summary>Turns the input of a network on joints into that of a network on bones or on motion.</summary>
public static class StreamInput
{
    private const int Joints = Skeleton.JointCount;

    /// <summary>The input of a stream.</summary>
    /// <param name="stream">What is to be shown.</param>
    /// <param name="input">3 × T × 18, as <see cref="SkeletonNormalization"/> makes it; not changed.</param>
    /// <returns>
    /// 3 × T × 18: two coordinates of a difference and the smaller confidence of its two ends; zeros where an end is missing, for the neck, which no bone leads to, and
    /// in the last frame, which no motion follows.
    /// </returns>
    public static float[] Of(StreamKind stream, float[] input)
    {
        var frames = input.Length / (StGcnNetwork.InputChannels * Joints);
        var result = new float[input.Length];
        switch (stream)
        {
            case StreamKind.Joints:
                input.CopyTo(result, 0);
                break;
            case StreamKind.Bones:
                for (var frame = 0; frame < frames; frame++)
                {
                    foreach (var (from, to) in Skeleton.Bones)
                    {
                        Subtract(input, At(frame, from), At(frame, to), result, At(frame, to));
                    }
                }

                break;
            case StreamKind.Motion:
                for (var at = 0; at < (frames - 1) * Joints; at++)
                {
                    Subtract(input, at, at + Joints, result, at);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(stream), stream, "There is no such stream.");
        }

        return result;
    }

    private static int At(int frame, Joint joint) => (frame * Joints) + (int)joint;

    private static void Subtract(float[] input, int from, int to, float[] result, int at)
    {
        var plane = input.Length / StGcnNetwork.InputChannels;
        var confidence = Math.Min(input[(2 * plane) + from], input[(2 * plane) + to]);
        if (confidence > 0)
        {
            result[at] = input[to] - input[from];
            result[plane + at] = input[plane + to] - input[plane + from];
            result[(2 * plane) + at] = confidence;
        }
    }
}
