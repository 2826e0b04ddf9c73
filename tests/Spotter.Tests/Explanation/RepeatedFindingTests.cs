using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Tests.Annotation;

namespace Spotter.Tests.Explanation;

public sealed class RepeatedFindingTests
{
    private static readonly Finding BothArms = Scene.Elbow with { Arms = ["left", "right"], Value = 150 };
    private static readonly Finding RightArm = Scene.Elbow with { Arms = ["right"], Joint = "right-elbow", Value = 140 };
    private static readonly Finding LeftArm = Scene.Elbow with { Arms = ["left"], Value = 150 };
    private static readonly Finding Forward = Scene.Elbow with { Measure = "elbow-neck-offset", Value = 0.5, Expected = [0, 0.3] };
    private static readonly Finding Path = Scene.Elbow with { Measure = "path-distance", Value = 0.3, Expected = [0, 0.1], Shift = [0.1, -0.2] };

    [Fact]
    public void Of_OtherArmInOneRepetition_IsSaidOnceOfBothArms()
    {
        var only = Assert.Single(Of([BothArms], [RightArm], [BothArms], [LeftArm]));

        Assert.Equal([1, 2, 3, 4], only.All.Select(found => found.Repetition.Index));
        Assert.Equal("Reps 1, 2, 3, 4", only.Where);
        Assert.Same(BothArms, only.Said.Finding);
    }

    [Fact]
    public void Of_OneArmHereAndTheOtherThere_AreTwoThings() => Assert.Equal(["Reps 1, 3", "Rep 2"], Of([LeftArm], [RightArm], [LeftArm]).Select(thing => thing.Where));

    [Fact]
    public void Of_OtherMeasureOfTheSameCause_IsSaidOnceInTheMeasureThatLeads()
    {
        var low = BothArms with { Measure = "wrist-height-top", Value = 0.5, Expected = [0.8, 1] };
        var only = Assert.Single(Of([BothArms], [low], [BothArms]));

        Assert.Equal([1, 2, 3], only.All.Select(found => found.Repetition.Index));
        Assert.Equal(BothArms.Measure, only.Said.Finding.Measure);
    }

    [Fact]
    public void Of_TooFarForwardAndTooFarBack_AreTwoThings() =>
        Assert.Equal(2, Of([Forward], [Forward with { Measure = "elbow-forward", Value = -0.2 }]).Count);

    [Fact]
    public void Of_TwoFindingsOfOneRepetition_AreTwoThings()
    {
        // The range tells either end, and in the second repetition both are found.
        var range = BothArms with { Measure = "range-of-motion", Value = 0.5, Expected = [0.8, 1] };
        var bend = BothArms with { Measure = "elbow-flexion-degrees", Value = 90, Expected = [40, 60] };
        var things = Of([range], [BothArms, bend], [range]);

        Assert.Equal([3, 1], things.Select(thing => thing.All.Count));
        Assert.All(things, thing => Assert.Equal(thing.All.Count, thing.All.Select(found => found.Repetition.Index).Distinct().Count()));
    }

    [Fact]
    public void Of_PathsOfOneJoint_AreOneThingWhereTheyGoTheSameWay()
    {
        Assert.Single(Of([Path], [Path with { Shift = [0.2, -0.1] }]));
        Assert.Equal(2, Of([Path], [Path with { Shift = [-0.2, 0.1] }]).Count);
        Assert.Equal(2, Of([Path], [Path with { Joint = "right-elbow" }]).Count);
    }

    [Fact]
    public void Of_ReportsOfEarlierVersions_WhichNameNoArms_GoByTheMeasure() =>
        Assert.Single(Of([Scene.Elbow], [Scene.Elbow with { Joint = "right-elbow" }]));

    private static IReadOnlyList<RepeatedFinding> Of(params Finding[][] repetitions) =>
        RepeatedFinding.Of(repetitions.Select((findings, at) => Scene.Repetition(at + 1, 3 * at, Verdict.Incorrect, findings)));
}
