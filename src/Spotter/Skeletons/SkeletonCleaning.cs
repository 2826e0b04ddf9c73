namespace Spotter.Skeletons;

/// <summary>
/// Turns what a pose estimator saw into steady paths of joints: doubtful keypoints are dropped, short jumps removed by a running median, gaps
/// filled along straight lines in time, and joints that were hardly seen when it matters declared missing for the whole sequence.
/// </summary>
public static class SkeletonCleaning
{
    /// <summary>A keypoint at or below this confidence is not used; a filled-in keypoint carries exactly this confidence.</summary>
    public const float MinimumConfidence = 0.05f;

    /// <summary>A joint seen in a smaller share of those frames that show a person, of the ones that matter, is missing.</summary>
    public const double MinimumPresence = 0.3;

    /// <summary>A joint whose confidence, averaged over those of them that show it, is lower is missing.</summary>
    public const double MinimumMeanConfidence = 0.3;

    /// <summary>
    /// The same limit for a hip. It is lower because everything is measured from the hips: an uncertain origin is better than none, and its
    /// place is averaged over many frames.
    /// </summary>
    public const double MinimumMeanHipConfidence = 0.1;

    /// <summary>Reach of the running median to either side, in seconds: two frames at 30 frames/s, so a window of five.</summary>
    public const double MedianReachSeconds = 2.0 / 30;

    // As long as two repetitions, and every moment lies well inside of one.
    private const double StretchSeconds = 4;

    // Time stamps are rounded in files; a frame that is due exactly at the edge of the window still belongs to it.
    private const double TimeTolerance = 0.004;

    /// <summary>Cleans a sequence. In the result a joint is either present in every frame or missing in every frame.</summary>
    /// <param name="sequence">Keypoints as an estimator gave them; frames without a person are all zero. Times may be uneven.</param>
    public static SkeletonSequence Clean(SkeletonSequence sequence) => Clean(sequence, [(0, sequence.FrameCount)]);

    /// <summary>The same where it is known which frames matter: what is seen before and after a set says nothing about the joints in it.</summary>
    /// <param name="sequence">Keypoints as an estimator gave them.</param>
    /// <param name="start">First frame that matters.</param>
    /// <param name="end">One past the last frame that matters.</param>
    public static SkeletonSequence Clean(SkeletonSequence sequence, int start, int end) => Clean(sequence, [(start, end)]);

    /// <summary>The same where it is not known yet which frames matter: a joint is kept that is seen enough in all of them or in some seconds of them.</summary>
    /// <inheritdoc cref="Clean(SkeletonSequence)"/>
    public static SkeletonSequence CleanAnySeconds(SkeletonSequence sequence) => Clean(sequence, [(0, sequence.FrameCount), .. Stretches(sequence.Timestamps)]);

    // A joint is kept that is seen enough in one of some stretches.
    private static SkeletonSequence Clean(SkeletonSequence sequence, IReadOnlyList<(int Start, int End)> stretches)
    {
        var frames = sequence.FrameCount;
        var result = new float[frames * Skeleton.JointCount * 3]; // T × V × 3
        int[] withPerson = [.. stretches.Select(stretch => Enumerable.Range(stretch.Start, stretch.End - stretch.Start).Count(frame => ShowsPerson(sequence, frame)))];
        var path = new Keypoint[frames];
        var neighbours = FramesWithin(MedianReachSeconds, sequence.Timestamps);
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                path[frame] = sequence[frame, (Joint)joint];
            }

            var least = (Joint)joint is Joint.RightHip or Joint.LeftHip ? MinimumMeanHipConfidence : MinimumMeanConfidence;
            if (!stretches.Zip(withPerson).Any(pair => IsSeenEnough(path.AsSpan(pair.First.Start..pair.First.End), pair.Second, least)))
            {
                continue;
            }

            RemoveJumps(path, neighbours);
            FillGaps(path, sequence.Timestamps);
            for (var frame = 0; frame < frames; frame++)
            {
                var at = ((frame * Skeleton.JointCount) + joint) * 3;
                (result[at], result[at + 1], result[at + 2]) = (path[frame].X, path[frame].Y, path[frame].Confidence);
            }
        }

        return new SkeletonSequence(result, sequence.Timestamps.ToArray(), sequence.Width, sequence.Height);
    }

    private static List<(int Start, int End)> Stretches(ReadOnlySpan<double> times)
    {
        List<(int Start, int End)> stretches = [];
        var end = 0;
        for (var start = 0; start < times.Length && end < times.Length; start++)
        {
            if (stretches.Count > 0 && times[start] - times[stretches[^1].Start] < StretchSeconds / 2)
            {
                continue;
            }

            while (end < times.Length && times[end] - times[start] < StretchSeconds)
            {
                end++;
            }

            stretches.Add((start, end));
        }

        return stretches;
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

    // How many frames usually lie within a time: none at low frame rates, where a neighbour is already another place in the movement.
    private static int FramesWithin(double seconds, ReadOnlySpan<double> times)
    {
        if (times.Length < 2)
        {
            return 0;
        }

        var steps = new double[times.Length - 1];
        for (var frame = 0; frame < steps.Length; frame++)
        {
            steps[frame] = times[frame + 1] - times[frame];
        }

        Array.Sort(steps);
        return steps[steps.Length / 2] > 0 ? (int)((seconds + TimeTolerance) / steps[steps.Length / 2]) : 0;
    }

    // Runs over the keypoints that were seen and not over the filled gaps, or a jump beside a gap would be spread into something that lasts.
    private static void RemoveJumps(Span<Keypoint> path, int neighbours)
    {
        List<int> seen = [];
        for (var frame = 0; frame < path.Length; frame++)
        {
            if (path[frame].Confidence > MinimumConfidence)
            {
                seen.Add(frame);
            }
        }

        var medians = new (float X, float Y)[seen.Count];
        List<float> x = [], y = [];
        for (var i = 0; i < medians.Length; i++)
        {
            // The same number of frames on both sides, so that a movement is not pulled inwards near the ends of a sequence; only the very
            // first and last frame look one frame further to one side, as a jump there would otherwise stay.
            var reach = Math.Min(neighbours, Math.Min(i, medians.Length - 1 - i));
            var middle = i;
            if (reach == 0 && neighbours > 0 && medians.Length >= 3)
            {
                reach = 1;
                middle = i == 0 ? 1 : i - 1;
            }

            x.Clear();
            y.Clear();
            for (var other = middle - reach; other <= middle + reach; other++)
            {
                x.Add(path[seen[other]].X);
                y.Add(path[seen[other]].Y);
            }

            x.Sort();
            y.Sort();
            medians[i] = (x[reach], y[reach]);
        }

        for (var i = 0; i < medians.Length; i++)
        {
            path[seen[i]] = new Keypoint(medians[i].X, medians[i].Y, path[seen[i]].Confidence);
        }
    }
}
