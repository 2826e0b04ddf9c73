using System.Globalization;
using Spotter.Annotation;

namespace Spotter.Tests.Annotation;

public sealed class MeasureTextTests
{
    [Theory]
    [InlineData("elbow-extension-degrees", 151.7, "152°")]
    [InlineData("lean-back-degrees", -0.2, "0°")]
    [InlineData("lean-back-degrees", -3, "−3°")]
    [InlineData("tempo-up-seconds", 1.42, "1.4 s")]
    [InlineData("left-right-fraction", 0.124, "12 %")]
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
    [InlineData("tempo-up-seconds", 0.8, 2, "0.8–2.0 s")]
    [InlineData("wrist-path", 0.1, 0.2, "0.1–0.2")]
    public void Range_NamesTheUnitOnce(string measure, double low, double high, string expected) =>
        Assert.Equal(expected, MeasureText.Range(measure, low, high));
}
