using Spotter.Packs;
using Spotter.Poses;
using Spotter.Skeletons;

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
        };
    }
}
