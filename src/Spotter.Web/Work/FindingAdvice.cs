using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Web.Work;

/// <summary>What a finding advises, without the numbers that a page shows beside it.</summary>
internal static class FindingAdvice
{
    /// <summary>The sentence without the evidence at its end; the whole sentence where it is in another language than the one spoken.</summary>
    public static string Of(Finding finding)
    {
        if (MeasureCatalogue.Find(finding.Measure) is not { } measure || Texts.Find("measure." + finding.Measure) is not { } name)
        {
            return finding.Text;
        }

        var evidence = Texts.Format(
            Amounts.IsEstimated(measure.Unit) ? "finding.evidence.estimated" : "finding.evidence",
            name,
            Amounts.Text(measure.Unit, finding.Value),
            Amounts.Range(measure.Unit, finding.Expected[0], finding.Expected[1]));
        return finding.Text.EndsWith(evidence, StringComparison.Ordinal) ? finding.Text[..^evidence.Length] : finding.Text;
    }
}
