using Spotter.Explanation;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Findings of a clip that nothing by which <see cref="RepeatedFinding.IsSame"/> goes tells apart: there are few of these, however long the clip.</summary>
internal sealed class CalloutTopic
{
    private CalloutTopic(IEnumerable<(Finding Finding, int Place, int Order)> findings)
    {
        Waiting = new(findings.OrderBy(said => said.Place));
        First = Waiting.Peek().Finding;
    }

    /// <summary>One of the findings.</summary>
    public Finding First { get; }

    /// <summary>Those that were not tried yet, with their place among those of their repetition and among all in the order of time.</summary>
    public Queue<(Finding Finding, int Place, int Order)> Waiting { get; }

    /// <summary>How many findings were shown that are the same as these to the reader.</summary>
    public int TimesSaid { get; set; }

    /// <summary>The lower, the sooner its next finding is tried.</summary>
    public (int TimesSaid, int Place, int Order) Rank => (TimesSaid, Waiting.Peek().Place, Waiting.Peek().Order);

    /// <summary>The topics of some findings.</summary>
    /// <param name="findings">Each with its place among those of its repetition.</param>
    public static List<CalloutTopic> Of(IEnumerable<(int Place, Finding Finding)> findings) =>
    [
        .. findings.OrderBy(said => said.Finding.StartSeconds).Select((said, order) => (said.Finding, said.Place, order)).GroupBy(said => Subject(said.Finding)).Select(group => new CalloutTopic(group)),
    ];

    private static (string Measure, string Joint, bool IsLow, string? Arms, (double Right, double Down)? Shift) Subject(Finding finding) => (
        finding.Measure,
        finding.Joint,
        finding.Expected is [var low, ..] && finding.Value < low,
        finding.Arms is null ? null : string.Join(' ', finding.Arms),
        finding.Shift is [var right, var down] ? (right, down) : null);
}
