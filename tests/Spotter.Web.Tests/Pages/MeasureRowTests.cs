using System.Globalization;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Pages;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Tests.Pages;

/// <summary>The table of all measures beside the verdict above it.</summary>
public sealed class MeasureRowTests
{
    private static readonly MeasuredSet Elbow = new("elbow-extension-degrees", "degrees", 150, 170, [149, 175, 120]) { Worst = [148, 174, 110] };

    [Fact]
    public void Of_OddRepetition_MarksTheWorseArmOnTheFaultySideAlone()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        var row = Assert.Single(MeasureRow.Of(Report(Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect), new Insight { Measures = [Elbow] }));

        Assert.Equal(("Straightest elbow angle in this picture", "at least 150°"), (row.Name, row.Expected));
        Assert.Equal([("148°", true), ("174°", false), ("110°", true)], row.Values);
    }

    [Fact]
    public void Of_GoodRepetitions_MarksThemOnlyInASetThatIsNot()
    {
        Assert.Equal([false, false, true], Marks(Report(Verdict.Correct, Verdict.Correct, Verdict.CannotJudge, Verdict.Incorrect), Elbow));
        Assert.Equal([true, false, true], Marks(Report(Verdict.Incorrect, Verdict.Correct, Verdict.Correct, Verdict.Correct), Elbow));
    }

    [Fact]
    public void Of_MeasureThatIsNotJudged_IsMarkedOnlyWhereAFindingSpeaksOfIt()
    {
        var report = Report(Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect);
        var finding = new Finding("left-elbow", "top", 1, 2, Elbow.Measure, 107, [150, 170], 1, "Straighten your arms.");
        report = report with { Repetitions = [.. report.Repetitions.Take(2), report.Repetitions[2] with { Findings = [finding] }] };

        var row = Assert.Single(MeasureRow.Of(report, new Insight { Measures = [Elbow with { IsJudged = false }] }));

        Assert.Equal([false, false, true], row.Values.Select(value => value.IsOff));
        // The card above has the same number.
        Assert.StartsWith("107", row.Values[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ValueThatReadsLikeTheEndOfTheGoodOnes_IsNotMarked() =>
        Assert.Equal([false, false, false], Marks(Report(Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect), Elbow with { Worst = [149.8, 150, double.NaN] }));

    [Fact]
    public void Of_ResultOfAnEarlierVersion_ShowsWhatWasStored()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));
        const string Stored = """{"measures":[{"measure":"elbow-extension-degrees","unit":"degrees","low":150,"high":170,"values":[149,"NaN",120]},{"measure":"of-yesterday","unit":"degrees","low":1,"high":2,"values":[0,1,2]}],"curves":[]}""";

        var rows = MeasureRow.Of(
            Report(Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect, Verdict.Incorrect), Insight.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Stored))));

        Assert.Equal([("149°", true), ("–", false), ("120°", true)], rows[0].Values);
        Assert.Equal("of-yesterday", rows[1].Name);
        Assert.DoesNotContain(rows[1].Values, value => value.IsOff);
    }

    private static IEnumerable<bool> Marks(Report report, MeasuredSet set) => Assert.Single(MeasureRow.Of(report, new Insight { Measures = [set] })).Values.Select(value => value.IsOff);

    private static Report Report(Verdict verdict, params Verdict[] repetitions) => new()
    {
        Exercise = "shoulder-press",
        Verdict = verdict,
        View = View.Front,
        Repetitions = [.. repetitions.Select((one, at) => new RepetitionReport { Index = at + 1, StartSeconds = at, TurningSeconds = at + 0.5, EndSeconds = at + 1, Verdict = one, Score = 0, PValue = 0.01 })],
        Video = new VideoSummary(640, 480, 30, 90, 90),
        Timing = new Timing(0, 0, 0, 0, 0),
    };
}
