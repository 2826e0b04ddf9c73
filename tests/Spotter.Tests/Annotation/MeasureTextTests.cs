using Spotter.Annotation;

namespace Spotter.Tests.Annotation;

public sealed class MeasureTextTests
{
    [Theory]
    [InlineData("elbow-extension-degrees", true)]
    [InlineData("wrist-path", true)]
    [InlineData("path-distance", false)]
    public void Numbers_ThatTellNothing_AreNotShown(string measure, bool shown)
    {
        var finding = Scene.Elbow with { Measure = measure };

        Assert.Equal(shown, MeasureText.TryTag(finding, out _));
        Assert.Equal(shown, MeasureText.TryRange(finding, out _, out _));
    }

    [Fact]
    public void TryRange_WithoutExpectedValues_IsFalse() => Assert.False(MeasureText.TryRange(Scene.Elbow with { Expected = [] }, out _, out _));
}
