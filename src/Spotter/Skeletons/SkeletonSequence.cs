namespace Spotter.Skeletons;

/// <summary>
/// The keypoints of one person over the frames of a clip: T × 18 × 3 numbers (x, y in pixels, confidence), with a time for each frame.
/// Immutable: operations return new sequences.
/// </summary>
public sealed class SkeletonSequence
{
    private const int FrameStride = Skeleton.JointCount * 3;

    private readonly float[] keypoints; // T × V × 3
    private readonly double[] timestamps; // T, seconds

    /// <summary>Takes ownership of both arrays.</summary>
    /// <param name="keypoints">T × 18 × 3: x, y in pixels and confidence; 0, 0, 0 where a joint is missing.</param>
    /// <param name="timestamps">Seconds from the start of the clip for each of the T frames, increasing.</param>
    /// <param name="width">Width of the picture in pixels; 0 where unknown.</param>
    /// <param name="height">Height of the picture in pixels; 0 where unknown.</param>
    /// <exception cref="ArgumentException">The array lengths disagree.</exception>
    public SkeletonSequence(float[] keypoints, double[] timestamps, int width = 0, int height = 0)
    {
        if (keypoints.Length != timestamps.Length * FrameStride)
        {
            throw new ArgumentException(
                $"{timestamps.Length} frames need {timestamps.Length * FrameStride} numbers, but there are {keypoints.Length}.", nameof(keypoints));
        }

        this.keypoints = keypoints;
        this.timestamps = timestamps;
        Width = width;
        Height = height;
    }

    /// <summary>Number of frames, T.</summary>
    public int FrameCount => timestamps.Length;

    /// <summary>Width of the picture in pixels; 0 where unknown.</summary>
    public int Width { get; }

    /// <summary>Height of the picture in pixels; 0 where unknown.</summary>
    public int Height { get; }

    /// <summary>Seconds from the start of the clip, one for each frame.</summary>
    public ReadOnlySpan<double> Timestamps => timestamps;

    /// <summary>All numbers, T × 18 × 3.</summary>
    public ReadOnlySpan<float> Keypoints => keypoints;

    /// <summary>Frames per second on average; 0 for fewer than two frames.</summary>
    public double FramesPerSecond => FrameCount < 2 ? 0 : (FrameCount - 1) / (timestamps[^1] - timestamps[0]);

    /// <summary>One joint in one frame.</summary>
    public Keypoint this[int frame, Joint joint]
    {
        get
        {
            var at = (frame * FrameStride) + ((int)joint * 3);
            return new Keypoint(keypoints[at], keypoints[at + 1], keypoints[at + 2]);
        }
    }

    /// <summary>The joints that are seen in the first frame; of a cleaned sequence, those that are seen at all.</summary>
    internal IEnumerable<Joint> JointsSeen => FrameCount == 0 ? [] : Enum.GetValues<Joint>().Where(joint => !this[0, joint].IsMissing);

    /// <summary>A sequence whose frames follow each other at a constant rate, starting at 0 s.</summary>
    public static SkeletonSequence AtConstantRate(float[] keypoints, double framesPerSecond, int width = 0, int height = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        var times = new double[keypoints.Length / FrameStride];
        for (var frame = 0; frame < times.Length; frame++)
        {
            times[frame] = frame / framesPerSecond;
        }

        return new SkeletonSequence(keypoints, times, width, height);
    }

    /// <summary>The frames from <paramref name="start"/> up to, not including, <paramref name="end"/>; times are kept.</summary>
    public SkeletonSequence Slice(int start, int end) =>
        new(keypoints[(start * FrameStride)..(end * FrameStride)], timestamps[start..end], Width, Height);

    /// <summary>The same body seen in a mirror: x flipped (about the picture's middle, or about 0 where its width is unknown), right and left joints exchanged.</summary>
    public SkeletonSequence Mirror()
    {
        var mirrored = new float[keypoints.Length];
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            if (keypoints[at + 2] <= 0)
            {
                continue;
            }

            var joint = (Joint)(at / 3 % Skeleton.JointCount);
            var to = (at / FrameStride * FrameStride) + ((int)joint.Mirror() * 3);
            mirrored[to] = Width > 0 ? Width - 1 - keypoints[at] : -keypoints[at];
            mirrored[to + 1] = keypoints[at + 1];
            mirrored[to + 2] = keypoints[at + 2];
        }

        return new SkeletonSequence(mirrored, timestamps, Width, Height);
    }
}
