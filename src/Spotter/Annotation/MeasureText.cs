using System.Globalization;

namespace Spotter.Annotation;

/// <summary>Writes the value of a measure with its unit, which the last word of the measure's name tells.</summary>
internal static class MeasureText
{
    /// <summary>A value such as <c>152°</c>, <c>1.4 s</c> or <c>35 %</c>.</summary>
    public static string Value(string measure, double value) => measure[(measure.LastIndexOf('-') + 1)..] switch
    {
        "degrees" => Number(value, "0") + "°",
        "seconds" => Number(value, "0.0") + " s",
        "fraction" or "share" or "ratio" => Number(value * 100, "0") + " %",
        _ => Number(value, Math.Abs(value) >= 10 ? "0" : "0.##"),
    };

    /// <summary>A range such as <c>166–180°</c>.</summary>
    public static string Range(string measure, double low, double high)
    {
        var (from, to) = (Value(measure, low), Value(measure, high));
        var unit = to.Length - to.TrimEnd('°', ' ', 's', '%').Length;
        return from[..^unit] + "–" + to;
    }

    private static string Number(double value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return text is "-0" or "-0.0" ? text[1..] : text.Replace('-', '−');
    }
}
