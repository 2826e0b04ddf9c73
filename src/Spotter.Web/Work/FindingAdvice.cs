using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Web.Work;

/// <summary>What a finding advises, without the numbers that a page shows beside it.</summary>
internal static class FindingAdvice
{
    /// <summary>The advice; the whole sentence, with its numbers, in reports of earlier versions.</summary>
    public static string Of(Finding finding) => finding.Advice ?? finding.Text;

    /// <summary>The advice in the reader's language.</summary>
    /// <returns>The advice, and whether it is as it was stored, in the language of whoever handed in the clip.</returns>
    public static (string Text, bool IsStored) Of(Finding finding, Report report) =>
        FindingSentence.Advice(finding, report.Exercise ?? "", report.View ?? View.Front) is { } anew ? (anew, false) : (Of(finding), true);
}
