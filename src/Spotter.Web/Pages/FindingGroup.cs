using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages;

/// <summary>The same thing to change, in all the repetitions where it was found.</summary>
/// <param name="Text">The sentence, from the repetition where it matters most.</param>
/// <param name="Measure">What was measured, in words; null for a path that no measure describes.</param>
/// <param name="Value">The value, in words.</param>
/// <param name="Expected">The values of good repetitions, in words.</param>
/// <param name="Gauge">The same as a drawing; null where nothing was measured.</param>
/// <param name="Worst">The repetition of the sentence.</param>
/// <param name="Seconds">Its moment.</param>
/// <param name="Picture">File of its still.</param>
/// <param name="Correct">File of the picture of the right position; there is none where the fault has no place.</param>
/// <param name="Others">All repetitions with their value and moment, in order.</param>
/// <param name="IsRemark">Whether it is only worth a look, on repetitions that were good.</param>
internal sealed record FindingGroup(
    string Text, string? Measure, string? Value, string? Expected, Gauge? Gauge, int Worst, double Seconds, string Picture, string Correct,
    IReadOnlyList<(int Repetition, string Value, double Seconds)> Others, bool IsRemark)
{
    public static IReadOnlyList<FindingGroup> Of(Report report) =>
    [
        .. report.Repetitions
            .SelectMany(repetition => repetition.Findings.Select((finding, at) => (Repetition: repetition, Finding: finding, At: at + 1)))
            .GroupBy(found => (found.Finding.Measure, IsLow: found.Finding.Value < found.Finding.Expected[0], Joint: JointOf(found.Finding)))
            .OrderBy(group => group.All(found => found.Repetition.Verdict != Verdict.Incorrect))
            .ThenByDescending(group => group.Sum(found => FindingOrder.Weight(found.At - 1)))
            .Select(group => Describe([.. group], report.View ?? View.Front)),
    ];

    // What no measure describes is told apart by its joint.
    private static string JointOf(Finding finding) => MeasureCatalogue.Find(finding.Measure) is null ? finding.Joint : "";

    private static FindingGroup Describe((RepetitionReport Repetition, Finding Finding, int At)[] group, View view)
    {
        var worst = group.MaxBy(found => (found.Repetition.Verdict == Verdict.Incorrect ? 1 : 0, Excess(found.Finding)));
        var measure = MeasureCatalogue.Find(worst.Finding.Measure);
        return new FindingGroup(
            FindingAdvice.Of(worst.Finding),
            measure is null ? null : Texts.Find("measure." + worst.Finding.Measure),
            measure is null ? null : MeasureAmounts.Value(measure, worst.Finding.Value, view),
            measure is null ? null : MeasureAmounts.Range(measure, worst.Finding.Expected[0], worst.Finding.Expected[1], view),
            measure is null ? null : Gauge.Of(worst.Finding.Value, worst.Finding.Expected[0], worst.Finding.Expected[1]),
            worst.Repetition.Index,
            Stills.MiddleOf(worst.Finding),
            ResultFiles.Still(worst.Repetition.Index, worst.At),
            ResultFiles.Correct(worst.Repetition.Index, worst.At),
            [.. group.OrderBy(found => found.Repetition.Index).Select(found => (found.Repetition.Index, measure is null ? "" : Amounts.Text(measure.Unit, found.Finding.Value), Stills.MiddleOf(found.Finding)))],
            group.All(found => found.Repetition.Verdict != Verdict.Incorrect));
    }

    private static double Excess(Finding finding) => Math.Max(finding.Expected[0] - finding.Value, finding.Value - finding.Expected[1]);
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
