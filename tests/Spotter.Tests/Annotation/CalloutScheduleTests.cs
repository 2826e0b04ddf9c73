using Spotter.Annotation;
using Spotter.Scoring;

namespace Spotter.Tests.Annotation;

public sealed class CalloutScheduleTests
{
    [Fact]
    public void Make_FindingsApart_StartAtTheirMomentAndLastForReading()
    {
        var callouts = CalloutSchedule.Make(Scene.Incorrect);

        Assert.Equal([Scene.Elbow, Scene.Lean], callouts.Select(callout => callout.Finding));
        Assert.All(callouts, callout => Assert.Equal(callout.Finding.StartSeconds, callout.ShowFrom));
        Assert.All(callouts, callout => Assert.True(callout.ShowTo - callout.ShowFrom >= 2));
    }

    [Fact]
    public void Make_FindingsAtOnce_ShowOneAfterTheOtherMostImportantFirst()
    {
        var second = Scene.Elbow with { Joint = "right-elbow", Contribution = 0.3 };
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, second, Scene.Elbow)));

        Assert.Equal(["left-elbow", "right-elbow"], callouts.Select(callout => callout.Finding.Joint));
        Assert.True(callouts[0].ShowTo - callouts[0].ShowFrom >= 1.2 - 1e-9);
        Assert.True(callouts[1].ShowFrom >= callouts[0].ShowTo);
    }

    [Fact]
    public void Mark_ShortMoment_IsShownThenEvenIfTheTextComesLater()
    {
        var second = Scene.Elbow with { Joint = "right-elbow", Contribution = 0.3 };
        var callout = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, second, Scene.Elbow)))[1];

        Assert.Equal((second.StartSeconds, second.EndSeconds), (callout.MarkFrom, callout.MarkTo));
        Assert.True(callout.ShowFrom > second.StartSeconds);
    }

    [Fact]
    public void Mark_LongMoment_GoesWithItsText()
    {
        var callout = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow with { EndSeconds = 3 })))[0];

        Assert.Equal((callout.ShowFrom, 3), (callout.MarkFrom, callout.MarkTo));
    }

    [Fact]
    public void Make_TooManyAtOnce_LeavesTheRestToTheClosingCard()
    {
        var crowd = Enumerable.Range(1, 20).Select(index => Scene.Repetition(index, index * 0.1, Verdict.Incorrect, Scene.Elbow)).ToArray();
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, crowd));

        Assert.InRange(callouts.Count, 1, 4);
        Assert.All(callouts, callout => Assert.True(callout.ShowFrom <= callout.Finding.EndSeconds + 1.5));
    }
}
