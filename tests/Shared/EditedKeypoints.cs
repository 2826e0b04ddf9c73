using Spotter.Skeletons;

namespace Spotter.Tests;

/// <summary>Changes to keypoints that make a clip worse in a known way.</summary>
internal static class EditedKeypoints
{
    /// <summary>Changes each keypoint.</summary>
    public static SkeletonSequence Change(this SkeletonSequence sequence, Func<int, Joint, Keypoint, Keypoint> change, int? height = null)
    {
        var keypoints = new float[sequence.FrameCount * Skeleton.JointCount * 3];
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            foreach (var joint in Enum.GetValues<Joint>())
            {
                var keypoint = sequence[frame, joint];
                keypoint = keypoint.IsMissing ? keypoint : change(frame, joint, keypoint);
                var at = ((frame * Skeleton.JointCount) + (int)joint) * 3;
                (keypoints[at], keypoints[at + 1], keypoints[at + 2]) = keypoint.IsMissing ? (0, 0, 0) : (keypoint.X, keypoint.Y, keypoint.Confidence);
            }
        }

        return new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), sequence.Width, height ?? sequence.Height);
    }

    /// <summary>Moves the picture's upper edge down: what was above it is missing.</summary>
    public static SkeletonSequence CutAbove(this SkeletonSequence sequence, float edge, Func<int, bool>? inFrame = null) => sequence.Change(
        (frame, _, keypoint) => keypoint.Y < edge && inFrame?.Invoke(frame) != false ? Keypoint.Missing : keypoint with { Y = keypoint.Y - edge },
        (int)(sequence.Height - edge));

    /// <summary>Puts time without a person before and after.</summary>
    public static SkeletonSequence InEmptyRoom(this SkeletonSequence sequence, double secondsBefore, double secondsAfter)
    {
        var rate = sequence.FramesPerSecond;
        var (before, after) = ((int)(secondsBefore * rate), (int)(secondsAfter * rate));
        var keypoints = new float[(sequence.FrameCount + before + after) * Skeleton.JointCount * 3];
        sequence.Keypoints.CopyTo(keypoints.AsSpan(before * Skeleton.JointCount * 3));
        return SkeletonSequence.AtConstantRate(keypoints, rate, sequence.Width, sequence.Height);
    }

    /// <summary>Every n-th frame.</summary>
    public static SkeletonSequence Every(this SkeletonSequence sequence, int step)
    {
        const int Numbers = Skeleton.JointCount * 3;
        int[] kept = [.. Enumerable.Range(0, sequence.FrameCount).Where(frame => frame % step == 0)];
        return new SkeletonSequence(
            [.. kept.SelectMany(frame => sequence.Keypoints.Slice(frame * Numbers, Numbers).ToArray())],
            [.. kept.Select(frame => sequence.Timestamps[frame])], sequence.Width, sequence.Height);
    }
}
