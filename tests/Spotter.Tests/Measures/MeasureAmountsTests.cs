using System.Globalization;
using Spotter.Measures;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Tests.Measures;

public sealed class MeasureAmountsTests
{
    [Theory]
    [InlineData("elbow-height-bottom", -0.4, View.Front, "20 cm below the shoulder")]
    [InlineData("elbow-forward", 0.1, View.Side, "5 cm in front of the shoulder")]
    [InlineData("forearm-tilt-degrees", -12, View.Front, "12° inward")]
    [InlineData("forearm-tilt-degrees", 12, View.Side, "12° forward")]
    [InlineData("wrist-offset-top", -0.1, View.Side, "5 cm behind the shoulder")]
    [InlineData("elbow-extension-degrees", 142, View.Front, "142°")]
    public void Value_SaysInWordsWhatItsSignMeans(string measure, double value, View view, string expected)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        Assert.Equal(expected, MeasureAmounts.Value(MeasureCatalogue.Get(measure), value, view));
    }

    [Theory]
    [InlineData("elbow-extension-degrees", 141, 166, "at least 141°")]
    [InlineData("trunk-sway-degrees", 1, 10, "at most 10°")]
    [InlineData("bounce", 0, 0.004, "0 cm")]
    [InlineData("trunk-lean-degrees", 6, 14, "at most 14° back")]
    [InlineData("elbow-flexion-degrees", 59, 77, "59–77°")]
    [InlineData("elbow-height-bottom", -0.1, 0.02, "5 cm below to 1 cm above the shoulder")]
    [InlineData("elbow-height-bottom", -0.4, -0.2, "10–20 cm below the shoulder")]
    public void Range_GivesTheEndsThatMatter(string measure, double low, double high, string expected)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        Assert.Equal(expected, MeasureAmounts.Range(MeasureCatalogue.Get(measure), low, high, View.Front));
    }

    [Fact]
    public void Value_InChinese_DoesNotContradictItself()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("zh-Hant"));

        Assert.Equal("比肩膀低 20 公分", MeasureAmounts.Value(MeasureCatalogue.Get("elbow-height-bottom"), -0.4, View.Front));
    }
}
