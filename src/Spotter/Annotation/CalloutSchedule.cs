using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>A finding with the time for which its text stays on the picture.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="ShowFrom">Seconds from the start of the clip.</param>
/// <param name="ShowTo">Seconds from the start of the clip.</param>
internal sealed record Callout(Finding Finding, double ShowFrom, double ShowTo)
{
    private const double ShortestMarkSeconds = 0.6;
    private const double LongestMoment = 1.5;

    /// <summary>From when the joint is marked: at the moment of the finding, but for a long one only while its text is shown.</summary>
    public double MarkFrom => Finding.EndSeconds - Finding.StartSeconds <= LongestMoment ? Finding.StartSeconds : ShowFrom;

    /// <summary>Until when the joint is marked; reading takes longer, but then the body is elsewhere.</summary>
    public double MarkTo => Finding.EndSeconds - Finding.StartSeconds <= LongestMoment
        ? Math.Max(Finding.EndSeconds, Finding.StartSeconds + ShortestMarkSeconds)
        : Math.Min(Finding.EndSeconds, ShowTo);
}

/// <summary>
/// When the texts of the findings are shown: from their moment on, one at a time, for as long as reading takes. One that would come long after
/// its moment is left to the closing card.
/// </summary>
internal static class CalloutSchedule
{
    private const double ShortestSeconds = 1.2;
    private const double SecondsPerCharacter = 0.04;
    private const double LongestSeconds = 3;
    private const double LatestAfterMoment = 1.5;
    private const int MostForARepetition = 3;

    /// <summary>Makes the schedule of a clip, in the order of time.</summary>
    public static IReadOnlyList<Callout> Make(Report report)
    {
        var callouts = new List<Callout>();
        var moments = report.Repetitions
            .SelectMany(repetition => repetition.Findings.Take(MostForARepetition))
            .OrderBy(finding => finding.StartSeconds)
            .ThenByDescending(finding => finding.Contribution);
        foreach (var finding in moments)
        {
            var from = finding.StartSeconds;
            if (callouts.Count > 0 && callouts[^1] is var last && last.ShowTo > from)
            {
                // The last one makes room as soon as it had the time that it needs at least.
                from = Math.Max(from, last.ShowFrom + ShortestSeconds);
                if (from > finding.EndSeconds + LatestAfterMoment)
                {
                    continue;
                }

                callouts[^1] = last with { ShowTo = Math.Min(last.ShowTo, from) };
            }

            var reading = Math.Clamp(finding.Text.Length * SecondsPerCharacter, ShortestSeconds, LongestSeconds);
            callouts.Add(new Callout(finding, from, Math.Max(finding.EndSeconds, from + reading)));
        }

        return callouts;
    }
}
