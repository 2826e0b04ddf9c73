using Spotter.Explanation;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>A finding with the time for which it has the picture to itself: its text, the ring around its joint and, at its moment, the angle and the ghost.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="ShowFrom">Seconds from the start of the clip.</param>
/// <param name="ShowTo">Seconds from the start of the clip.</param>
internal sealed record Callout(Finding Finding, double ShowFrom, double ShowTo)
{
    private const double ShortestMomentSeconds = 0.6;

    /// <summary>From when the body shows what is meant.</summary>
    public double MomentFrom => Math.Max(Finding.StartSeconds, ShowFrom);

    /// <summary>Until when the body shows what is meant; reading takes longer, but then the body is elsewhere. Not after it began where the moment was missed.</summary>
    public double MomentTo => Math.Min(Math.Max(Finding.EndSeconds, Finding.StartSeconds + ShortestMomentSeconds), ShowTo);
}

/// <summary>
/// When the findings are shown: one at a time, each from its own moment on, for as long as reading takes or until the moment of the next one. What was
/// not said in another repetition goes first, then what the report names first. What finds no moment of its own anywhere is said just after it, or left to the closing card.
/// </summary>
internal static class CalloutSchedule
{
    private const double ShortestSeconds = 1.2;
    private const double SecondsPerLetter = 0.04;
    private const double SecondsPerIdeograph = 0.12;
    private const char FirstIdeograph = '\u2E80';
    private const double LongestSeconds = 3;

    // How much of a moment must be left when it begins to be shown, and how long after it one may still speak of it.
    private const double LeastOfMoment = 0.3;
    private const double LatestAfterMoment = 0.5;
    private const int MostForARepetition = 3;

    /// <summary>Makes the schedule of a clip, in the order of time.</summary>
    public static IReadOnlyList<Callout> Make(Report report)
    {
        var placed = new List<Callout>();
        var waiting = report.Repetitions.SelectMany(repetition => repetition.Findings.Take(MostForARepetition).Index()).OrderBy(said => said.Item.StartSeconds).ToList();
        var left = new List<(int Place, Finding Finding)>();
        while (waiting.Count > 0)
        {
            var next = waiting.OrderBy(said => TimesSaid(placed, said.Item)).ThenBy(said => said.Index).First();
            waiting.Remove(next);
            var finding = next.Item;
            if (!TryPlace(placed, finding, finding.StartSeconds, Math.Max(finding.StartSeconds, finding.EndSeconds - LeastOfMoment)))
            {
                left.Add(next);
            }
        }

        foreach (var (_, finding) in left.OrderBy(said => said.Place).Where(said => TimesSaid(placed, said.Finding) == 0))
        {
            TryPlace(placed, finding, finding.StartSeconds, finding.EndSeconds + LatestAfterMoment);
        }

        placed.Sort((one, other) => one.ShowFrom.CompareTo(other.ShowFrom));
        return [.. placed.Select((callout, index) => Lengthened(callout, index + 1 < placed.Count ? placed[index + 1].ShowFrom : double.PositiveInfinity))];
    }

    private static int TimesSaid(List<Callout> placed, Finding finding) => placed.Count(callout => RepeatedFinding.IsSame(callout.Finding, finding));

    private static bool TryPlace(List<Callout> placed, Finding finding, double earliest, double latest)
    {
        foreach (var from in placed.Select(callout => callout.ShowTo).Append(earliest).Where(time => time >= earliest && time <= latest).Order())
        {
            if (placed.TrueForAll(callout => callout.ShowTo <= from || callout.ShowFrom >= from + ShortestSeconds))
            {
                placed.Add(new Callout(finding, from, from + ShortestSeconds));
                return true;
            }
        }

        return false;
    }

    private static Callout Lengthened(Callout callout, double next)
    {
        var reading = Math.Clamp(
            (callout.Finding.Advice ?? callout.Finding.Text).Sum(character => character >= FirstIdeograph ? SecondsPerIdeograph : SecondsPerLetter), ShortestSeconds, LongestSeconds);
        var moment = Math.Min(callout.Finding.EndSeconds - callout.ShowFrom, LongestSeconds);
        return callout with { ShowTo = Math.Min(callout.ShowFrom + Math.Max(reading, moment), next) };
    }
}
