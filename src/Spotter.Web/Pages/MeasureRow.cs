using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages;

/// <summary>One measure over the repetitions of a clip, in words that agree with the verdict and the findings.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Values">A value for each repetition, and whether it lies where the measure is a fault; never in a good repetition of a good set.</param>
/// <param name="Expected">The values of good repetitions.</param>
internal sealed record MeasureRow(string Name, IReadOnlyList<(string Text, bool IsOff)> Values, string Expected)
{
    public static IReadOnlyList<MeasureRow> Of(Report report, Insight insight) => [.. insight.Measures.Select(set => Describe(set, report))];

    private static MeasureRow Describe(MeasuredSet set, Report report)
    {
        if (MeasureCatalogue.Find(set.Measure) is not { } measure)
        {
            return new MeasureRow(set.Measure, [.. set.Values.Select(value => (Known(value, Amounts.Text(set.Unit, value)), false))], Amounts.Range(set.Unit, set.Low, set.High));
        }

        var view = report.View ?? View.Front;
        return new MeasureRow(
            MeasureAmounts.Name(measure, set.High, view),
            [.. report.Repetitions.Zip(set.Worst ?? set.Values, Cell)],
            MeasureAmounts.Range(measure, set.Low, set.High, view));

        (string Text, bool IsOff) Cell(RepetitionReport repetition, double value)
        {
            // What a finding says of it stands above the table.
            var told = repetition.Findings.FirstOrDefault(finding => finding.Measure == set.Measure);
            var shown = told?.Value ?? value;
            var isGood = repetition.Verdict == Verdict.CannotJudge || (repetition.Verdict == Verdict.Correct && report.Verdict == Verdict.Correct);
            return (Known(shown, MeasureAmounts.Value(measure, shown, view)), !isGood && (told is not null || (set.IsJudged && IsSeenOff(shown))));
        }

        // A number that reads like the end of the good ones is not off.
        bool IsSeenOff(double value)
        {
            var excess = set.Excess(value);
            return excess != 0 && Amounts.Text(set.Unit, value) != Amounts.Text(set.Unit, value - excess);
        }
    }

    private static string Known(double value, string text) => double.IsNaN(value) ? "–" : text;
}
