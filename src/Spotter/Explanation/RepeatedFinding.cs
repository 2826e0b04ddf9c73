using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>A finding with the repetition it is about.</summary>
/// <param name="Repetition">The repetition.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Place">Its place among those of the repetition, 0 for the first.</param>
public readonly record struct PlacedFinding(RepetitionReport Repetition, Finding Finding, int Place)
{
    internal bool IsLow => Finding.Value < Finding.Expected[0];

    internal double Excess => Math.Max(Finding.Expected[0] - Finding.Value, Finding.Value - Finding.Expected[1]);
}

/// <summary>One thing to change, with all the repetitions in which it was found, in whichever measure it shows there: what has one cause is said once.</summary>
public sealed class RepeatedFinding
{
    private readonly List<PlacedFinding> all = [];

    private RepeatedFinding(IEnumerable<PlacedFinding> first) => all.AddRange(first);

    /// <summary>The findings in the order of the repetitions.</summary>
    public IReadOnlyList<PlacedFinding> All => [.. all.OrderBy(found => found.Repetition.Index)];

    /// <summary>Its repetitions in words.</summary>
    public string Where => Texts.Format(all.Count == 1 ? "overlay.reps.one" : "overlay.reps.many", Texts.Join(All.Select(found => Texts.Format("overlay.number", found.Repetition.Index))));

    /// <summary>The one to say: of what leads, what is true of both arms before what is true of one, then the worst.</summary>
    public PlacedFinding Said => all.Where(found => found.Finding.Measure == all[0].Finding.Measure)
        .MaxBy(found => (found.Finding.Arms?.Count ?? 0, found.Repetition.Verdict == Verdict.Incorrect ? 1 : 0, found.Excess));

    private double Weight => all.Sum(found => FindingOrder.Weight(found.Place));

    /// <summary>The things to change over some repetitions, the most important first.</summary>
    public static IReadOnlyList<RepeatedFinding> Of(IEnumerable<RepetitionReport> repetitions)
    {
        List<RepeatedFinding> things = [];
        var measured = repetitions
            .SelectMany(repetition => repetition.Findings.Select((finding, place) => new PlacedFinding(repetition, finding, place)))
            .GroupBy(found => (found.Finding.Measure, found.IsLow))
            .Select(group => group.ToArray())
            .OrderByDescending(group => group.Sum(found => FindingOrder.Weight(found.Place)));
        foreach (var found in measured.SelectMany(group => group.OrderByDescending(found => found.Finding.Arms?.Count ?? 0)))
        {
            // Two findings of one repetition are two things.
            if (things.Find(thing => IsSame(thing.all[0].Finding, found.Finding) && thing.all.TrueForAll(other => other.Repetition != found.Repetition)) is { } known)
            {
                known.all.Add(found);
            }
            else
            {
                things.Add(new RepeatedFinding([found]));
            }
        }

        return [.. things.OrderByDescending(thing => thing.Weight)];
    }

    /// <summary>Whether two findings are about the same thing, so that one sentence does for both.</summary>
    public static bool IsSame(Finding one, Finding other)
    {
        if (MeasureCatalogue.Find(one.Measure) is not { } measure || MeasureCatalogue.Find(other.Measure) is not { } otherMeasure)
        {
            return one.Measure == other.Measure && one.Joint == other.Joint && (one.Shift is not [var x, var y] || other.Shift is not [var a, var b] || (x * a) + (y * b) >= 0);
        }

        return (one.Arms is null || other.Arms is null || one.Arms.Intersect(other.Arms, StringComparer.Ordinal).Any())
            && CauseGroups.AreSame((measure, one.Value < one.Expected[0], one.Arms?.Count == 1), (otherMeasure, other.Value < other.Expected[0], other.Arms?.Count == 1));
    }
}
