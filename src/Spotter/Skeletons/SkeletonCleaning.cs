namespace Spotter.Skeletons;

/// <summary>
/// Turns what a pose estimator saw into steady paths of joints: doubtful keypoints are dropped, gaps filled along straight lines in time,
/// single-frame jumps removed by a running median, and joints that were hardly ever seen declared missing for the whole sequence.
/// </summary>
public static class SkeletonCleaning
{
    /// <summary>A keypoint at or below this confidence is not used; a filled-in keypoint carries exactly this confidence.</summary>
    public const float MinimumConfidence = 0.05f;

    /// <summary>A joint seen in a smaller share of the frames that show a person is missing.</summary>
    public const double MinimumPresence = 0.3;

    /// <summary>A joint whose confidence, averaged over the frames that show it, is lower is missing.</summary>
    public const double MinimumMeanConfidence = 0.3;

    /// <summary>
    /// The same limit for a hip. It is lower because everything is measured from the hips: an uncertain origin is better than none, and its
    /// place is averaged over many frames.
    /// </summary>
    public const double MinimumMeanHipConfidence = 0.1;

    /// <summary>Reach of the running median to either side, in seconds: two frames at 30 frames/s, so a window of five.</summary>
    public const double MedianReachSeconds = 2.0 / 30;

    // Time stamps are rounded in files; a frame that is due exactly at the edge of the window still belongs to it.
    private const double TimeTolerance = 0.004;

    /// <summary>Cleans a sequence. In the result a joint is either present in every frame or missing in every frame.</summary>
    /// <param name="sequence">Keypoints as an estimator gave them; frames without a person are all zero. Times may be uneven.</param>
    public static SkeletonSequence Clean(SkeletonSequence sequence)
    {
        var frames = sequence.FrameCount;
        var result = new float[frames * Skeleton.JointCount * 3]; // T × V × 3
        var withPerson = Enumerable.Range(0, frames).Count(frame => ShowsPerson(sequence, frame));
        var path = new Keypoint[frames];
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                path[frame] = sequence[frame, (Joint)joint];
            }

            if (!IsSeenEnough(path, withPerson, (Joint)joint is Joint.RightHip or Joint.LeftHip ? MinimumMeanHipConfidence : MinimumMeanConfidence))
            {
                continue;
            }

            FillGaps(path, sequence.Timestamps);
            WriteMedian(path, sequence.Timestamps, result, joint);
        }

        return new SkeletonSequence(result, sequence.Timestamps.ToArray(), sequence.Width, sequence.Height);
    }

    private static bool ShowsPerson(SkeletonSequence sequence, int frame)
    {
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            if (sequence[frame, (Joint)joint].Confidence > MinimumConfidence)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSeenEnough(ReadOnlySpan<Keypoint> path, int framesWithPerson, double meanConfidence)
    {
        var seen = 0;
        var sum = 0.0;
        foreach (var keypoint in path)
        {
            if (keypoint.Confidence > MinimumConfidence)
            {
                seen++;
                sum += keypoint.Confidence;
            }
        }

        return seen > 0 && seen >= MinimumPresence * framesWithPerson && sum / seen >= meanConfidence;
    }

    private static void FillGaps(Span<Keypoint> path, ReadOnlySpan<double> times)
    {
        var previous = -1;
        for (var frame = 0; frame <= path.Length; frame++)
        {
            if (frame < path.Length && path[frame].Confidence <= MinimumConfidence)
            {
                continue;
            }

            for (var gap = previous + 1; gap < frame; gap++)
            {
                var from = previous < 0 ? path[frame] : path[previous];
                var to = frame < path.Length ? path[frame] : from;
                var share = previous < 0 || frame == path.Length
                    ? 0
                    : (float)((times[gap] - times[previous]) / (times[frame] - times[previous]));
                path[gap] = new Keypoint(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)), MinimumConfidence);
            }

            previous = frame;
        }
    }

    private static void WriteMedian(ReadOnlySpan<Keypoint> path, ReadOnlySpan<double> times, float[] result, int joint)
    {
        List<float> x = [], y = [];
        var first = 0;
        for (var frame = 0; frame < path.Length; frame++)
        {
            const double Reach = MedianReachSeconds + TimeTolerance;
            while (times[frame] - times[first] > Reach)
            {
                first++;
            }

            var end = frame + 1;
            while (end < path.Length && times[end] - times[frame] <= Reach)
            {
                end++;
            }

            // The same number of frames on both sides, so that a movement is not pulled inwards near the ends of a sequence; only the very
            // first and last frame look one frame further to one side, as a jump there would otherwise stay.
            var reach = Math.Min(frame - first, end - 1 - frame);
            var middle = frame;
            if (reach == 0 && end - first >= 3)
            {
                reach = 1;
                middle = frame == first ? frame + 1 : frame - 1;
            }

            x.Clear();
            y.Clear();
            foreach (var keypoint in path[(middle - reach)..(middle + reach + 1)])
            {
                x.Add(keypoint.X);
                y.Add(keypoint.Y);
            }

            x.Sort();
            y.Sort();
            var at = ((frame * Skeleton.JointCount) + joint) * 3;
            result[at] = x[reach];
            result[at + 1] = y[reach];
            result[at + 2] = path[frame].Confidence;
        }
    }
}
