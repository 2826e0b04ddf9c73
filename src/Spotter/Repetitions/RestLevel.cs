using Spotter.Exercises;

namespace Spotter.Repetitions;

/// <summary>
/// Where the signal of an exercise rests between two repetitions. Not every low between two highs is such a rest: whoever films alone lets the arms
/// hang between touching the phone and the first repetition.
/// </summary>
internal static class RestLevel
{
    /// <summary>A level this much of a swing below the others is no resting level of the exercise: the arms hang, or the weight is on the floor.</summary>
    public const double OutlyingShare = 0.25;

    // A turning point is the lowest moment, a measure at the bottom a mean around it: torso lengths by which the one may be below the other's limit.
    private const double LimitMargin = 0.1;

    /// <summary>Median of the rests between repetitions; null when none can be told from hanging arms.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="points">Its turning points.</param>
    /// <param name="definition">The exercise.</param>
    public static double? Find(double[] signal, List<TurningPoint> points, ExerciseDefinition definition)
    {
        var lowest = Lowest(definition);
        int[] bottoms = [.. Enumerable.Range(1, Math.Max(0, points.Count - 2)).Where(i => !points[i].IsTop && signal[points[i].Frame] >= lowest)];

        // Beside a high with which the clip begins or ends there may be a hand that touched the phone on the other side.
        var ofHands = definition.Signal.Joint is "wrist" or "elbow";
        bool IsDoubtful(int i) => ofHands && ((i == 1 && points[0].IsTop) || (i == points.Count - 2 && points[^1].IsTop));
        if (Median([.. bottoms.Where(i => !IsDoubtful(i)).Select(Level)]) is not { } usual)
        {
            return null;
        }

        return Median([.. bottoms.Where(i => !IsDoubtful(i) || !IsOutlying(Level(i), Math.Max(High(i - 1), High(i + 1)), usual)).Select(Level)]);

        double Level(int i) => signal[points[i].Frame];

        double High(int i) => signal[points[i].Frame];
    }

    /// <summary>Whether a level is too far below the usual one to be a rest.</summary>
    public static bool IsOutlying(double bottom, double top, double usual) => usual - bottom > OutlyingShare * (top - usual);

    /// <summary>The middle value; null of none.</summary>
    public static double? Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    /// <summary>Where a limit of the exercise says that no repetition begins below; negative infinity where none does.</summary>
    public static double Lowest(ExerciseDefinition definition) =>
        definition.Signal is { Kind: SignalKind.Height, Reference: "shoulder", Direction: SignalDirection.Up } signal
        && definition.Limits.FirstOrDefault(limit => limit.Measure == signal.Joint + "-height-bottom")?.Minimum is { } minimum
            ? minimum - LimitMargin
            : double.NegativeInfinity;
}
