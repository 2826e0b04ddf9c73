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
internal sealed class CalloutSchedule
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

    private readonly List<Callout> placed = []; // in the order of time
    private readonly List<CalloutTopic> topics;

    private CalloutSchedule(Report report) => topics = CalloutTopic.Of(report.Repetitions.SelectMany(repetition => repetition.Findings.Take(MostForARepetition).Index()));

    /// <summary>Makes the schedule of a clip, in the order of time.</summary>
    public static IReadOnlyList<Callout> Make(Report report)
    {
        var schedule = new CalloutSchedule(report);
        schedule.Fill();
        return [.. schedule.placed.Zip(schedule.placed.Skip(1).Select(next => next.ShowFrom).Append(double.PositiveInfinity), Lengthened)];
    }

    private void Fill()
    {
        var waiting = new PriorityQueue<CalloutTopic, (int TimesSaid, int Place, int Order)>(topics.Select(topic => (topic, topic.Rank)));
        var left = new List<(CalloutTopic Topic, int Place, Finding Finding)>();
        while (waiting.TryDequeue(out var topic, out var rank))
        {
            // Where it was said in between, others may come first.
            if (rank == topic.Rank)
            {
                var (finding, place, _) = topic.Waiting.Dequeue();
                if (!TryPlace(finding, finding.StartSeconds, Math.Max(finding.StartSeconds, finding.EndSeconds - LeastOfMoment)))
                {
                    left.Add((topic, place, finding));
                }
            }

            if (topic.Waiting.Count > 0)
            {
                waiting.Enqueue(topic, topic.Rank);
            }
        }

        foreach (var (_, _, finding) in left.OrderBy(one => one.Place).Where(one => one.Topic.TimesSaid == 0))
        {
            TryPlace(finding, finding.StartSeconds, finding.EndSeconds + LatestAfterMoment);
        }
    }

    private bool TryPlace(Finding finding, double earliest, double latest)
    {
        // Those from here on are not over yet.
        var (next, end) = (0, placed.Count);
        while (next < end)
        {
            var middle = (next + end) / 2;
            (next, end) = placed[middle].ShowTo <= earliest ? (middle + 1, end) : (next, middle);
        }

        var from = earliest;
        for (; next < placed.Count && placed[next].ShowFrom < from + ShortestSeconds; next++)
        {
            from = placed[next].ShowTo;
        }

        if (from > latest)
        {
            return false;
        }

        placed.Insert(next, new Callout(finding, from, from + ShortestSeconds));
        foreach (var topic in topics.Where(topic => RepeatedFinding.IsSame(topic.First, finding)))
        {
            topic.TimesSaid++;
        }

        return true;
    }

    private static Callout Lengthened(Callout callout, double next)
    {
        var reading = Math.Clamp(
            (callout.Finding.Advice ?? callout.Finding.Text).Sum(character => character >= FirstIdeograph ? SecondsPerIdeograph : SecondsPerLetter), ShortestSeconds, LongestSeconds);
        var moment = Math.Min(callout.Finding.EndSeconds - callout.ShowFrom, LongestSeconds);
        return callout with { ShowTo = Math.Min(callout.ShowFrom + Math.Max(reading, moment), next) };
    }
}
