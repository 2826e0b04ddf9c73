using Spotter.Repetitions;

namespace Spotter.Skeletons;

/// <summary>
/// Turns a repetition into the input of ST-GCN (Yan, Xiong and Lin, "Spatial temporal graph convolutional networks for skeleton-based action
/// recognition", AAAI 2018): place, size, duration and confidence of the body are taken out, and the side towards the camera is always the
/// right one, so that what is left is the movement.
/// </summary>
public static class SkeletonNormalization
{
    /// <summary>Number of frames to which a repetition is resampled.</summary>
    public const int DefaultFrames = 32;

    /// <summary>Confidence of every joint that is seen: an estimator's own confidences tell recordings apart, not movements.</summary>
    public const float Confidence = 0.5f;

    /// <summary>How much more confident an estimator must be of one arm than of the other for that arm to count as the visible one.</summary>
    public const double ArmConfidenceMargin = 0.15;

    // In ST-GCN's own training data (Kinetics, coordinates as shares of the picture) a torso is about 0.17 of the width and 0.24 of the height
    // long, and the hips lie about 0.1 below the middle; the network knows bodies of this size and place.
    internal const double TorsoWidth = 0.17;
    internal const double TorsoHeight = 0.24;
    private const double HipHeight = 0.1;

    /// <summary>The input of the network for one repetition.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="repetition">The frames to take; place and size of the body are those of these frames.</param>
    /// <param name="frames">Number of frames of the result, T, evenly spaced in time.</param>
    /// <returns>3 × T × 18 (C × T × V): x, y (down) and confidence; zeros for a missing joint.</returns>
    /// <exception cref="ArgumentException">Neither neck nor hips are seen, or the repetition lies outside the sequence.</exception>
    public static float[] ToNetworkInput(SkeletonSequence sequence, Repetition repetition, int frames = DefaultFrames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if (repetition.StartFrame < 0 || repetition.FrameCount < 1 || repetition.EndFrame > sequence.FrameCount)
        {
            throw new ArgumentException(
                $"The repetition {repetition.StartFrame}..{repetition.EndFrame} is not inside the sequence of {sequence.FrameCount} frames.",
                nameof(repetition));
        }

        var seen = sequence.Slice(repetition.StartFrame, repetition.EndFrame);
        if (VisibleSide(seen) == BodySide.Left)
        {
            seen = seen.Mirror();
        }

        if (!BodyFrame.TryMeasure(seen, 0, seen.FrameCount, out var body))
        {
            throw new ArgumentException("Neck and hips must be seen to normalise a repetition.", nameof(sequence));
        }

        return Resample(seen, body, frames);
    }

    /// <summary>The input of the network for a whole sequence, such as a file that holds one repetition.</summary>
    /// <inheritdoc cref="ToNetworkInput(SkeletonSequence, Repetition, int)"/>
    public static float[] ToNetworkInput(SkeletonSequence sequence, int frames = DefaultFrames) =>
        ToNetworkInput(sequence, new Repetition(0, sequence.FrameCount / 2, sequence.FrameCount), frames);

    /// <summary>Mean confidence of shoulder, elbow and wrist of one arm over all frames.</summary>
    internal static double ArmConfidence(SkeletonSequence sequence, BodySide side)
    {
        var sum = 0.0;
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            for (var joint = Joint.RightShoulder; joint <= Joint.RightWrist; joint++)
            {
                sum += sequence[frame, side.Of(joint)].Confidence;
            }
        }

        return sequence.FrameCount == 0 ? 0 : sum / (3 * sequence.FrameCount);
    }

    /// <summary>Whether the input of a repetition shows the body in a mirror.</summary>
    internal static bool IsMirrored(SkeletonSequence sequence, Repetition repetition) =>
        VisibleSide(sequence.Slice(repetition.StartFrame, repetition.EndFrame)) == BodySide.Left;

    // The side whose arm the estimator is surer of; where it is equally sure of both, the side towards the camera.
    private static BodySide VisibleSide(SkeletonSequence seen)
    {
        var lead = ArmConfidence(seen, BodySide.Right) - ArmConfidence(seen, BodySide.Left);
        if (Math.Abs(lead) > ArmConfidenceMargin)
        {
            return lead > 0 ? BodySide.Right : BodySide.Left;
        }

        return ViewEstimator.Estimate(seen) is { View: not View.Front } estimate ? estimate.NearSide : BodySide.Right;
    }

    private static float[] Resample(SkeletonSequence seen, BodyFrame body, int frames)
    {
        var result = new float[3 * frames * Skeleton.JointCount]; // C × T × V
        var plane = frames * Skeleton.JointCount;
        var times = seen.Timestamps;
        var before = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            var time = frames == 1 ? times[0] : times[0] + ((times[^1] - times[0]) * frame / (frames - 1));
            while (before + 2 < times.Length && times[before + 1] <= time)
            {
                before++;
            }

            var after = Math.Min(before + 1, times.Length - 1);
            var share = after == before ? 0 : Math.Clamp((time - times[before]) / (times[after] - times[before]), 0, 1);
            for (var joint = 0; joint < Skeleton.JointCount; joint++)
            {
                var a = seen[before, (Joint)joint];
                var b = seen[after, (Joint)joint];
                if (a.IsMissing && b.IsMissing)
                {
                    continue;
                }

                a = a.IsMissing ? b : a;
                b = b.IsMissing ? a : b;
                var at = (frame * Skeleton.JointCount) + joint;
                result[at] = (float)((a.X + (share * (b.X - a.X)) - body.HipX) / body.Torso * TorsoWidth);
                result[plane + at] = (float)(((a.Y + (share * (b.Y - a.Y)) - body.HipY) / body.Torso * TorsoHeight) + HipHeight);
                result[(2 * plane) + at] = Confidence;
            }
        }

        return result;
    }
}
