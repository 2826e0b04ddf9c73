using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Tests.Work;

/// <summary>What was said in one language and is read in another.</summary>
public sealed class ReaderTextTests
{
    private static readonly Reason Old = new(ReasonCodes.NoPerson, "Nobody was found.");

    [Fact]
    public void Of_ResultsOfEarlierVersions_IsAsStored()
    {
        var finding = new Finding("right-elbow", "top", 1, 2, "elbow-max-angle", 110, [140, 180], 1, "Straighten your arms. 110° instead of 140°.");

        Assert.Equal(new ReaderText(Old.Text, IsStored: true), ReaderText.Of(Old));
        Assert.Equal(new ReaderText(Old.Text, IsStored: true), ReaderText.Of(Outcome() with { Headline = Old.Text }));
        Assert.Equal(new ReaderText(finding.Text, IsStored: true), ReaderText.Of(finding, Report(Old)));
        Assert.Equal(new ReaderText("Not judged in this clip: leaning back.", IsStored: true), ReaderText.Of(new Unseen(["trunk-lean-degrees"], "Not judged in this clip: leaning back.")));
        Assert.Null(ReaderText.Of(Outcome()));
    }

    [Fact]
    public void Of_WhatWasNotJudgedAfterTheStore_IsInTheReadersLanguage()
    {
        var stored = Report(Old) with { Unseen = new Unseen(["trunk-lean-degrees"], "") { Said = new Sentence("report.unseen", SentencePart.Names("fault.lean-back")) } };
        using var speech = Texts.Speak(Texts.FindLanguage("zh-Hant"));

        var read = ReaderText.Of(ReportJson.Deserialize(ReportJson.Serialize(stored)).Unseen!);

        Assert.Equal(new ReaderText("這段影片沒有判斷的項目：向後仰。", IsStored: false), read);
    }

    [Fact]
    public void Of_SentenceThatThisVersionDoesNotKnow_IsAsStored() =>
        Assert.Equal(new ReaderText(Old.Text, IsStored: true), ReaderText.Of(Old with { Said = new Sentence("reason.of-tomorrow") }));

    [Fact]
    public void Headline_AfterTheStore_IsInTheReadersLanguage()
    {
        var (stored, said) = ReaderText.Headline(Report(Suitability.Because(ReasonCodes.OutOfFrame, SentencePart.Names("joint.right-wrist"))));
        var outcome = System.Text.Json.JsonSerializer.Deserialize<ClipOutcome>((Outcome() with { Headline = stored, HeadlineSaid = said }).ToJson(), System.Text.Json.JsonSerializerOptions.Web)!;
        using var speech = Texts.Speak(Texts.FindLanguage("zh-Hant"));

        var read = ReaderText.Of(outcome)!.Value;

        Assert.False(read.IsStored);
        Assert.DoesNotMatch("[A-Za-z]{3,}", read.Text);
    }

    private static ClipOutcome Outcome() => new() { Attempt = "", Verdict = Verdict.CannotJudge, Files = [] };

    private static Report Report(Reason reason) =>
        ReportParts.Unjudged(PoseTrack.FromKeypoints(SkeletonSequence.AtConstantRate(new float[3 * Skeleton.JointCount], 30, 640, 480))) with { Reasons = [reason] };
}
