using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages;

/// <summary>The same thing to change, in all the repetitions where it was found.</summary>
/// <param name="Text">The sentence, from the repetition where it is worst.</param>
/// <param name="IsStored">Whether the sentence is in the language of whoever handed in the clip, and not in the reader's.</param>
/// <param name="Measure">What was measured, in words; null for a path that no measure describes.</param>
/// <param name="Value">The value, in words.</param>
/// <param name="Expected">The values of good repetitions, in words.</param>
/// <param name="Gauge">The same as a drawing; null where nothing was measured.</param>
/// <param name="Worst">The repetition of the sentence.</param>
/// <param name="Seconds">Its moment.</param>
/// <param name="Picture">File of its still.</param>
/// <param name="Correct">File of the picture of the right position; there is none where the fault has no place.</param>
/// <param name="Others">All repetitions with their moment, and their value where the same was measured, in order.</param>
/// <param name="IsRemark">Whether it is only worth a look, on repetitions that were good.</param>
internal sealed record FindingGroup(
    string Text, bool IsStored, string? Measure, string? Value, string? Expected, Gauge? Gauge, int Worst, double Seconds, string Picture, string Correct,
    IReadOnlyList<(int Repetition, string Value, double Seconds)> Others, bool IsRemark)
{
    public static IReadOnlyList<FindingGroup> Of(Report report) =>
    [
        .. RepeatedFinding.Of(report.Repetitions).Select(thing => Describe(thing, report)).OrderBy(group => group.IsRemark),
    ];

    private static FindingGroup Describe(RepeatedFinding thing, Report report)
    {
        var (said, view) = (thing.Said, report.View ?? View.Front);
        var (text, isStored) = ReaderText.Of(said.Finding, report);
        var measure = MeasureCatalogue.Find(said.Finding.Measure);
        return new FindingGroup(
            text,
            isStored,
            measure is null ? null : MeasureAmounts.Name(measure, said.Finding.Expected[1], view),
            measure is null ? null : Rough(measure, MeasureAmounts.Value(measure, said.Finding.Value, view)),
            measure is null ? null : MeasureAmounts.Range(measure, said.Finding.Expected[0], said.Finding.Expected[1], view),
            measure is null ? null : Gauge.Of(said.Finding.Value, said.Finding.Expected[0], said.Finding.Expected[1]),
            said.Repetition.Index,
            Stills.MiddleOf(said.Finding),
            ResultFiles.Still(said.Repetition.Index, said.Place + 1),
            ResultFiles.Correct(said.Repetition.Index, said.Place + 1),
            [.. thing.All.Select(found => (found.Repetition.Index, Value(found.Finding), Stills.MiddleOf(found.Finding)))],
            thing.All.All(found => found.Repetition.Verdict != Verdict.Incorrect));

        string Rough(Measure named, string value) => Amounts.IsEstimated(named.Unit) ? PageTexts.Format("result.about", value) : value;

        // Another measure of the same thing would be a number without a name.
        string Value(Finding finding) => measure is null || finding.Measure != measure.Name ? "" : Amounts.Text(measure.Unit, finding.Value);
    }
}

/// <summary>Where a value lies beside the range of good ones, on a line from 0 to 100.</summary>
/// <param name="Low">Lower end of the good values.</param>
/// <param name="High">Upper end of the good values.</param>
/// <param name="Value">The value.</param>
internal sealed record Gauge(double Low, double High, double Value)
{
    private const double Margin = 12;

    public static Gauge Of(double value, double low, double high)
    {
        var (from, to) = (Math.Min(value, low), Math.Max(value, high));
        double Place(double at) => Margin + ((100 - (2 * Margin)) * (at - from) / Math.Max(1e-9, to - from));
        return new Gauge(Place(low), Place(high), Place(value));
    }
}
