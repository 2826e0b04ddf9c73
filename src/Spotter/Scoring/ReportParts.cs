using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>Puts reports together.</summary>
public static class ReportParts
{
    /// <summary>The report on a clip that nothing has been said about yet.</summary>
    public static Report Unjudged(PoseTrack track) => new()
    {
        Verdict = Verdict.CannotJudge,
        Video = new VideoSummary(track.Width, track.Height, track.Skeleton.FramesPerSecond, track.Skeleton.FrameCount, track.FramesWithPose),
        Timing = new Timing(track.DecodeSeconds, track.PoseSeconds, 0, 0, track.DecodeSeconds + track.PoseSeconds),
    };

    /// <summary>A repetition that cannot be judged.</summary>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="repetition">Its frames.</param>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="reasons">Why.</param>
    public static RepetitionReport Unjudged(SkeletonSequence skeleton, Repetition repetition, int index, IReadOnlyList<Reason> reasons) => new()
    {
        Index = index,
        StartSeconds = skeleton.Timestamps[repetition.StartFrame],
        TurningSeconds = skeleton.Timestamps[repetition.TurningFrame],
        EndSeconds = skeleton.Timestamps[repetition.EndFrame - 1],
        Verdict = Verdict.CannotJudge,
        Reasons = reasons,
        Score = null,
        PValue = null,
    };

    /// <summary>The report with its verdict, by the p-values of the judged repetitions together; its score is the lowest.</summary>
    /// <param name="report">The report on the clip.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="judge">What judged with it.</param>
    /// <param name="repetitions">All repetitions, of which at least one was judged.</param>
    /// <param name="leftOut">Number of swings that are another movement.</param>
    public static Report Judged(this Report report, ExercisePack pack, RepetitionJudge judge, IReadOnlyList<RepetitionReport> repetitions, int leftOut = 0)
    {
        var calibration = judge.Model.Network.Calibration;
        var pValue = SimesTest.PValue(repetitions.Select(repetition => repetition.PValue).OfType<double>());
        var (verdict, watch) = judge.Grade(pValue);
        return report with
        {
            Pack = new PackSummary(pack.Version, calibration.Count, calibration.SessionCount, pack.Backbone.Name, pack.FalseAlarmRate),
            Verdict = verdict,
            Watch = watch,
            Score = repetitions.Min(repetition => repetition.Score),
            PValue = pValue,
            Repetitions = repetitions,
            Notes = [.. NotesOn(judge, repetitions, leftOut)],
            Unseen = UnseenFrom(pack.Definition, judge.Model.View),
        };
    }

    private static IEnumerable<Note> NotesOn(RepetitionJudge judge, IReadOnlyList<RepetitionReport> repetitions, int leftOut)
    {
        var calibration = judge.Model.Fusion.Calibration;
        if (!calibration.Supports(judge.FalseAlarmRate))
        {
            yield return Of(NoteCodes.TooFewExamples, calibration.Count, ConformalCalibration.MinimumRepetitions(judge.FalseAlarmRate) - calibration.Count);
        }

        if (leftOut > 0)
        {
            yield return Of(NoteCodes.MovementsLeftOut, leftOut);
        }

        if (repetitions.Count(repetition => repetition.Verdict == Verdict.CannotJudge) is > 0 and var unjudged)
        {
            yield return Of(NoteCodes.RepetitionsNotJudged, unjudged, repetitions.Count);
        }

        static Note Of(string code, params object[] values) => new(code, Texts.Format("note." + code, values));
    }

    private static Unseen? UnseenFrom(ExerciseDefinition exercise, View view)
    {
        string[] measures =
        [
            .. exercise.Measures.Concat(exercise.Remarks).SelectMany(known => known.Value).Distinct().Select(MeasureCatalogue.Get)
                .Where(measure => !measure.Views.Contains(view)).DistinctBy(measure => measure.FaultAbove ?? measure.FaultBelow ?? measure.Name)
                .Select(measure => measure.Name),
        ];
        return measures.Length == 0
            ? null
            : new Unseen(measures, Texts.Format("report.unseen", Texts.Join(measures.Select(name => Texts.Get("measure." + name)))));
    }
}
