using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>A report's verdict in words; kinder than one word where the set is good and a repetition is not.</summary>
public static class VerdictText
{
    /// <summary>The verdict in a sentence.</summary>
    public static string Sentence(Report report) => Say("verdict.", report);

    /// <summary>The verdict as a heading.</summary>
    public static string Headline(Report report) => Say("overlay.headline.", report);

    /// <summary>What the verdict rests on, and how often it is wrong about correct repetitions.</summary>
    public static string RestsOn(PackSummary pack) => pack.FalseAlarmInterval is [var low, var high]
        ? Texts.Format("report.rests-on.interval", pack.TrainedOnRepetitions, pack.Sessions, pack.FalseAlarmRate, low, high)
        : Texts.Format("report.rests-on", pack.TrainedOnRepetitions, pack.Sessions, pack.FalseAlarmRate);

    /// <summary>Whether the set was held against too few good repetitions to call anything wrong.</summary>
    public static bool IsOpen(Report report) => report.Notes.Any(note => note.Code == NoteCodes.TooFewExamples);

    private static string Say(string prefix, Report report)
    {
        if (report.Verdict != Verdict.Correct)
        {
            return Texts.Get(prefix + report.Verdict);
        }

        if (IsOpen(report))
        {
            return Texts.Get(prefix + "Open");
        }

        int[] odd = [.. report.Repetitions.Where(repetition => repetition.Verdict == Verdict.Incorrect).Select(repetition => repetition.Index)];
        var judged = report.Repetitions.Count(repetition => repetition.Verdict != Verdict.CannotJudge);
        return odd.Length switch
        {
            0 when judged < report.Repetitions.Count => Texts.Format(prefix + "Part", judged, report.Repetitions.Count),
            0 => Texts.Get(prefix + (report.Watch || report.Repetitions.Any(repetition => repetition.Watch) ? "Watch" : nameof(Verdict.Correct))),
            1 => Texts.Format(prefix + "Look.one", odd[0]),
            _ => Texts.Format(prefix + "Look.many", Texts.Join(odd.Select(index => Texts.Format("overlay.number", index)))),
        };
    }
}
