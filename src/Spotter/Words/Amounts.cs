namespace Spotter.Words;

/// <summary>Writes numbers of measures for people, in the reader's language: everywhere the same number of digits and the same units.</summary>
public static class Amounts
{
    /// <summary>
    /// Length of a torso (neck to hips) of a grown person, centimetres. A picture has no scale, so lengths are measured in torsos; people think in
    /// centimetres, and are told lengths as if their torso had this length.
    /// </summary>
    public const double TorsoCentimetres = 50;

    /// <summary>Whether a unit's numbers are only as exact as the torso is of ordinary length.</summary>
    public static bool IsEstimated(string unit) => unit == "torso lengths";

    /// <summary>An amount such as <c>152°</c>, <c>12 cm</c>, <c>1.4 s</c> or <c>35 %</c>.</summary>
    /// <param name="unit">The measure's unit.</param>
    /// <param name="value">The value in that unit.</param>
    public static string Text(string unit, double value) => Texts.Format("unit." + unit, Number(unit, value));

    /// <summary>A range such as <c>166–180°</c>; beside a minus a dash would be taken for another one.</summary>
    /// <param name="unit">The measure's unit.</param>
    /// <param name="low">Lower end in that unit.</param>
    /// <param name="high">Upper end in that unit.</param>
    public static string Range(string unit, double low, double high)
    {
        var (from, to) = (Number(unit, low), Number(unit, high));
        var form = from.Contains('−', StringComparison.Ordinal) || to.Contains('−', StringComparison.Ordinal) ? "range.signed" : "range.positive";
        return Texts.Format("unit." + unit, Texts.Format(form, from, to));
    }

    /// <summary>Whether an amount is 0 as people are told it.</summary>
    public static bool IsNothing(string unit, double value) => IsZero(Number(unit, value));

    private static string Number(string unit, double value)
    {
        var (shown, format) = unit switch
        {
            "torso lengths" => (value * TorsoCentimetres, "0"),
            "fraction" => (value * 100, "0"),
            "seconds" => (value, "0.0"),
            _ => (value, "0"),
        };
        var text = shown.ToString(format, Texts.Language);
        return IsZero(text) ? text.TrimStart('-') : text.Replace('-', '−');
    }

    private static bool IsZero(string number) => number.AsSpan().IndexOfAnyInRange('1', '9') < 0;
}
