using System.Globalization;
using Spotter.Annotation;

namespace Spotter.Tests.Annotation;

public sealed class MeasureTextTests
{
    [Theory]
    [InlineData("elbow-extension-degrees", 151.7, "152°")]
    [InlineData("trunk-lean-degrees", -0.2, "0°")]
    [InlineData("trunk-lean-degrees", -3, "−3°")]
    [InlineData("seconds-up", 1.42, "1.4 s")]
    [InlineData("side-delay", 0.124, "12 %")]
    [InlineData("wrist-path", 0.456, "0.46")]
    public void Value_HasTheUnitOfTheMeasure(string measure, double value, string expected)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, MeasureText.Value(measure, value));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("elbow-extension-degrees", 166, 180, "166–180°")]
    [InlineData("seconds-up", 0.8, 2, "0.8–2.0 s")]
    [InlineData("trunk-lean-degrees", -4, 8, "−4 to 8°")]
    [InlineData("wrist-path", 0.1, 0.2, "0.10–0.20")]
    public void Range_NamesTheUnitOnce(string measure, double low, double high, string expected) =>
        Assert.Equal(expected, MeasureText.Range(measure, low, high));

    [Theory]
    [InlineData("elbow-extension-degrees", true, true)]
    [InlineData("wrist-path", false, true)]
    [InlineData("path-distance", false, false)]
    public void Numbers_ThatTellNothing_AreNotShown(string measure, bool tag, bool range)
    {
        var finding = Scene.Elbow with { Measure = measure };

        Assert.Equal(tag, MeasureText.TryTag(finding, out _));
        Assert.Equal(range, MeasureText.HasRange(finding));
    }

    [Fact]
    public void HasRange_WithoutExpectedValues_IsFalse() => Assert.False(MeasureText.HasRange(Scene.Elbow with { Expected = [] }));
}
