using System.Globalization;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Tests.Scoring;

public sealed class VerdictTextTests
{
    [Theory]
    [InlineData("en", "Good set; look at repetition 2.", 2)]
    [InlineData("en", "Good set; look at repetitions 2, 5.", 2, 5)]
    [InlineData("en", "Good set: nothing to change.")]
    [InlineData("zh-Hant", "整組良好；請看第 2 次。", 2)]
    public void Sentence_GoodSetWithOddRepetitions_NamesThem(string language, string expected, params int[] odd)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo(language));
        Assert.Equal(expected, VerdictText.Sentence(Report(odd)));
    }

    [Fact]
    public void Sentence_SomeCouldNotBeJudged_PraisesOnlyTheOthers()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));
        var report = Report();
        Assert.Equal(
            "Good as far as it could be judged: 5 of 6 repetitions.",
            VerdictText.Sentence(report with { Repetitions = [.. report.Repetitions.Skip(1), report.Repetitions[0] with { Verdict = Verdict.CannotJudge }] }));
    }

    [Fact]
    public void Sentence_RepetitionToWatch_DoesNotSayThatNothingIsToChange()
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));
        var report = Report();
        Assert.Equal(
            "Good set, but not every repetition is clearly good.",
            VerdictText.Sentence(report with { Repetitions = [report.Repetitions[0] with { Watch = true }, .. report.Repetitions.Skip(1)] }));
    }

    [Fact]
    public void Sentence_PackThatCannotFlag_PromisesNothing() => Assert.NotEqual(
        VerdictText.Sentence(Report()), VerdictText.Sentence(Report() with { Notes = [new Note(NoteCodes.TooFewExamples, "")] }));

    private static Report Report(params int[] odd) => new()
    {
        Verdict = Verdict.Correct,
        Video = new VideoSummary(1, 1, 30, 1, 1),
        Timing = new Timing(0, 0, 0, 0, 0),
        Repetitions =
        [
            .. Enumerable.Range(1, 6).Select(index => new RepetitionReport
            {
                Index = index,
                StartSeconds = index,
                TurningSeconds = index,
                EndSeconds = index,
                Verdict = odd.Contains(index) ? Verdict.Incorrect : Verdict.Correct,
                Score = 0,
                PValue = 0.5,
            }),
        ],
    };
}
