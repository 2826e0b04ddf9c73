using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Scoring;

namespace Spotter.Explanation;

/// <summary>When in a repetition a cause can be seen.</summary>
internal sealed class FindingSpan(JudgedRepetition judged, ExerciseDefinition exercise)
{
    // Arms that differ at the top do so for most of the way.
    private const double ComparedFrom = 0.4;
    private const double HalfWay = 0.5;
    private const double AtTop = 0.85;

    private readonly RepetitionPhases? phases = RepetitionPhases.Find(judged.Skeleton, judged.Repetition, judged.View, exercise);
    private readonly BodyTrack? track = BodyTrack.Follow(judged.Skeleton, judged.Repetition, judged.View, exercise);

    /// <summary>From when to when, seconds from the start of the clip.</summary>
    public (double Start, double End) Of(Cause cause)
    {
        var last = judged.Repetition.FrameCount - 1;
        var (from, to) = phases is null ? (0, last) : Frames(cause, phases, last);
        var times = judged.Skeleton.Timestamps;
        return (times[judged.Repetition.StartFrame + from], times[judged.Repetition.StartFrame + to]);
    }

    private (int From, int To) Frames(Cause cause, RepetitionPhases parts, int last)
    {
        if (cause.Measure.Curve is { } curve && track is not null)
        {
            var values = curve(track);
            return Exceeded(values, cause.Measure.Phase == RepetitionPhase.Up || cause.Measure.Part == "hip" ? values.Max() / 2 : cause.Band.High);
        }

        return cause.Measure.Phase switch
        {
            RepetitionPhase.Top when cause.Measure.ComparesArms => Around(parts, ComparedFrom),
            RepetitionPhase.Top => Around(parts, AtTop),
            RepetitionPhase.Bottom => (0, FirstAbove(parts, HalfWay)),
            RepetitionPhase.Up when cause.Measure.PerArm => (0, FirstAbove(parts, cause.Measure.Unit == "fraction" ? HalfWay : AtTop)),
            _ => (0, last),
        };
    }

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

    private static (int From, int To) Around(RepetitionPhases parts, double share)
    {
        var (from, to) = (parts.Turning, parts.Turning);
        while (from > 0 && parts.Share(from - 1) >= share)
        {
            from--;
        }

        while (to + 1 < parts.FrameCount && parts.Share(to + 1) >= share)
        {
            to++;
        }

        return (from, to);
    }

    private static int FirstAbove(RepetitionPhases parts, double share)
    {
        var frame = parts.Turning;
        while (frame > 0 && parts.Share(frame - 1) >= share)
        {
            frame--;
        }

        return frame;
    }
}
