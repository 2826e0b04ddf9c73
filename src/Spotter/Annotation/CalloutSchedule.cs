using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>A finding with the time for which its text stays on the picture.</summary>
/// <param name="Repetition">The repetition in which it was made.</param>
/// <param name="Finding">The finding.</param>
/// <param name="ShowFrom">Seconds from the start of the clip.</param>
/// <param name="ShowTo">Seconds from the start of the clip.</param>
internal sealed record Callout(RepetitionReport Repetition, Finding Finding, double ShowFrom, double ShowTo);

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
            .SelectMany(repetition => repetition.Findings.Take(MostForARepetition).Select(finding => (repetition, finding)))
            .OrderBy(moment => moment.finding.StartSeconds)
            .ThenByDescending(moment => moment.finding.Contribution);
        foreach (var (repetition, finding) in moments)
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
            callouts.Add(new Callout(repetition, finding, from, Math.Max(finding.EndSeconds, from + reading)));
        }

        return callouts;
    }
}
