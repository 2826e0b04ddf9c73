using System.Globalization;
using System.Text;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>An evaluation as a Markdown table.</summary>
public static class EvaluationTable
{
    /// <summary>
    /// One row for each method: area under the ROC curve with its interval, equal error rate, false-alarm and detection rate of calibrated verdicts at 10
    /// and 20 %, and those of the method's own verdict.
    /// </summary>
    public static string Write(EvaluationResult result)
    {
        var table = new StringBuilder();
        table.Append(
            CultureInfo.InvariantCulture,
            $"{result.Exercise}{From(result.View)}, {result.Protocol}: {result.CorrectRepetitions} correct and {result.IncorrectRepetitions} incorrect repetitions, {result.Sessions} sessions\n\n");
        table.Append("| method | AUC [95 %] | EER | false alarms / detected at 10 % | at 20 % | own verdict |\n|---|---|---|---|---|---|\n");
        foreach (var method in result.Methods)
        {
            string At(double rate) =>
                method.Calibrated.FirstOrDefault(verdict => verdict.TargetRate == rate) is { } verdict ? Rates(verdict) : "–";
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {method.Method} | {WithInterval(method.RocAuc)} | {Share(method.EqualErrorRate.Value)} | {At(0.1)} | {At(0.2)} | {Rates(method.OwnVerdict)} |\n");
        }

        return table.ToString();
    }

    private static string From(View? view) => view is { } seen ? $" from the {seen.ToString().ToLowerInvariant()}" : "";

    private static string Rates(VerdictResult verdict) => $"{Share(verdict.FalseAlarmRate.Value)} / {Share(verdict.DetectionRate.Value)}";

    private static string WithInterval(Estimate estimate) =>
        estimate.Low is null ? Share(estimate.Value) : $"{Share(estimate.Value)} [{Share(estimate.Low)}, {Share(estimate.High)}]";

    private static string Share(double? value) => value is { } share ? share.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
