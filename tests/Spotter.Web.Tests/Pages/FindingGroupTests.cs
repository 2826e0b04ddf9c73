using System.Globalization;
using Spotter.Scoring;
using Spotter.Web.Pages;
using Spotter.Words;

namespace Spotter.Web.Tests.Pages;

public sealed class FindingGroupTests
{
    private static readonly Finding Elbows = new("left-elbow", "top", 1, 2, "elbow-extension-degrees", 140, [160, 180], 0.6, "Straighten your arms.") { Arms = ["left", "right"] };

    private static readonly Finding Bounce = new("right-wrist", "up", 1, 2, "bounce", 0.12, [0, 0.04], 0.6, "Press up in one go.") { Arms = ["right"] };

    [Fact]
    public void Of_OneCauseInOtherArmAndMeasure_IsOneCardWithAllItsRepetitions()
    {
        var card = Assert.Single(FindingGroup.Of(Report(
            (Verdict.Incorrect, Elbows),
            (Verdict.Incorrect, Elbows with { Joint = "right-elbow", Arms = ["right"], Value = 130, Text = "Straighten your right elbow." }),
            (Verdict.Incorrect, Elbows with { Measure = "wrist-height-top", Value = 0.5, Expected = [0.8, 1], Text = "Press higher." }))));

        Assert.Equal("Straighten your arms.", card.Text);
        Assert.Equal([1, 2, 3], card.Others.Select(other => other.Repetition));

        // The height of a hand has no place beside angles.
        Assert.Equal([true, true, false], card.Others.Select(other => other.Value.Length > 0));
    }

    [Fact]
    public void Of_RemarksOnGoodRepetitions_ComeLast()
    {
        var lean = Elbows with { Measure = "trunk-lean-degrees", Value = 20, Expected = [0, 10], Arms = null, Text = "Lean back less." };
        var cards = FindingGroup.Of(Report((Verdict.Correct, lean), (Verdict.Correct, lean), (Verdict.Incorrect, Elbows)));

        Assert.Equal([false, true], cards.Select(card => card.IsRemark));
    }

    [Fact]
    public void Of_AngleAndLength_SayOfWhatTheNumbersAre()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));
        var cards = FindingGroup.Of(Report((Verdict.Incorrect, Elbows with { Expected = [160, 170] }), (Verdict.Incorrect, Bounce)));

        Assert.Equal(["Straightest elbow angle in this picture", "Drop before or on the way up"], cards.Select(card => card.Measure));
        Assert.Equal(["140°", "about 6 cm"], cards.Select(card => card.Value));
        Assert.Equal(["at least 160°", "at most 2 cm"], cards.Select(card => card.Expected));
        Assert.Equal("Straightest elbow angle", Assert.Single(FindingGroup.Of(Report((Verdict.Incorrect, Elbows)))).Measure);
    }

    private static Report Report(params (Verdict Verdict, Finding Finding)[] repetitions) => new()
    {
        Exercise = "shoulder-press",
        Verdict = Verdict.Incorrect,
        Repetitions = [.. repetitions.Select((one, at) => new RepetitionReport
        {
            Index = at + 1, StartSeconds = at, TurningSeconds = at + 0.5, EndSeconds = at + 1, Verdict = one.Verdict, Score = 0, PValue = 0.01, Findings = [one.Finding],
        })],
        Video = new VideoSummary(640, 480, 30, 90, 90),
        Timing = new Timing(0, 0, 0, 0, 0),
    };
}
