using System.Diagnostics.CodeAnalysis;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Annotation;

/// <summary>The numbers of a finding as they stand on a clip.</summary>
internal static class MeasureText
{
    /// <summary>The value as it stands beside the joint, such as <c>152°</c> or <c>20 cm</c>, without a sign; false where a bare number would tell nothing.</summary>
    public static bool TryTag(Finding finding, [NotNullWhen(true)] out string? text)
    {
        text = MeasureCatalogue.Find(finding.Measure) is { } measure && double.IsFinite(finding.Value) ? Amounts.Text(measure.Unit, Math.Abs(finding.Value)) : null;
        return text is not null;
    }

    /// <summary>The size of an angle.</summary>
    public static string Degrees(double degrees) => Amounts.Text("degrees", degrees);

    /// <summary>The value and the range of correct repetitions; false for a finding without one that a person can compare.</summary>
    public static bool TryRange(Finding finding, [NotNullWhen(true)] out string? value, [NotNullWhen(true)] out string? range)
    {
        (value, range) = (null, null);
        if (MeasureCatalogue.Find(finding.Measure) is not { } measure || finding.Expected is not [var low, var high] || !double.IsFinite(low + high + finding.Value))
        {
            return false;
        }

        var good = measure.Faulty switch
        {
            FaultyValues.Low => Texts.Format("range.at-least", Amounts.Text(measure.Unit, low)),
            FaultyValues.High when Amounts.IsNothing(measure.Unit, high) => Amounts.Text(measure.Unit, high),
            FaultyValues.High => Texts.Format("range.at-most", Amounts.Text(measure.Unit, high)),
            _ => Amounts.Range(measure.Unit, low, high),
        };
        (value, range) = (Amounts.Text(measure.Unit, finding.Value), good);
        return true;
    }
}
