using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Turns deviations of one repetition into findings: joint, time span and a sentence.</summary>
internal sealed class FindingWording(JudgedRepetition judged, ExerciseDefinition exercise)
{
    private readonly RepetitionPhases? phases = RepetitionPhases.Find(judged.Skeleton, judged.Repetition, judged.View, exercise);

    public Finding Write(Deviation deviation)
    {
        var (measure, band) = (deviation.Measure, deviation.Band);
        var sides = Sides(deviation);
        var joint = BodyPart.TryParse(measure.Part, out var right) ? sides[0].Of(right) : Joint.Neck;
        var (start, end) = Span(measure.Phase);
        var who = sides.Count == 1 ? Texts.Get("joint." + joint.Name()) : Texts.Get($"part.{measure.Part}.both");
        var advice = Texts.Format($"finding.{measure.Name}.{(deviation.IsLow ? "low" : "high")}", who);
        return new Finding(
            joint.Name(),
            measure.Phase.ToString().ToLowerInvariant(),
            start,
            end,
            measure.Name,
            deviation.Value,
            [band.Low, band.High],
            deviation.Contribution,
            advice + Evidence(measure, band, deviation.Value));
    }

    /// <summary>The sides that lie outside the band, the worse one first; one side for a measure of the whole body.</summary>
    private List<BodySide> Sides(Deviation deviation)
    {
        if (!deviation.Measure.PerArm)
        {
            return [judged.View.NearSide];
        }

        List<BodySide> outside = [.. BodySides.Both.Where(side => Excess(side) > 0).OrderByDescending(Excess)];
        return outside.Count > 0 ? outside : [.. BodySides.Both.Where(side => !double.IsNaN(Excess(side))).Take(1)];

        double Excess(BodySide side)
        {
            var value = judged.Measures[deviation.Measure.Name, side];
            return deviation.IsLow ? deviation.Band.Low - value : value - deviation.Band.High;
        }
    }

    /// <summary>When the phase happens; of a phase that comes twice (the bottom of a press), the first time.</summary>
    private (double Start, double End) Span(RepetitionPhase phase)
    {
        var (first, last) = (0, judged.Repetition.FrameCount - 1);
        if (phases is not null && phase != RepetitionPhase.Whole)
        {
            while (first < last && phases[first] != phase)
            {
                first++;
            }

            for (last = first; last + 1 < judged.Repetition.FrameCount && phases[last + 1] == phase;)
            {
                last++;
            }
        }

        var times = judged.Skeleton.Timestamps;
        return (times[judged.Repetition.StartFrame + first], times[judged.Repetition.StartFrame + last]);
    }

    private static string Evidence(Measure measure, MeasureBand band, double value) => Texts.Format(
        Amounts.IsEstimated(measure.Unit) ? "finding.evidence.estimated" : "finding.evidence",
        Texts.Get("measure." + measure.Name),
        Amounts.Text(measure.Unit, value),
        Amounts.Range(measure.Unit, band.Low, band.High));
}
