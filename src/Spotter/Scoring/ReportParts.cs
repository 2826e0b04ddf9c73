using Spotter.Exercises;
using Spotter.Measures;
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

    /// <summary>The report with its verdict: incorrect as soon as one repetition is; scores are those of the oddest repetition.</summary>
    public static Report Judged(this Report report, ExercisePack pack, View view, IReadOnlyList<RepetitionReport> repetitions)
    {
        var calibration = pack.Find(view)!.Network;
        return report with
        {
            Pack = new PackSummary(
                pack.Version, calibration.CalibrationScores.Length, calibration.CalibrationSessions.Distinct().Count(), pack.Backbone.Name, pack.FalseAlarmRate),
            Verdict = repetitions.Any(repetition => repetition.Verdict == Verdict.Incorrect) ? Verdict.Incorrect : Verdict.Correct,
            Score = repetitions.Min(repetition => repetition.Score),
            PValue = repetitions.Min(repetition => repetition.PValue),
            Repetitions = repetitions,
            Unseen = UnseenFrom(pack.Definition, view),
        };
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
