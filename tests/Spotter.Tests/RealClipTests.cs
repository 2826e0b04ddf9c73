using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Tests.Poses;

namespace Spotter.Tests;

/// <summary>The development clips from end to end, without an exercise named: the table of docs/evaluation.md.</summary>
public sealed class RealClipTests
{
    private static readonly FormChecker Checker = new(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));

    [Theory]
    [InlineData("press-standing-side-barbell-2reps.mp4", 2)]
    [InlineData("press-standing-side-barbell-1rep.mp4", 1)]
    [InlineData("press-standing-side-barbell-2reps-mirrored.mp4", 2)]
    [InlineData("press-standing-side-barbell-2reps-rotated-phone.mp4", 2)]
    [InlineData("press-standing-side-barbell-2reps-small-15fps.mp4", 2)]
    public async Task Check_GoodPress_IsCorrectWithItsCount(string clip, int repetitions)
    {
        var report = await CheckAsync(clip);
        Assert.Equal((Verdict.Correct, "shoulder-press", repetitions), (report.Verdict, report.Exercise, report.Repetitions.Count));
        Assert.All(report.Repetitions, repetition => Assert.Equal(Verdict.Correct, repetition.Verdict));
        Assert.Empty(report.Notes);
    }

    [Theory]
    [InlineData("press-standing-side-barbell-hands-cut-off.mp4", ReasonCodes.OutOfFrame)]
    [InlineData("press-seated-oblique-dumbbells.mp4", ReasonCodes.UnsupportedView)]
    [InlineData("triceps-extension-overhead-seated-oblique.mp4", ReasonCodes.JointsHidden)]
    [InlineData("front-raise-standing-side.mp4", ReasonCodes.OutOfFrame)] // hands and hips are below the picture between the raises
    [InlineData("arm-swings-standing-front-office.mp4", ReasonCodes.CameraMoves)]
    [InlineData("curl-standing-side-with-drawn-skeleton.mp4", ReasonCodes.FrameRateTooLow)]
    [InlineData("squat-standing-front-with-drawn-skeleton.mp4", ReasonCodes.FrameRateTooLow)]
    [InlineData("plank-side-with-drawn-skeleton.mp4", ReasonCodes.NotThisExercise)]
    [InlineData("crowd-street-5-frames.mp4", ReasonCodes.FrameRateTooLow)]
    [InlineData("two-people-press-and-front-raise-composite.mp4", ReasonCodes.SeveralPeople)]
    [InlineData("no-person-tree.mp4", ReasonCodes.NoPerson)]
    public async Task Check_WhatCannotBeJudged_SaysWhy(string clip, string code)
    {
        var report = await CheckAsync(clip);
        Assert.Equal((Verdict.CannotJudge, 0), (report.Verdict, report.Repetitions.Count));
        Assert.Equal(code, report.Reasons[0].Code);
    }

    private static Task<Report> CheckAsync(string clip)
    {
        InstalledModels.Require();
        return Checker.CheckAsync(SharedData.Require("clips/" + clip), new CheckOptions());
    }
}
