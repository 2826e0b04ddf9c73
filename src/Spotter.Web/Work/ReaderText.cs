using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Web.Work;

/// <summary>Something that was said when a clip was judged, in the reader's language as far as what is stored allows.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsStored">Whether it is as it was stored, in the language of whoever handed in the clip: in results of earlier versions.</param>
internal readonly record struct ReaderText(string Text, bool IsStored)
{
    /// <summary>What a finding advises, without the numbers that a page shows beside it; the whole sentence in reports of earlier versions.</summary>
    public static ReaderText Of(Finding finding, Report report) => Say(Said(finding, report), Stored(finding));

    /// <summary>Why something cannot be judged.</summary>
    public static ReaderText Of(Reason reason) => Say(reason.Said, reason.Text);

    /// <summary>What is to be known about a verdict.</summary>
    public static ReaderText Of(Note note) => Say(note.Said, note.Text);

    /// <summary>What was not judged.</summary>
    public static ReaderText Of(Unseen unseen) => Say(unseen.Said, unseen.Text);

    /// <summary>What matters most about a clip; null where there is nothing to say.</summary>
    public static ReaderText? Of(ClipOutcome outcome) => outcome.Headline is { } stored ? Say(outcome.HeadlineSaid, stored) : null;

    /// <summary>What matters most in a report: why it cannot be judged, else the finding that weighs most; as it is stored, and to be said in any language.</summary>
    public static (string? Stored, Sentence? Said) Headline(Report report) =>
        report.Reasons is [var reason, ..] ? (reason.Text, reason.Said)
        : RepeatedFinding.Of(report.Repetitions) is [var thing, ..] ? (Stored(thing.Said.Finding), Said(thing.Said.Finding, report))
        : (null, null);

    private static string Stored(Finding finding) => finding.Advice ?? finding.Text;

    private static Sentence? Said(Finding finding, Report report) => FindingSentence.Of(finding, report.Exercise ?? "", report.View ?? View.Front);

    private static ReaderText Say(Sentence? said, string stored) => said?.TrySay() is { } anew ? new(anew, false) : new(stored, true);
}
