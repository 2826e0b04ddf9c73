using System.Globalization;
using System.Text;
using Spotter.Scoring;
using Spotter.Web.Work;

namespace Spotter.Web.Pages;

/// <summary>What the drawing under the video shows, in the drawing's own units.</summary>
internal sealed class ClipTimeline
{
    /// <summary>Width of the drawing of the curve.</summary>
    public const double Width = 1000;

    /// <summary>Height of the drawing of the curve.</summary>
    public const double Height = 100;

    // The drawing reaches at least to twice as far as good repetitions go, and not so high that the line is pressed to the ground.
    private const double LeastTop = 2;
    private const double HighestTop = 8;
    private const double Headroom = 1.1;

    private readonly double seconds;
    private readonly double top;

    public ClipTimeline(Report report, Insight insight)
    {
        seconds = Math.Max(0.1, report.Video.Frames / Math.Max(1, report.Video.FramesPerSecond));
        top = Math.Clamp(Headroom * insight.Curves.SelectMany(curve => curve.Levels).DefaultIfEmpty(0).Max(), LeastTop, HighestTop);
        Repetitions = [.. report.Repetitions.Select(repetition => new Block(
            repetition.Index, Share(repetition.StartSeconds), Share(repetition.EndSeconds), repetition.StartSeconds, repetition.TurningSeconds, MarkOf(repetition)))];
        Marks =
        [
            .. from repetition in report.Repetitions
               from finding in repetition.Findings
               let middle = (finding.StartSeconds + finding.EndSeconds) / 2
               select new Mark(Share(middle), ReaderText.Of(finding, report).Text, repetition.Verdict != Verdict.Incorrect),
        ];
        Curves = [.. insight.Curves.Select(Draw)];
    }

    /// <summary>Length of the clip.</summary>
    public string Seconds => Number(seconds);

    public IReadOnlyList<Block> Repetitions { get; }

    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>For each repetition a line and the area under it, as SVG paths.</summary>
    public IReadOnlyList<(string Line, string Area)> Curves { get; }

    /// <summary>Height of the distance that each joint keeps on average over nearly all good repetitions.</summary>
    public string Limit => Number(Y(1));

    /// <summary>A number for markup.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>Share of the width, in percent.</summary>
    public static string Percent(double share) => Number(100 * share) + "%";

    private static string MarkOf(RepetitionReport repetition) =>
        repetition switch { { Verdict: Verdict.Incorrect } => "bad", { Verdict: Verdict.CannotJudge } => "unclear", { Watch: true } => "watch", _ => "good" };

    private double Y(double level) => Height - (Height * Math.Clamp(level / top, 0, 1));

    private double Share(double at) => Math.Clamp(at / seconds, 0, 1);

    private (string Line, string Area) Draw(OddityCurve curve)
    {
        var line = new StringBuilder();
        for (var at = 0; at < curve.Levels.Count; at++)
        {
            var x = Width * Share(curve.Start + ((curve.End - curve.Start) * at / Math.Max(1, curve.Levels.Count - 1)));
            line.Append(at == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(Y(curve.Levels[at])));
        }

        var (left, right) = (Number(Width * Share(curve.Start)), Number(Width * Share(curve.End)));
        return (line.ToString(), string.Create(CultureInfo.InvariantCulture, $"{line}L{right} {Height}L{left} {Height}Z"));
    }

    /// <summary>A repetition.</summary>
    internal sealed record Block(int Index, double From, double To, double StartSeconds, double TurningSeconds, string Mark);

    /// <summary>The moment of a finding; of a remark, where its repetition was good.</summary>
    internal sealed record Mark(double At, string Text, bool IsRemark);
}
