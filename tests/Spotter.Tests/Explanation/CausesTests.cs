using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class CausesTests(PressPack pack)
{
    [Fact]
    public void Outside_OneArmShort_NamesThatArmWithItsOwnValue()
    {
        var judged = pack.Judge(PressPack.Figure(0, 2) with { LeftShortDegrees = 30 }, out var judge);
        var cause = Assert.Single(Causes.Outside(judge.Model, judged, new HashSet<string> { "elbow-extension-degrees" }, 0.1));

        Assert.Equal([BodySide.Left], cause.Sides);
        Assert.Equal(judged.Measures["elbow-extension-degrees", BodySide.Left], cause.Value);
        Assert.True(judged.Measures["elbow-extension-degrees"] > cause.Value + 10);
    }

    [Fact]
    public void Outside_BothArmsShort_NamesBothWorseFirst()
    {
        var judged = pack.Judge(PressPack.Figure(0, 2) with { TopDegrees = 140, LeftShortDegrees = 6 }, out var judge);
        var cause = Assert.Single(Causes.Outside(judge.Model, judged, new HashSet<string> { "elbow-extension-degrees" }, 0.1));

        Assert.Equal([BodySide.Left, BodySide.Right], cause.Sides);
        Assert.True(cause.IsLow);
    }

    [Fact]
    public void Outside_BetterThanTheBandOnTheHarmlessSide_IsNothing()
    {
        var judged = pack.Judge(PressPack.Figure(0, 2) with { TopDegrees = 179, LeftShortDegrees = 0 }, out var judge);

        Assert.Empty(Causes.Outside(judge.Model, judged, new HashSet<string> { "elbow-extension-degrees", "trunk-sway-degrees" }, 1e-6));
    }

    [Theory]
    [InlineData("trunk-lean-degrees", false, "trunk-sway-degrees", false, true)]
    [InlineData("elbow-extension-degrees", true, "elbow-height-top", true, true)]
    [InlineData("elbow-extension-degrees", true, "range-of-motion", true, true)]
    [InlineData("elbow-flexion-degrees", false, "elbow-height-bottom", false, true)]
    [InlineData("elbow-flexion-degrees", false, "range-of-motion", true, true)]
    [InlineData("elbow-extension-degrees", true, "elbow-flexion-degrees", false, false)]
    [InlineData("elbow-height-bottom", true, "elbow-height-bottom", false, false)]
    [InlineData("asymmetry-degrees", false, "height-difference", false, true)]
    [InlineData("bounce", false, "seconds-up", true, false)]
    public void IsAlike_MeasuresOfOneThing_AreSaidOnce(string one, bool oneLow, string other, bool otherLow, bool alike) =>
        Assert.Equal(alike, Cause(one, oneLow, BodySides.Both).IsAlike(Cause(other, otherLow, BodySides.Both)));

    [Fact]
    public void Widest_ManyMeasuresOutside_SaysEachThingOnce()
    {
        Cause[] outside =
        [
            Cause("trunk-lean-degrees", false, BodySides.Both), Cause("trunk-sway-degrees", false, BodySides.Both), Cause("trunk-from-upright-degrees", false, BodySides.Both),
            Cause("elbow-extension-degrees", true, BodySides.Both), Cause("elbow-height-top", true, BodySides.Both), Cause("range-of-motion", true, BodySides.Both),
            Cause("elbow-flexion-degrees", false, BodySides.Both), Cause("elbow-height-bottom", false, BodySides.Both),
        ];
        var said = Causes.Widest(outside, 8);

        Assert.Equal(["trunk-lean-degrees", "elbow-extension-degrees", "elbow-flexion-degrees"], said.Select(cause => cause.Measure.Name));
        Assert.Equal(2, Causes.Widest(outside, 2).Count);
    }

    [Fact]
    public void IsAlike_OneArmShortOfStraight_IsTheDifferenceBetweenTheArms()
    {
        var difference = Cause("asymmetry-degrees", false, [BodySide.Left]);

        Assert.True(Cause("elbow-extension-degrees", true, [BodySide.Left]).IsAlike(difference));
        Assert.False(Cause("elbow-extension-degrees", true, BodySides.Both).IsAlike(difference));
    }

    [Fact]
    public void WithoutEffects_DifferenceOfTheArms_TakesAllCausesAwayWithTheirSigns()
    {
        var judged = pack.Judge(PressPack.Figure(0, 2) with { LeftShortDegrees = 30 }, out var judge);
        var at = judge.Model.MeasureNames.ToList().IndexOf("asymmetry-degrees");
        var signed = judged.Measures["asymmetry-degrees", BodySide.Right];
        Cause[] causes = [Cause("asymmetry-degrees", false, [BodySide.Left]) with { Effect = Effect(-20) }, Cause("elbow-extension-degrees", true, [BodySide.Left]) with { Effect = Effect(5) }];

        Assert.True(signed < -20);
        Assert.Equal(Math.Abs(signed + 20), Findings.WithoutEffects(judge.Model, judged, [causes[0]])[at], 1e-9);
        Assert.Equal(Math.Abs(signed + 20 - 5), Findings.WithoutEffects(judge.Model, judged, causes)[at], 1e-9);
        Assert.Equal(Findings.WithoutEffects(judge.Model, judged, causes), Findings.WithoutEffects(judge.Model, judged, [causes[1], causes[0]]));

        static Dictionary<string, double> Effect(double size) => new() { ["asymmetry-degrees"] = size };
    }

    private static Cause Cause(string name, bool isLow, IReadOnlyList<BodySide> sides)
    {
        var measure = MeasureCatalogue.Get(name);
        return new Cause(name + isLow, measure, new MeasureBand(name, 0, 0.5, 1, 10), isLow ? -1 : 2, sides, new Dictionary<string, double>());
    }
}
