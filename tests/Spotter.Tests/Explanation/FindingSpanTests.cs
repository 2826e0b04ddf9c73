using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class FindingSpanTests(PressPack pack)
{
    [Theory]
    [InlineData("elbow-extension-degrees", "Top")]
    [InlineData("elbow-flexion-degrees", "Bottom")]
    [InlineData("elbow-height-bottom", "Bottom")]
    [InlineData("asymmetry-degrees", "Top")]
    public void Of_Press_LiesAtItsEndOfTheMovement(string measure, string phase)
    {
        var judged = pack.Judge(PressPack.Figure(0, 2), out _);
        var moment = new FindingSpan(judged, PressPack.Press).Of(Cause(measure));
        var times = judged.Skeleton.Timestamps;
        var (start, turn, end) = (times[judged.Repetition.StartFrame], times[judged.Repetition.TurningFrame], times[judged.Repetition.EndFrame - 1]);

        Assert.Equal(phase, moment.Phase.ToString());
        Assert.InRange(moment.Start, start, moment.End);
        Assert.InRange(moment.End, moment.Start, end);
        Assert.Equal(phase == "Top", moment.Start <= turn && turn <= moment.End);
    }

    [Theory]
    [InlineData("seconds-up", true)]
    [InlineData("seconds-down", false)]
    public void Of_Tempo_IsTheWayThatItIsTakenOn(string measure, bool there)
    {
        var (moment, times) = Mannequins("shoulder-press", 0, Cause(measure));

        Assert.Equal(there, moment.Start == times.Start);
        Assert.Equal(!there, moment.End == times.End);
        Assert.True(there ? moment.End <= times.Turn : moment.Start >= times.Turn);
    }

    [Fact]
    public void Of_HasteBothWays_IsTheWholeRepetition()
    {
        var (moment, times) = Mannequins("shoulder-press", 0, Cause("seconds-up") with { IsThroughout = true });

        Assert.Equal((RepetitionPhase.Whole, times.Start, times.End), (moment.Phase, moment.Start, moment.End));
    }

    // A pushdown straightens the arm at the bottom, a curl bends it at the top: each where it turns.
    [Theory]
    [InlineData("triceps-pushdown", "elbow-extension-degrees", true, "Bottom", true)]
    [InlineData("triceps-pushdown", "elbow-flexion-degrees", false, "Top", false)]
    [InlineData("bicep-curl", "elbow-flexion-degrees", false, "Top", true)]
    [InlineData("bicep-curl", "elbow-extension-degrees", true, "Bottom", false)]
    public void Of_OtherExercise_FindsTheEndWhereTheArmReallyIsSo(string name, string measure, bool low, string phase, bool atTurn)
    {
        var (moment, times) = Mannequins(name, 80, Cause(measure, low));

        Assert.Equal(phase, moment.Phase.ToString());
        Assert.Equal(atTurn, moment.Start <= times.Turn && times.Turn <= moment.End);
    }

    [Theory]
    [InlineData("bicep-curl", 80, true)]
    [InlineData("triceps-pushdown", 80, false)]
    public void Of_SwingOfTheUpperArm_IsWhereItIsFarthestOut(string name, double azimuth, bool atTurn)
    {
        var (moment, times) = Mannequins(name, azimuth, Cause("upper-arm-swing-degrees", false), new Fault(FaultKind.ElbowsForward, 40));

        Assert.Equal(atTurn, moment.Start <= times.Turn && times.Turn <= moment.End);
        Assert.True(moment.End - moment.Start < 0.7 * (times.End - times.Start));
        Assert.True(moment.Start <= times.Turn);
    }

    [Fact]
    public void Of_ArmsBentThroughoutAShrug_IsTheWholeShrug()
    {
        var (moment, times) = Mannequins(
            "shoulder-shrug", 0, Cause("elbow-flexion-degrees") with { Band = new MeasureBand("elbow-flexion-degrees", 165, 170, 175, 10), Value = 120 }, new Fault(FaultKind.NoLockout, 50));

        Assert.Equal(RepetitionPhase.Whole, moment.Phase);
        Assert.True(moment.End - moment.Start > 0.8 * (times.End - times.Start));
    }

    [Fact]
    public void Of_ShouldersThatRiseTooLittle_IsAtTheTop()
    {
        var (moment, times) = Mannequins("shoulder-shrug", 0, Cause("shoulder-rise"));

        Assert.Equal(RepetitionPhase.Top, moment.Phase);
        Assert.InRange(times.Turn, moment.Start, moment.End);
    }

    [Fact]
    public void Of_KneeDrive_IsWhereTheKneesBend()
    {
        var judged = pack.Judge(PressPack.Figure(78, 2) with { KneeDriveDegrees = 40 }, out _);
        var moment = new FindingSpan(judged, PressPack.Press).Of(Cause("knee-drive-degrees", low: false));
        var turn = judged.Skeleton.Timestamps[judged.Repetition.TurningFrame];

        Assert.True(moment.End < turn);
        Assert.InRange(moment.End - moment.Start, 0.1, 0.7);
    }

    // The second of three repetitions of the mannequin, of its right arm.
    private (Moment Moment, (double Start, double Turn, double End) Times) Mannequins(string name, double azimuth, Cause cause, params Fault[] faults)
    {
        var exercise = ExerciseDefinition.Load(name);
        var cleaned = SkeletonCleaning.Clean(Mannequin.Synthesize(
            new MannequinOptions { Exercise = name, Repetitions = 3, Seed = 2, Faults = faults, Camera = new CameraPlacement { Azimuth = azimuth } }).Exact);
        var view = ViewEstimator.Estimate(cleaned)!.Value;
        var repetition = RepetitionSegmenter.Segment(cleaned, view, exercise).Repetitions[1];
        var judged = pack.Judge(PressPack.Figure(78, 2), out _) with { Skeleton = cleaned, View = view, Repetition = repetition };
        var times = cleaned.Timestamps;
        return (new FindingSpan(judged, exercise).Of(cause with { Sides = [BodySide.Right] }), (times[repetition.StartFrame], times[repetition.TurningFrame], times[repetition.EndFrame - 1]));
    }

    private static Cause Cause(string name, bool low = true)
    {
        var measure = MeasureCatalogue.Get(name);
        low &= measure.Faulty != FaultyValues.High;
        return new Cause(name, measure, new MeasureBand(name, 0.1, 0.15, 0.2, 10), low ? 0 : 1000, BodySides.Both, new Dictionary<string, double>());
    }
}
