using System.Diagnostics.CodeAnalysis;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Annotation;

/// <summary>The numbers of a finding as they stand on a clip.</summary>
internal static class MeasureText
{
    /// <summary>The value as it stands beside the joint, such as <c>152°</c>; false where a bare number would tell nothing.</summary>
    public static bool TryTag(Finding finding, [NotNullWhen(true)] out string? text)
    {
        text = MeasureCatalogue.Find(finding.Measure) is { } measure && double.IsFinite(finding.Value) ? Amounts.Text(measure.Unit, finding.Value) : null;
        return text is not null;
    }

    /// <summary>The value and the range of correct repetitions; false for a finding without one that a person can compare.</summary>
    public static bool TryRange(Finding finding, [NotNullWhen(true)] out string? value, [NotNullWhen(true)] out string? range)
    {
        (value, range) = (null, null);
        if (MeasureCatalogue.Find(finding.Measure) is not { } measure || finding.Expected is not [var low, var high] || !double.IsFinite(low + high + finding.Value))
        {
            return false;
        }

        (value, range) = (Amounts.Text(measure.Unit, finding.Value), Amounts.Range(measure.Unit, low, high));
        return true;
    }
}
