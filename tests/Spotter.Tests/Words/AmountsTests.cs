using System.Globalization;
using Spotter.Words;

namespace Spotter.Tests.Words;

public sealed class AmountsTests
{
    [Theory]
    [InlineData("degrees", 151.7, "152°")]
    [InlineData("degrees", -0.2, "0°")]
    [InlineData("degrees", -3, "−3°")]
    [InlineData("seconds", 1.42, "1.4 s")]
    [InlineData("fraction", 0.124, "12 %")]
    [InlineData("torso lengths", -0.3, "−15 cm")]
    public void Text_HasTheUnit(string unit, double value, string expected)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        Assert.Equal(expected, Amounts.Text(unit, value));
    }

    [Theory]
    [InlineData("degrees", 166, 180, "166–180°")]
    [InlineData("seconds", 0.8, 2, "0.8–2.0 s")]
    [InlineData("degrees", -4, 8, "−4 to 8°")]
    [InlineData("torso lengths", 0.1, 0.2, "5–10 cm")]
    public void Range_NamesTheUnitOnce(string unit, double low, double high, string expected)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        Assert.Equal(expected, Amounts.Range(unit, low, high));
    }

    [Fact]
    public void Text_InChinese_IsChinese()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("zh-Hant"));

        Assert.Equal("1.4 秒", Amounts.Text("seconds", 1.42));
        Assert.Equal("−4 至 8°", Amounts.Range("degrees", -4, 8));
    }
}
