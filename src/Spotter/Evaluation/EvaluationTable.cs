using System.Globalization;
using System.Text;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>An evaluation as Markdown tables.</summary>
public static class EvaluationTable
{
    /// <summary>
    /// How repetitions are ranked (areas, equal error rate, detection at measured false alarms), the verdicts at the asked rates, sessions, and learning curves
    /// where there are any. Mean figures of several methods are set in bold.
    /// </summary>
    public static string Write(EvaluationResult result)
    {
        var table = new StringBuilder();
        table.Append(
            CultureInfo.InvariantCulture,
            $"{result.Exercise}{From(result.View)}, {result.Protocol}: {result.CorrectRepetitions} correct and {result.IncorrectRepetitions} incorrect repetitions, {result.Sessions} sessions\n\n");
        Rank(table, result);
        foreach (var rate in new[] { 0.1, 0.2 })
        {
            Judge(table, result, rate);
        }

        WriteSets(table, result);
        WriteSessions(table, result);
        WriteLearning(table, result);
        return table.ToString();
    }

    private static void WriteSets(StringBuilder table, EvaluationResult result)
    {
        if (result.Methods.All(method => method.Sets is null))
        {
            return;
        }

        table.Append("\n| method, whole sets at 10 % | correct flagged: one repetition is enough | together | incorrect found: one is enough | together |\n|---|---|---|---|---|\n");
        foreach (var method in result.Methods)
        {
            table.Append(method.Sets is { } sets
                ? $"| {method.Method} | {sets.FlaggedByAny} of {sets.Correct} | {sets.FlaggedTogether} of {sets.Correct} | {sets.FoundByAny} of {sets.Incorrect} | {sets.FoundTogether} of {sets.Incorrect} |\n"
                : "");
        }
    }

    private static void Rank(StringBuilder table, EvaluationResult result)
    {
        table.Append("| method | AUC [95 %] | within sessions | EER | detected at measured false alarms ≤ 10 % | ≤ 20 % | own verdict |\n|---|---|---|---|---|---|---|\n");
        foreach (var method in result.Methods)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Name(method)} | {WithInterval(method.RocAuc)} | {WithInterval(method.WithinSessions)} | {Share(method.EqualErrorRate.Value)} |");
            table.AppendJoin("", method.AtMeasured.Select(point => $" {WithInterval(point.DetectionRate)} |"));
            table.Append(CultureInfo.InvariantCulture, $" {Share(method.OwnVerdict.FalseAlarmRate.Value)} / {Share(method.OwnVerdict.DetectionRate.Value)} |\n");
        }
    }

    private static void Judge(StringBuilder table, EvaluationResult result, double rate)
    {
        var verdicts = result.Methods.Select(method => (Method: method, Verdict: method.Calibrated.FirstOrDefault(verdict => verdict.TargetRate == rate)))
            .Where(one => one.Verdict is not null).ToList();
        if (verdicts.Count == 0)
        {
            return;
        }

        var watch = rate == 0.1;
        table.Append(CultureInfo.InvariantCulture, $"\n| verdicts at {rate:0 %} | false alarms | detected (recall) | precision | F1 |{(watch ? " without those to watch: judged, wrong (of all) |" : "")}\n");
        table.Append("|---|---|---|---|---|").Append(watch ? "---|\n" : "\n");
        foreach (var (method, verdict) in verdicts)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Name(method)} | {WithInterval(verdict!.FalseAlarmRate)} | {WithInterval(verdict.DetectionRate)} | {Share(verdict.Precision)} | {Share(verdict.F1)} |");
            table.Append(watch && method.Watch is { } set
                ? $" {Share(set.Judged)}, {Share(set.WrongAmongJudged)} ({Share(set.Wrong)}) |\n"
                : "\n");
        }
    }

    private static void WriteSessions(StringBuilder table, EvaluationResult result)
    {
        var methods = result.Methods.Where(method => method.Method.StartsWith("Spotter", StringComparison.Ordinal) && method.Calibrated.Count > 0 && !method.IsMean).Take(3).ToList();
        if (methods.Count == 0)
        {
            return;
        }

        table.Append("\n| session | correct, incorrect |");
        table.AppendJoin("", methods.Select(method => $" {method.Method}: false alarms, detected at 10 %, AUC |"));
        table.Append("\n|---|---|").AppendJoin("", methods.Select(_ => "---|")).Append('\n');
        for (var i = 0; i < methods[0].BySession.Count; i++)
        {
            var session = methods[0].BySession[i];
            table.Append(CultureInfo.InvariantCulture, $"| {session.Session} | {session.Correct}, {session.Incorrect} |");
            table.AppendJoin("", methods.Select(method => $" {method.BySession[i].FalseAlarms}, {method.BySession[i].Detected}, {Share(method.BySession[i].RocAuc)} |")).Append('\n');
        }
    }

    private static void WriteLearning(StringBuilder table, EvaluationResult result)
    {
        if (result.LearningCurves.Count == 0)
        {
            return;
        }

        int[] sizes = [.. result.LearningCurves.SelectMany(curve => curve.Points).Select(point => point.Repetitions).Distinct().Order()];
        table.Append("\n| learnt from correct repetitions: AUC (lowest, highest draw), false alarms / detected at 10 % |");
        table.AppendJoin("", sizes.Select(size => $" {size.ToString(CultureInfo.InvariantCulture)} |")).Append("\n|---|").AppendJoin("", sizes.Select(_ => "---|")).Append('\n');
        foreach (var curve in result.LearningCurves)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {curve.Method} |");
            table.AppendJoin("", sizes.Select(size => curve.Points.FirstOrDefault(point => point.Repetitions == size) is { } at
                ? $" {Share(at.RocAuc)} ({Share(at.Lowest)}, {Share(at.Highest)}), {Share(at.FalseAlarmRate)} / {Share(at.DetectionRate)} |"
                : " – |")).Append('\n');
        }
    }

    private static string Name(MethodResult method) => method.IsMean ? $"**{method.Method}**" : method.Method;

    private static string From(View? view) => view is { } seen ? $" from the {seen.ToString().ToLowerInvariant()}" : "";

    private static string WithInterval(Estimate estimate) =>
        estimate.Low is null ? Share(estimate.Value) : $"{Share(estimate.Value)} [{Share(estimate.Low)}, {Share(estimate.High)}]";

    private static string Share(double? value) => value is { } share ? share.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
