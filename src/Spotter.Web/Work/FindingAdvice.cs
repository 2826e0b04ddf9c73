using Spotter.Scoring;

namespace Spotter.Web.Work;

/// <summary>What a finding advises, without the numbers that a page shows beside it.</summary>
internal static class FindingAdvice
{
    /// <summary>The advice; the whole sentence, with its numbers, in reports of earlier versions.</summary>
    public static string Of(Finding finding) => finding.Advice ?? finding.Text;
}
