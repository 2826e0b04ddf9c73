using System.Text.Json;
using Spotter.Explanation;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Tests.Words;

public sealed class SentenceTests
{
    private static readonly Sentence Every = new(
        "reason.movements-too-small", 4, new Sentence("path.and", SentencePart.Names("path.up", "path.out"), SentencePart.Amount("torso lengths", 0.2)), SentencePart.Exercises("xn--fiq228c"));

    [Fact]
    public void Say_AfterJson_IsTheSameInEveryLanguage()
    {
        var read = JsonSerializer.Deserialize<Sentence>(JsonSerializer.Serialize(Every, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        foreach (var language in Texts.Languages)
        {
            using var speech = Texts.Speak(Texts.FindLanguage(language));
            Assert.Equal(Every.Say(), read.Say());
        }
    }

    [Fact]
    public void Say_InChinese_TranslatesNamesAmountsAndInnerSentences()
    {
        using var speech = Texts.Speak(Texts.FindLanguage("zh-Hant"));
        Assert.DoesNotMatch("[A-Za-z]{3,}", Every.Say());
    }

    [Fact]
    public void TrySay_OfAnotherVersion_IsNull()
    {
        Assert.Null(new Sentence("reason.of-tomorrow", 3).TrySay());
        Assert.Null(new Sentence("reason.person-too-small").TrySay());
    }

    [Fact]
    public void Reasons_StoredInEnglish_AreSaidInChinese()
    {
        var press = new PressFigure { Scale = 45, FramesPerSecond = 10 };
        IReadOnlyList<Reason> stored = Suitability.OfClip(PoseTrack.FromKeypoints(press.Render()));
        using var speech = Texts.Speak(Texts.FindLanguage("zh-Hant"));

        Assert.Equal(Suitability.OfClip(PoseTrack.FromKeypoints(press.Render())).Select(reason => reason.Text), stored.Select(reason => reason.Said!.Say()));
    }

    [Fact]
    public void Advice_OnAPath_IsSaidInChineseFromTheReport()
    {
        var advice = PathWords.Advice(Joint.RightElbow, ViewEstimate.FromAzimuth(0), 0.2, -0.2);
        var finding = new Finding("right-elbow", "whole", 0, 1, "path-distance", 0.3, [0, 0.1], 1, advice.Say()) { Advice = advice.Say(), Said = advice };
        using var speech = Texts.Speak(Texts.FindLanguage("zh-Hant"));

        Assert.DoesNotMatch("[A-Za-z]{3,}", FindingSentence.Of(finding, "shoulder-press", View.Front)!.Say());
    }
}
