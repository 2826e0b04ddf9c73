using System.Globalization;
using Spotter.Web.Pages;

namespace Spotter.Web.Tests.Pages;

public sealed class TrendTests
{
    private static readonly TrendPoint[] Points =
    [
        new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 10, "a", true), new(new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero), 30, "b", true),
    ];

    [Theory]
    [InlineData(15.0, 25.0)]
    [InlineData(15.0, null)]
    [InlineData(null, 25.0)]
    [InlineData(40.0, null)]
    [InlineData(null, 5.0)]
    public void Band_OpenToTheHarmlessSide_HoldsEveryValueThere(double? low, double? high)
    {
        var trend = new Trend("", Points, low, high, value => value.ToString(CultureInfo.InvariantCulture));

        var (top, height) = (Read(trend.Band!.Value.Y), Read(trend.Band.Value.Height));
        Assert.Equal(
            Points.Select(point => !(point.Value < low) && !(point.Value > high)),
            trend.Dots.Select(dot => Read(dot.Y) >= top && Read(dot.Y) <= top + height));
    }

    [Fact]
    public void Band_WithoutGoodValues_IsNone() => Assert.Null(new Trend("", Points, null, null, value => "").Band);

    private static double Read(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
