using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Spotter.Measures;
using Spotter.Scoring;

namespace Spotter.Annotation;

/// <summary>Writes the numbers of a finding in the unit of its measure.</summary>
internal static class MeasureText
{
    /// <summary>The value as it stands beside the joint, such as <c>152°</c>, <c>1.4 s</c> or <c>35 %</c>; false where a bare number would tell nothing.</summary>
    public static bool TryTag(Finding finding, [NotNullWhen(true)] out string? text)
    {
        text = MeasureCatalogue.Find(finding.Measure)?.Unit is "degrees" or "seconds" or "fraction" && double.IsFinite(finding.Value)
            ? Value(finding.Measure, finding.Value)
            : null;
        return text is not null;
    }

    /// <summary>Whether the finding has a value and a range that a person can compare.</summary>
    public static bool HasRange(Finding finding) =>
        MeasureCatalogue.Find(finding.Measure) is not null && finding.Expected is [var low, var high] && double.IsFinite(low + high + finding.Value);

    /// <summary>A value with its unit.</summary>
    public static string Value(string measure, double value) => MeasureCatalogue.Find(measure)?.Unit switch
    {
        "degrees" => Number(value, "0") + "°",
        "seconds" => Number(value, "0.0") + " s",
        "fraction" => Number(value * 100, "0") + " %",
        _ => Number(value, "0.00"),
    };

    /// <summary>A range such as <c>166–180°</c>.</summary>
    public static string Range(string measure, double low, double high)
    {
        var (from, to) = (Value(measure, low), Value(measure, high));
        var unit = to.Length - to.TrimEnd('°', ' ', 's', '%').Length;
        // Beside a minus a dash would be taken for another one.
        return from[..^unit] + (from.Contains('−') || to.Contains('−') ? " to " : "–") + to;
    }

    private static string Number(double value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text.TrimStart('-') : text.Replace('-', '−');
    }
}
