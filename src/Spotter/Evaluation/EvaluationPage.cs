using System.Globalization;
using System.Net;
using System.Text;

namespace Spotter.Evaluation;

/// <summary>An evaluation as one HTML page that needs nothing else: tables and plots inside, light, fit to be printed.</summary>
public static class EvaluationPage
{
    private const string Style = """
        body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;color:#1b1f24;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.7rem;margin:0 0 .2rem}h2{font-size:1.25rem;margin:2.2rem 0 .3rem;border-top:1px solid #d5dae0;padding-top:1.2rem}p{max-width:46rem}.lead{color:#49525c}
        table{border-collapse:collapse;width:100%;margin:.8rem 0;font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid #e4e8ec}
        th{font-weight:600;color:#49525c;vertical-align:bottom}th:first-child,td:first-child{text-align:left}tr.ours td{background:#eef5fb}
        td.plot{width:13rem;padding:.1rem .4rem}td.plot svg{display:block;width:100%;height:1.5rem}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(21rem,1fr));gap:1rem 1.6rem;margin-top:1rem}figure{margin:0;break-inside:avoid}figure svg{width:100%;height:auto}
        svg text{font-size:12px;fill:#49525c}svg .axis{font-size:13px;fill:#1b1f24}svg .grid{stroke:#e4e8ec}svg .ideal{stroke:#9aa4ae;stroke-dasharray:2 4}
        svg polyline{fill:none;stroke-width:2;stroke-linejoin:round}figcaption{font-size:.9rem}.key{white-space:nowrap;margin-right:.9rem}.key i{display:inline-block;width:1.5rem;margin-right:.35rem;vertical-align:middle}
        @media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}.charts{grid-template-columns:1fr 1fr}tr{break-inside:avoid}}
        """;

    // Okabe and Ito's colours, which colour-blind readers can tell apart.
    private static readonly (string Name, string Colour, bool Dashed)[] Drawn =
    [
        ("Spotter", "#0072b2", false), ("Spotter, network alone", "#009e73", false), ("Spotter, measures alone", "#d55e00", false),
        ("fine-tuned with logistic head", "#cc79a7", false), ("fine-tuned with logistic head (LEAKS: on the test repetitions too)", "#cc79a7", true),
        ("network as published", "#56b4e9", true), ("no arms (control)", "#7a8590", true),
    ];

    /// <summary>Writes the page.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="command">The command that made it, for the reader who wants to repeat it.</param>
    public static string Write(EvaluationReport report, string command)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text($"Spotter: {report.Exercise}, {Name(report.Protocol)}")).Append("</title><style>").Append(Style).Append("</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>How well is the {Text(report.Exercise.Replace('-', ' '))} judged?</h1><p class=\"lead\">{Text(Explain(report.Protocol))}</p>");
        foreach (var result in report.Results)
        {
            Append(page, result);
        }

        page.Append("<h2>How to read it</h2><p>Area under the ROC curve: how often an incorrect repetition is ranked below a correct one; 50 % is guessing. Intervals are 95 % bootstraps over whole ")
            .Append("recording sessions; with few sessions they are wide, and honest. “Within sessions” compares repetitions of one session only. False alarms are correct repetitions that are flagged: a verdict is given at a rate that is asked for, while detection at measured false alarms takes the threshold from the judged repetitions themselves, as no product can. ")
            .Append("“Own verdict” is a rule's or classifier's verdict, and for one-class machines the plain sign of the decision function. The control without arms sees no movement at all: what it ")
            .Append("finds is how sessions differ by label.</p><p>Made by <code>").Append(Text(command)).Append("</code></p></body></html>\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, EvaluationResult result)
    {
        var from = result.View is { } view ? $" from the {view.ToString().ToLowerInvariant()}" : "";
        page.Append(CultureInfo.InvariantCulture, $"<h2>Seen{(from.Length > 0 ? from : " from several sides")}: {Text(result.Protocol)}</h2><p>{result.CorrectRepetitions} correct and {result.IncorrectRepetitions} incorrect repetitions of {result.Sessions} recording sessions.</p>");
        page.Append("<table><thead><tr><th>method<th>area under ROC<th>95 %<th>within sessions<th>equal error<th>detected at measured false alarms ≤ 10 %<th>≤ 20 %<th>own verdict: false alarms / detected</tr></thead><tbody>");
        foreach (var method in result.Methods)
        {
            Row(page, method).Append("<td>").Append(Percent(method.RocAuc.Value)).Append("<td class=\"plot\">").Append(Interval(method.RocAuc))
                .Append("<td>").Append(Range(method.WithinSessions)).Append("<td>").Append(Percent(method.EqualErrorRate.Value))
                .AppendJoin("", method.AtMeasured.Select(point => $"<td>{Range(point.DetectionRate)}"))
                .Append("<td>").Append(Percent(method.OwnVerdict.FalseAlarmRate.Value)).Append(" / ").Append(Percent(method.OwnVerdict.DetectionRate.Value)).Append("</tr>");
        }

        page.Append("</tbody></table>");
        AppendVerdicts(page, result);
        page.Append("<div class=\"charts\">")
            .Append(Chart(new LineChart("Every threshold: detected over false alarms", "false alarms", "detected") { Diagonal = true }, result, curves => curves.Roc))
            .Append(Chart(new LineChart("Calibration: measured over asked false alarms", "asked for", "measured") { Diagonal = true, MostAlong = 0.5 }, result, curves => curves.Calibration))
            .Append(Chart(new LineChart("Abstention: wrong verdicts when those just above the threshold get none", "share judged", "wrong verdicts") { MostUp = 0.5 }, result, curves => curves.RiskCoverage))
            .AppendJoin("", result.LearningCurves.Select(curve => Learning(curve.Method, curve.Points))).Append("</div>");
        AppendSessions(page, result);
    }

    private static StringBuilder Row(StringBuilder page, MethodResult method) =>
        page.Append(method.Method == "Spotter" ? "<tr class=\"ours\">" : "<tr>").Append(method.IsMean ? "<td><b>" : "<td>").Append(Text(method.Method)).Append(method.IsMean ? "</b>" : "");

    private static void AppendVerdicts(StringBuilder page, EvaluationResult result)
    {
        MethodResult[] calibrated = [.. result.Methods.Where(method => method.Calibrated.Count > 0)];
        if (calibrated.Length == 0)
        {
            return;
        }

        page.Append("<table><thead><tr><th>verdicts<th>asked for<th>false alarms<th>detected (recall)<th>precision<th>F1<th>without those to watch: judged<th>wrong (of all)</tr></thead><tbody>");
        foreach (var method in calibrated)
        {
            foreach (var verdict in method.Calibrated.Where(verdict => verdict.TargetRate is 0.1 or 0.2))
            {
                Row(page, method).Append("<td>").Append(Percent(verdict.TargetRate)).Append("<td>").Append(Range(verdict.FalseAlarmRate)).Append("<td>").Append(Range(verdict.DetectionRate))
                    .Append("<td>").Append(Percent(verdict.Precision)).Append("<td>").Append(Percent(verdict.F1));
                page.Append(verdict.TargetRate == 0.1 && method.Watch is { } watch
                    ? $"<td>{Percent(watch.Judged)}<td>{Percent(watch.WrongAmongJudged)} ({Percent(watch.Wrong)})</tr>"
                    : "<td><td></tr>");
            }
        }

        page.Append("</tbody></table>");
    }

    private static string Chart(LineChart chart, EvaluationResult result, Func<EvaluationCurves, IReadOnlyList<CurvePoint>> points)
    {
        ChartLine[] lines =
        [
            .. from drawn in Drawn
               let method = result.Methods.FirstOrDefault(method => method.Method == drawn.Name)
               where method is not null && points(method.Curves).Count > 0
               select new ChartLine(drawn.Name, drawn.Colour, drawn.Dashed, points(method.Curves)),
        ];
        return lines.Length > 0 ? chart.Draw(lines) : "";
    }

    private static string Learning(string method, IReadOnlyList<LearningPoint> curve)
    {
        if (curve.Count < 2)
        {
            return "";
        }

        // The numbers double from mark to mark.
        double At(int repetitions) => Math.Log2(repetitions / (double)LearningCurve.Sizes[0]) + 0.5;
        var chart = new LineChart($"Learning curve: {method}", "correct repetitions learnt from", "share")
        {
            MostAlong = At(curve[^1].Repetitions) + 0.5,
            MarksAlong = [.. curve.Select(point => (At(point.Repetitions), point.Repetitions.ToString(CultureInfo.InvariantCulture)))],
        };
        ChartLine Line(string name, string colour, bool dashed, Func<LearningPoint, double?> value) =>
            new(name, colour, dashed, [.. curve.Where(point => value(point) is not null).Select(point => new CurvePoint(At(point.Repetitions), value(point)!.Value))]);
        return chart.Draw(
        [
            Line("area under ROC, mean", "#0072b2", false, point => point.RocAuc), Line("lowest and highest draw", "#0072b2", true, point => point.Lowest),
            Line("", "#0072b2", true, point => point.Highest), Line("detected at 10 %", "#009e73", false, point => point.DetectionRate),
            Line("false alarms at 10 %", "#d55e00", false, point => point.FalseAlarmRate),
        ]).Replace("<span class=\"key\"><i style=\"border-top:3px dashed #0072b2\"></i></span>", "", StringComparison.Ordinal);
    }

    private static void AppendSessions(StringBuilder page, EvaluationResult result)
    {
        if (result.Methods.FirstOrDefault(method => method.Method == "Spotter") is not { } spotter)
        {
            return;
        }

        page.Append("<table><thead><tr><th>session, judged by Spotter at 10 %<th>correct<th>false alarms<th>incorrect<th>detected<th>area under ROC</tr></thead><tbody>");
        foreach (var session in spotter.BySession)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(session.Session)}<td>{session.Correct}<td>{session.FalseAlarms}<td>{session.Incorrect}<td>{session.Detected}<td>{Percent(session.RocAuc)}</tr>");
        }

        page.Append("</tbody></table>");
    }

    private static string Range(Estimate estimate) =>
        estimate is { Low: { } low, High: { } high } ? string.Create(CultureInfo.InvariantCulture, $"{Percent(estimate.Value)} ({100 * low:0}–{100 * high:0})") : Percent(estimate.Value);

    private static string Interval(Estimate estimate)
    {
        if (estimate.Value is not { } value)
        {
            return "";
        }

        var line = estimate is { Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"<line x1=\"{200 * low:0.0}\" x2=\"{200 * high:0.0}\" y1=\"12\" y2=\"12\" stroke=\"#0072b2\" stroke-width=\"3\"/>")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"-4 0 208 24\" preserveAspectRatio=\"none\"><line class=\"grid\" x1=\"100\" x2=\"100\" y1=\"0\" y2=\"24\"/><line class=\"grid\" x1=\"0\" x2=\"200\" y1=\"12\" y2=\"12\"/>{line}<circle cx=\"{200 * value:0.0}\" cy=\"12\" r=\"4.5\" fill=\"#0072b2\"/></svg>");
    }

    private static string Explain(EvaluationProtocol protocol) => protocol switch
    {
        EvaluationProtocol.Grouped => "Every recording session in turn is held out of all that is learnt, and judged: the honest figure for a new recording.",
        EvaluationProtocol.Published => "Two thirds of the correct repetitions are learnt from; the others and all incorrect ones are judged. Sessions lie on both sides, so these figures flatter.",
        _ => "One data set is learnt from, the other judged: other people, other rooms, other cameras.",
    };

    private static string Name(EvaluationProtocol protocol) => protocol.ToString().ToLowerInvariant();

    private static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0} %") : "–";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
