namespace Spotter.Skeletons;

/// <summary>
/// Walks a repetition at one pace, whatever pace it was done at: to the turning point in the first half of the frames, back in the second, each at the pace of half a cosine along the path of the
/// visible arm's elbow and wrist. Where somebody halts, or goes one way faster than the other, the frames then show the same movement as if they did not. Sampling by arc length is the plainest of the
/// forms of trajectories that do not depend on their rate; A. Srivastava, E. Klassen, "Functional and Shape Data Analysis", Springer 2016.
/// </summary>
internal static class RepetitionPacing
{
    // Places are means over this time, so that an estimator's trembling does not count as a way.
    private const double SmoothedSeconds = 0.14;

    // Frames that a way needs for its path to say anything.
    private const int FewestFrames = 3;

    /// <summary>When each of some evenly spaced frames of the movement is reached, seconds.</summary>
    /// <param name="seen">The repetition's frames, turned so that the visible arm is the right one.</param>
    /// <param name="turning">The frame of the turning point.</param>
    /// <param name="frames">How many are asked for.</param>
    /// <returns>Rising from the first frame's time to the last one's; evenly spaced in time where no arm is seen throughout, or none moves.</returns>
    public static double[] Times(SkeletonSequence seen, int turning, int frames)
    {
        var times = seen.Timestamps.ToArray();
        if (turning < FewestFrames - 1 || seen.FrameCount - turning < FewestFrames || Places(seen) is not { } places)
        {
            return EvenTimes(seen, frames);
        }

        var away = Way(places.AsSpan(0, turning + 1));
        var back = Way(places.AsSpan(turning));
        return away[^1] <= 0 || back[^1] <= 0
            ? EvenTimes(seen, frames)
            : [.. Shares(frames).Select(share => share < 0.5
                ? At(away, times.AsSpan(0, turning + 1), 2 * share)
                : At(back, times.AsSpan(turning), (2 * share) - 1))];
    }

    /// <summary>Evenly spaced in time.</summary>
    public static double[] EvenTimes(SkeletonSequence seen, int frames) =>
        [.. Shares(frames).Select(share => double.Lerp(seen.Timestamps[0], seen.Timestamps[^1], share))];

    private static IEnumerable<double> Shares(int frames) => Enumerable.Range(0, frames).Select(frame => frames == 1 ? 0 : (double)frame / (frames - 1));

    // When so much of the way is done as half a cosine has done after a share of its time.
    private static double At(double[] way, ReadOnlySpan<double> times, double share)
    {
        var wanted = (1 - Math.Cos(Math.PI * share)) / 2 * way[^1];
        var after = Math.Clamp(Array.FindIndex(way, done => done >= wanted), 1, way.Length - 1);
        var step = way[after] - way[after - 1];
        return double.Lerp(times[after - 1], times[after], step > 0 ? Math.Clamp((wanted - way[after - 1]) / step, 0, 1) : 1);
    }

    // Length of the path up to each place.
    private static double[] Way(ReadOnlySpan<double[]> places)
    {
        var way = new double[places.Length];
        for (var at = 1; at < way.Length; at++)
        {
            way[at] = way[at - 1] + Math.Sqrt(places[at].Zip(places[at - 1], (one, other) => (one - other) * (one - other)).Sum());
        }

        return way;
    }

    // Smoothed places of the first arm that is seen throughout, the visible one if it is, pixels; null where none is.
    private static double[][]? Places(SkeletonSequence seen)
    {
        Joint[][] arms = [[Joint.RightWrist, Joint.RightElbow], [Joint.LeftWrist, Joint.LeftElbow]];
        if (Array.Find(arms, joints => Enumerable.Range(0, seen.FrameCount).All(frame => joints.All(joint => !seen[frame, joint].IsMissing))) is not { } arm)
        {
            return null;
        }

        var duration = seen.Timestamps[^1] - seen.Timestamps[0];
        var reach = duration > 0 ? (int)Math.Round(SmoothedSeconds / 2 * (seen.FrameCount - 1) / duration) : 0;
        return [.. Enumerable.Range(0, seen.FrameCount).Select(frame =>
        {
            // As many before as after, so that the ends are not drawn inwards.
            var near = Math.Min(reach, Math.Min(frame, seen.FrameCount - 1 - frame));
            return arm.SelectMany(joint => new[]
            {
                Enumerable.Range(frame - near, (2 * near) + 1).Average(other => (double)seen[other, joint].X),
                Enumerable.Range(frame - near, (2 * near) + 1).Average(other => (double)seen[other, joint].Y),
            }).ToArray();
        })];
    }
}
