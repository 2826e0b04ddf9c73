using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>When in a repetition a cause can be seen.</summary>
/// <param name="Phase">The phase of the repetition.</param>
/// <param name="Start">From, seconds from the start of the clip.</param>
/// <param name="End">To, seconds from the start of the clip.</param>
internal readonly record struct Moment(RepetitionPhase Phase, double Start, double End);

/// <summary>Finds when in a repetition a cause can be seen: where its measure is taken, or, for a largest or smallest value, where that really lies.</summary>
internal sealed class FindingSpan(JudgedRepetition judged, ExerciseDefinition exercise)
{
    // Arms that differ at the far end do so for most of the way.
    private const double ComparedFrom = 0.4;
    private const double HalfWay = 0.5;
    private const double AtTurn = 0.85;

    private readonly RepetitionPhases? phases = RepetitionPhases.Find(judged.Skeleton, judged.Repetition, judged.View, exercise);
    private readonly BodyTrack? track = BodyTrack.Follow(judged.Skeleton, judged.Repetition, judged.View, exercise);

    /// <summary>When a cause can be seen.</summary>
    public Moment Of(Cause cause)
    {
        var last = judged.Repetition.FrameCount - 1;
        var (phase, from, to) = phases is null ? (cause.Measure.Phase, 0, last) : Frames(cause, phases, last);
        return new Moment(phase, Time(from), Time(to));

        // What leads up to a repetition may begin before it.
        double Time(int frame) => judged.Skeleton.Timestamps[Math.Clamp(judged.Repetition.StartFrame + frame, 0, judged.Skeleton.FrameCount - 1)];
    }

    private (RepetitionPhase Phase, int From, int To) Frames(Cause cause, RepetitionPhases parts, int last)
    {
        var measure = cause.Measure;
        if (cause.IsThroughout)
        {
            return (RepetitionPhase.Whole, 0, last);
        }

        if (measure.Curve is { } curve && track is not null)
        {
            var (values, lead) = curve(track);
            var (from, to) = Exceeded(values, measure.Phase == RepetitionPhase.Up || measure.Part == "hip" ? values.Max() / 2 : cause.Band.High);
            return (measure.Phase, from - lead, to - lead);
        }

        if (measure.Stretch is { } stretch && track is not null)
        {
            return Phased(measure.Phase, stretch(track, cause.Sides[0]));
        }

        var extreme = ExtremeFrame(cause);
        var phase = extreme is { } frame ? parts.EndNearest(frame) : IsShortOfTheTurn(cause) ? parts.TurnPhase : measure.Phase;

        // What is too small at its smallest is seen as long as it is: arms that are bent during a whole shrug.
        if (cause.IsLow && measure.Extreme is { IsLargest: false } && Curve(cause) is { } curved)
        {
            var (from, to) = Exceeded(Array.ConvertAll(curved, value => -value), -cause.Band.Low);
            return (from <= parts.Turning && parts.Turning <= to && from <= FirstAbove(parts, HalfWay) && to >= LastAbove(parts, HalfWay) ? RepetitionPhase.Whole : phase, from, to);
        }

        if (phase == parts.TurnPhase)
        {
            return Phased(phase, Around(parts, measure.ComparesArms ? ComparedFrom : AtTurn));
        }

        if (phase == parts.RestPhase)
        {
            return Phased(phase, extreme > parts.Turning && !IsOutsideBefore(cause, parts.Turning) ? (LastAbove(parts, HalfWay), last) : (0, FirstAbove(parts, HalfWay)));
        }

        return Phased(phase, phase == parts.WayThere ? (0, FirstAbove(parts, AtTurn))
            : phase == parts.WayBack ? (LastAbove(parts, AtTurn), last)
            : (0, last));
    }

    // Of a whole repetition that has too small a range, what is missing is at the turning point.
    private static bool IsShortOfTheTurn(Cause cause) => cause.IsLow && !cause.Measure.PerArm && cause.Measure.Phase == RepetitionPhase.Whole;

    /// <summary>The frame in which a largest or smallest value of the blamed arm lies; null for other measures.</summary>
    private int? ExtremeFrame(Cause cause) => Curve(cause) is { } values ? Array.IndexOf(values, cause.Measure.Extreme!.Value.IsLargest ? values.Max() : values.Min()) : null;

    // Whether it is already seen before the turning point.
    private bool IsOutsideBefore(Cause cause, int turning)
    {
        double[] before = [.. Curve(cause)!.Take(turning + 1)];
        return cause.Band.Excess(cause.Measure.Extreme!.Value.IsLargest ? before.Max() : before.Min()) != 0;
    }

    private double[]? Curve(Cause cause) => cause.Measure.Extreme is { } extreme && track?.Arms.FirstOrDefault(arm => arm.Side == cause.Sides[0]) is { } arm ? extreme.Curve(arm) : null;

    private static (RepetitionPhase Phase, int From, int To) Phased(RepetitionPhase phase, (int From, int To) frames) => (phase, frames.From, frames.To);

    // Around the largest value, as long as it stays beyond what is good.
    private static (int From, int To) Exceeded(double[] values, double limit)
    {
        var peak = Array.IndexOf(values, values.Max());
        var (from, to) = (peak, peak);
        while (from > 0 && values[from - 1] > limit)
        {
            from--;
        }

        while (to + 1 < values.Length && values[to + 1] > limit)
        {
            to++;
        }

        return (from, to);
    }

    private static (int From, int To) Around(RepetitionPhases parts, double share) => (FirstAbove(parts, share), LastAbove(parts, share));

    private static int FirstAbove(RepetitionPhases parts, double share)
    {
        var frame = parts.Turning;
        while (frame > 0 && parts.Share(frame - 1) >= share)
        {
            frame--;
        }

        return frame;
    }

    private static int LastAbove(RepetitionPhases parts, double share)
    {
        var frame = parts.Turning;
        while (frame + 1 < parts.FrameCount && parts.Share(frame + 1) >= share)
        {
            frame++;
        }

        return frame;
    }
}
