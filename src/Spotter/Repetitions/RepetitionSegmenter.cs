using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Repetitions;

/// <summary>
/// Cuts a set into repetitions: each large swing of the exercise's signal away from the start position and back is one. Getting into position,
/// resting between repetitions and putting the weight down do not belong to any.
/// </summary>
public static class RepetitionSegmenter
{
    /// <summary>
    /// Share of its typical swing that a first or last repetition must show to count when the clip cuts it off: what is missing then is only
    /// the end of the lowering (or the start of the rise), and everything a judgement rests on is there.
    /// </summary>
    public const double SufficientShare = 0.5;

    /// <summary>How much of the rest before and after the movement a repetition keeps, in seconds.</summary>
    public const double RestSeconds = 0.15;

    // The movement has begun (or ended) where the signal is this share of the swing away from where it rests. Well above the jitter of the
    // joints, which is about a hundredth of a torso or a fiftieth of a swing.
    private const double MovementShare = 0.05;

    // Where the movement comes from hanging arms, a stop before it marks its start: no faster than this share of the fastest rise, for so long,
    // in the lower part of the swing. Where other repetitions tell the resting level, only a stop near it counts.
    private const double StopSpeedShare = 0.1;
    private const double StopSeconds = 0.25;
    private const double StopHeightShare = 0.75;
    private const double StopNearRestShare = 0.25;

    private const double DipSeconds = 0.25;

    // Half repetitions are repetitions: where nothing in the clip goes clearly farther than what counts, somewhat less counts too, but nothing near the jitter
    // of the joints. Where something does, small swings are of another kind: getting the grip right, the bar coming off the rack.
    private const double SmallSetShare = 1.5;
    private const double FinerShare = 0.75;
    private const double FinestProminence = 0.1;

    // A clip cuts a repetition off only if the signal is still under way in its very first or last moment.
    private const double EdgeSeconds = 0.2;

    /// <summary>Cuts a set into repetitions.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="definition">The exercise.</param>
    public static RepetitionSet Segment(SkeletonSequence sequence, ViewEstimate view, ExerciseDefinition definition)
    {
        if (SetSignal.Read(sequence, view, definition.Signal) is not { } signal)
        {
            return RepetitionSet.Empty;
        }

        var points = Swings.Find(signal, definition.Signal.MinimumProminence);
        if (IsSmall(signal, points, definition.Signal.MinimumProminence))
        {
            points = Swings.Find(signal, Math.Max(FinerShare * definition.Signal.MinimumProminence, Math.Min(definition.Signal.MinimumProminence, FinestProminence)));
        }

        var tops = Enumerable.Range(0, points.Count).Where(i => points[i].IsTop).ToArray();
        var typical = TypicalSwing(signal, points);
        var (rest, lowest) = (RestLevel.Find(signal, points, definition), RestLevel.Lowest(definition));
        var times = sequence.Timestamps.ToArray();
        List<Repetition> repetitions = [];
        Repetition? cutOffAtStart = null, cutOffAtEnd = null;
        foreach (var i in tops)
        {
            var top = points[i].Frame;
            var start = i > 0 ? Start(signal, times, points[i - 1].Frame, top, rest, lowest) : 0;
            var end = i + 1 < points.Count ? End(signal, sequence.Timestamps, top, points[i + 1].Frame, rest, lowest) : sequence.FrameCount;
            var repetition = new Repetition(start, top, end);
            if (i == 0 || (i == 1 && IsCutOff(points[0].Frame, end - 1)))
            {
                cutOffAtStart = repetition;
            }
            else if (i == points.Count - 1 || (i == points.Count - 2 && IsCutOff(points[^1].Frame, start)))
            {
                cutOffAtEnd = repetition;
            }
            else
            {
                repetitions.Add(repetition);
            }

            bool IsCutOff(int bottom, int otherRest)
            {
                var whole = typical ?? (signal[top] - signal[otherRest]);
                return IsAtEdge(sequence.Timestamps, bottom) && signal[top] - signal[bottom] < SufficientShare * whole;
            }
        }

        return new RepetitionSet(repetitions, cutOffAtStart, cutOffAtEnd, signal);
    }

    private static bool IsSmall(double[] signal, List<TurningPoint> points, double prominence) =>
        points.Zip(points.Skip(1)).All(pair => Math.Abs(signal[pair.Second.Frame] - signal[pair.First.Frame]) < SmallSetShare * prominence);

    // Median of the swings that the clip shows whole; null when it shows none.
    private static double? TypicalSwing(double[] signal, List<TurningPoint> points)
    {
        List<double> swings = [];
        for (var i = 1; i < points.Count - 2; i++)
        {
            swings.Add(Math.Abs(signal[points[i + 1].Frame] - signal[points[i].Frame]));
        }

        return RestLevel.Median(swings);
    }

    private static bool IsAtEdge(ReadOnlySpan<double> times, int frame) =>
        times[frame] - times[0] <= EdgeSeconds || times[^1] - times[frame] <= EdgeSeconds;

    private static int Start(double[] signal, double[] times, int bottom, int top, double? rest, double lowest)
    {
        var (level, stops) = MovementLevel(Math.Max(signal[bottom], Math.Min(lowest, signal[top])), signal[top], rest);
        var moving = top;
        while (moving > bottom && (signal[moving - 1] > level || DippedBriefly(moving)))
        {
            moving--;
        }

        moving = AfterStop(signal, times, moving, top, stops);
        var start = moving;
        while (start > bottom && times[moving] - times[start - 1] <= RestSeconds)
        {
            start--;
        }

        return start;

        // A bounce at the bottom leaves the resting level and comes back to it just before the movement; it belongs to the repetition.
        bool DippedBriefly(int frame)
        {
            for (var earlier = frame - 1; earlier > bottom && times[frame] - times[earlier] <= DipSeconds; earlier--)
            {
                if (signal[earlier] > level)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static int End(double[] signal, ReadOnlySpan<double> times, int top, int bottom, double? rest, double lowest)
    {
        var (level, stops) = MovementLevel(Math.Max(signal[bottom], Math.Min(lowest, signal[top])), signal[top], rest);
        var moving = top;
        while (moving < bottom && signal[moving + 1] > level)
        {
            moving++;
        }

        moving = BeforeStop(signal, times, top, moving, stops);
        var end = moving;
        while (end < bottom && times[end + 1] - times[moving] <= RestSeconds)
        {
            end++;
        }

        return end + 1;
    }

    // The signal at which the movement begins, and the share of the way up in which a stop may mark its start instead.
    private static (double Level, double Stops) MovementLevel(double bottom, double top, double? rest)
    {
        var hangs = rest is { } usual && RestLevel.IsOutlying(bottom, top, usual);
        var start = hangs ? rest!.Value : bottom;
        return (start + (MovementShare * (top - start)), rest is null ? StopHeightShare : hangs ? StopNearRestShare : 0);
    }

    // The last frame of the last stop in the given lower share of the way up, or the given frame when there is none.
    private static int AfterStop(double[] signal, ReadOnlySpan<double> times, int moving, int top, double share)
    {
        if (share == 0)
        {
            return moving;
        }

        var height = signal[moving] + (share * (signal[top] - signal[moving]));
        var speed = FastestChange(signal, times, moving, top) * StopSpeedShare * StopSeconds;
        var from = top;
        for (var frame = top; frame > moving; frame--)
        {
            while (from > moving && times[frame] - times[from] < StopSeconds)
            {
                from--;
            }

            if (signal[frame] <= height && times[frame] - times[from] >= StopSeconds && Math.Abs(signal[frame] - signal[from]) <= speed)
            {
                return frame;
            }
        }

        return moving;
    }

    private static int BeforeStop(double[] signal, ReadOnlySpan<double> times, int top, int moving, double share)
    {
        var reversedSignal = signal[top..(moving + 1)];
        Array.Reverse(reversedSignal);
        var reversedTimes = times[top..(moving + 1)].ToArray();
        Array.Reverse(reversedTimes);
        for (var i = 0; i < reversedTimes.Length; i++)
        {
            reversedTimes[i] = -reversedTimes[i];
        }

        return moving - AfterStop(reversedSignal, reversedTimes, 0, reversedSignal.Length - 1, share);
    }

    private static double FastestChange(double[] signal, ReadOnlySpan<double> times, int from, int to)
    {
        var fastest = 0.0;
        for (var frame = from + 1; frame <= to; frame++)
        {
            var before = frame - 1;
            while (before > from && times[frame] - times[before] < StopSeconds)
            {
                before--;
            }

            fastest = Math.Max(fastest, Math.Abs(signal[frame] - signal[before]) / (times[frame] - times[before]));
        }

        return fastest;
    }
}
