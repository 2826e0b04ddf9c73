using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;

namespace Spotter.Explanation;

/// <summary>
/// Says what is off in a repetition. First the measures that lie outside the band of correct repetitions, ranked by how much of the anomaly goes
/// away when each is put back into its band; where no measure does, the joint whose path strays furthest.
/// </summary>
public static class Findings
{
    /// <summary>Most findings for one repetition: nobody changes four things at once.</summary>
    public const int Most = 3;

    /// <summary>The report on a judged repetition, with what is off: up to three findings when it is incorrect, one remark when it is to be watched.</summary>
    /// <param name="judge">What judged it.</param>
    /// <param name="judged">The repetition.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="index">Number of the repetition, from 1.</param>
    public static RepetitionReport Report(RepetitionJudge judge, JudgedRepetition judged, ExerciseDefinition exercise, int index)
    {
        var pValue = judged.Score.PValue(judge.Method);
        var (verdict, watch) = judge.Grade(pValue);
        var times = judged.Skeleton.Timestamps;
        var most = verdict == Verdict.Incorrect ? Most : watch ? 1 : 0;
        return new RepetitionReport
        {
            Index = index,
            StartSeconds = times[judged.Repetition.StartFrame],
            TurningSeconds = times[judged.Repetition.TurningFrame],
            EndSeconds = times[judged.Repetition.EndFrame - 1],
            Verdict = verdict,
            Watch = watch,
            Score = judged.Score.Network.Score,
            PValue = pValue,
            Branches = judged.Score.Branches,
            Findings = most == 0 ? [] : Find(judge.Model, judged, exercise, most),
        };
    }

    private static IReadOnlyList<Finding> Find(ViewModel model, JudgedRepetition judged, ExerciseDefinition exercise, int most)
    {
        var deviations = Deviation.Find(model, judged);
        if (deviations.Count == 0)
        {
            return [PathFinding.Find(model, judged)];
        }

        var wording = new FindingWording(judged, exercise);
        return
        [
            .. deviations.DistinctBy(deviation => deviation.Cause)
                .Take(most)
                .Select(wording.Write),
        ];
    }
}
