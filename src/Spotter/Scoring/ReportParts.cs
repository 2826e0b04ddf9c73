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
    // How many times longer than any good repetition the ways up and down must take, in all repetitions, to suspect slow motion.
    private const double SuspiciousTimes = 2;

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
    /// <param name="measured">What was measured on the judged ones.</param>
    /// <param name="leftOut">Number of swings that are another movement.</param>
    /// <param name="small">Movements that are too small to count; null where there are none.</param>
    public static Report Judged(
        this Report report,
        ExercisePack pack,
        RepetitionJudge judge,
        IReadOnlyList<RepetitionReport> repetitions,
        IReadOnlyList<MeasureVector> measured,
        int leftOut = 0,
        SmallMovements? small = null)
    {
        var (calibration, fusion) = (judge.Model.Network.Calibration, judge.Model.Fusion.Calibration);
        var pValue = SetTest.PValue(repetitions.Select(repetition => repetition.PValue).OfType<double>());
        var (verdict, watch) = judge.Grade(pValue);
        return report with
        {
            Pack = new PackSummary(pack.Version, calibration.Count, calibration.SessionCount, pack.Backbone.Name, pack.FalseAlarmRate)
            {
                FalseAlarmInterval = fusion.Supports(pack.FalseAlarmRate) && fusion.FalseAlarmInterval(pack.FalseAlarmRate) is var (low, high) ? [low, high] : null,
            },
            Verdict = verdict,
            Watch = watch,
            Score = repetitions.Min(repetition => repetition.Score),
            PValue = pValue,
            Repetitions = repetitions,
            Notes = [.. NotesOn(judge, repetitions, leftOut, small), .. NotesOnTempo(judge, measured)],
            Unseen = UnseenIn(pack.Definition, judge.Model.View, measured),
        };
    }

    private static IEnumerable<Note> NotesOn(RepetitionJudge judge, IReadOnlyList<RepetitionReport> repetitions, int leftOut, SmallMovements? small)
    {
        var calibration = judge.Model.Fusion.Calibration;
        if (!calibration.Supports(judge.FalseAlarmRate))
        {
            yield return Of(NoteCodes.TooFewExamples, calibration.Count, ConformalCalibration.MinimumRepetitions(judge.FalseAlarmRate) - calibration.Count);
        }

        if (small is not null)
        {
            yield return Of(NoteCodes.MovementsTooSmall, small.Swings.Count, 100 * small.Share);
        }

        if (leftOut > 0)
        {
            yield return Of(NoteCodes.MovementsLeftOut, leftOut);
        }

        if (repetitions.Count(repetition => repetition.Verdict == Verdict.CannotJudge) is > 0 and var unjudged)
        {
            yield return Of(NoteCodes.RepetitionsNotJudged, unjudged, repetitions.Count);
        }

            }

    private static Note Of(string code, params IReadOnlyList<SentencePart> parts)
    {
        var said = new Sentence("note." + code, parts);
        return new Note(code, said.Say()) { Said = said };
    }

    private static IEnumerable<Note> NotesOnTempo(RepetitionJudge judge, IReadOnlyList<MeasureVector> measured)
    {
        if (judge.IsSlowMotion)
        {
            yield return Of(NoteCodes.SlowMotion);
        }
        else if (Lasting() is { Length: > 0 } bands && measured.All(values => Array.TrueForAll(bands, band => values[band.Measure] > SuspiciousTimes * band.High)))
        {
            yield return Of(NoteCodes.PerhapsSlowMotion, SuspiciousTimes);
        }

        // Whoever lifts slowly still lifts, and lowers, in the time of a few others.
        MeasureBand[] Lasting() => [.. judge.Model.Bands.Where(band => band.Measure is "seconds-up" or "seconds-down")];
    }

    // Faults that the exercise's measures tell, but none of those that could be taken here: the view hides them, or part of the body is outside the picture. Haste that no judged
    // measure tells is among them, as the network sees every repetition in the same number of frames.
    private static Unseen? UnseenIn(ExerciseDefinition exercise, View view, IReadOnlyList<MeasureVector> measured)
    {
        var told = Listed(exercise, view).Where(measure => IsTaken(measure) && (!measure.IsTempo || exercise.Measures[view].Contains(measure.Name))).SelectMany(Faults).ToHashSet(StringComparer.Ordinal);
        (string Fault, Measure Measure)[] hidden =
        [
            .. exercise.Measures.Keys.Concat(exercise.Remarks.Keys).Distinct().SelectMany(known => Listed(exercise, known))
                .SelectMany(measure => Faults(measure).Select(fault => (fault, measure))).Where(pair => !told.Contains(pair.fault)).DistinctBy(pair => pair.fault),
        ];
        var said = new Sentence("report.unseen", SentencePart.Names(hidden.Select(pair => "fault." + pair.Fault)));
        return hidden.Length == 0 ? null : new Unseen([.. hidden.Select(pair => pair.Measure.Name).Distinct(StringComparer.Ordinal)], said.Say()) { Said = said };

        bool IsTaken(Measure measure) => measure.Views.Contains(view) && measured.Any(values => double.IsFinite(values[measure.Name]));
    }

    private static IEnumerable<Measure> Listed(ExerciseDefinition exercise, View view) =>
        exercise.Measures.GetValueOrDefault(view, []).Concat(exercise.Remarks.GetValueOrDefault(view, [])).Select(MeasureCatalogue.Get);

    private static IEnumerable<string> Faults(Measure measure) => new[] { measure.FaultBelow, measure.FaultAbove }.OfType<string>();
}
