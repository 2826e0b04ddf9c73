using System.Globalization;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Synthesis;
using Spotter.Tests.Repetitions;

namespace Spotter.Tests;

/// <summary>Sets that go only part of the way: counted and judged while they are still the exercise, spoken of when they are too small.</summary>
public sealed class HalfRepetitionTests : IDisposable
{
    private static readonly PackCatalogue Shipped = new(Path.Combine(SharedData.Repository, "models"));

    private readonly FormChecker checker = new(Shipped);

    public void Dispose() => checker.Dispose();

    [Theory]
    [InlineData("shoulder-press", "front", "no-lockout:60", "elbow-extension-degrees")]
    [InlineData("shoulder-press", "front", "short-bottom:35", "elbow-flexion-degrees")]
    [InlineData("shoulder-press", "side", "no-lockout:60", "elbow-extension-degrees")]
    [InlineData("triceps-pushdown", "side", "no-lockout:60", "elbow-extension-degrees")]
    public void Judge_HalfRepetitions_AreAllCountedAndFoundFaulty(string exercise, string view, string fault, string measure)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var report = Judge(exercise, view, fault, seed);

            Assert.Equal((exercise, Verdict.Incorrect, 3), (report.Exercise, report.Verdict, report.Repetitions.Count));
            Assert.All(report.Repetitions, repetition => Assert.Contains(repetition.Findings, finding => finding.Measure == measure));
        }
    }

    [Theory]
    [InlineData("shoulder-press", "front", "short-bottom:50", false)]
    [InlineData("triceps-pushdown", "side", "short-top:60", false)]
    [InlineData("shoulder-shrug", "front", "short-rise:0.6", false)]
    [InlineData("bicep-curl", "side", "short-top:60", true)]
    public void Judge_MovementsTooSmallToCount_SaysSo(string exercise, string view, string fault, bool asked)
    {
        // A curl that stops half-way is a pushdown to whoever is not told.
        var report = Judge(exercise, view, fault, 2, asked ? exercise : null);
        var inChinese = Judge(exercise, view, fault, 2, asked ? exercise : null, "zh-TW");

        Assert.Equal((exercise, Verdict.CannotJudge), (report.Exercise, report.Verdict));
        var reason = Assert.Single(report.Reasons);
        Assert.Equal(ReasonCodes.MovementsTooSmall, reason.Code);
        Assert.Matches(@"too small to count as repetitions were seen: 3 \(about [1-6]?\d % of a usual ", reason.Text);
        Assert.Matches(@"有 3 次動作幅度太小.*約為一般.+的 [1-6]?\d %", inChinese.Reasons[0].Text);
    }

    [Theory]
    [InlineData("shoulder-press", "front", "short-bottom:40")]
    [InlineData("shoulder-press", "front", "short-bottom:50")]
    [InlineData("shoulder-press", "side", "short-bottom:50")]
    [InlineData("bicep-curl", "side", "short-top:60")]
    [InlineData("bicep-curl", "side", "no-lockout:60")]
    [InlineData("front-raise", "side", "short-top:60")]
    [InlineData("triceps-pushdown", "side", "short-top:60")]
    public void Judge_EachMovement_IsCountedOrSpokenOf(string exercise, string view, string fault)
    {
        foreach (var seed in new[] { 2, 5 })
        {
            var report = Judge(exercise, view, fault, seed, exercise);

            var spokenOf = report.Reasons.Where(reason => reason.Code == ReasonCodes.MovementsTooSmall).Select(reason => reason.Text)
                .Concat(report.Notes.Where(note => note.Code == NoteCodes.MovementsTooSmall).Select(note => note.Text));
            Assert.Equal(3, report.Repetitions.Count + spokenOf.Sum(Count));
            Assert.NotEqual(Verdict.Correct, report.Verdict);
        }
    }

    [Fact]
    public void Judge_SomeRepetitionsTooSmall_NotesHowMany()
    {
        var options = Options("shoulder-press", "side", "short-bottom:50", 1);
        var reports = new[] { "en", "zh-Hant" }.Select(language => Judge(options, null, language)).ToArray();

        Assert.Equal(3, reports[0].Repetitions.Count + reports[0].Notes.Sum(note => Count(note.Text)));
        Assert.Contains(reports[0].Notes, note => note.Code == NoteCodes.MovementsTooSmall && note.Text.Contains("of a usual one", StringComparison.Ordinal));
        Assert.Contains(reports[1].Notes, note => note.Code == NoteCodes.MovementsTooSmall && note.Text.Contains("幅度太小而未計入的動作", StringComparison.Ordinal));
        Assert.DoesNotContain(reports[0].Notes, note => note.Code == NoteCodes.MovementsLeftOut);
    }

    [Theory]
    [InlineData("front")]
    [InlineData("side")]
    public void Judge_GettingIntoPositionAndOut_IsNoSmallMovement(string view)
    {
        var set = Mannequin.Synthesize(Options("shoulder-press", view, null, 3));
        var report = checker.Judge(PoseTrack.FromKeypoints(new FilmedAlone { Nearness = 2 }.Around(set.Sequence)), new CheckOptions());

        Assert.Equal(3, report.Repetitions.Count);
        Assert.DoesNotContain(report.Notes, note => note.Code == NoteCodes.MovementsTooSmall);
    }

    [Theory]
    [InlineData("front-view/shoulder-press")]
    [InlineData("pose-trainer/shoulder-press")]
    [InlineData("front-view/bicep-curl")]
    public void Choose_RecordedSet_HasNoSmallMovements(string folder) =>
        Assert.All(RecordedSets.Files(folder), file =>
        {
            var (sequence, view, _) = RecordedSets.Cut(file, Shipped.Load(Path.GetFileName(folder)).Definition);
            Assert.Null(PackChoice.Choose(Shipped, null, sequence, view).Small);
        });

    private static int Count(string text) => int.Parse(text.Split(": ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static MannequinOptions Options(string exercise, string view, string? fault, int seed) => new()
    {
        Exercise = exercise,
        Camera = CameraPlacement.Parse(view),
        Faults = fault is null ? [] : [Fault.Parse(fault)],
        Repetitions = 3,
        Seed = seed,
        NoiseSeed = seed,
        Noise = EstimatorNoise.BlazePose,
    };

    private Report Judge(string exercise, string view, string fault, int seed, string? asked = null, string language = "en") =>
        Judge(Options(exercise, view, fault, seed), asked, language);

    private Report Judge(MannequinOptions options, string? asked, string language) => checker.Judge(
        PoseTrack.FromKeypoints(Mannequin.Synthesize(options).Sequence),
        new CheckOptions { Exercise = asked, Language = CultureInfo.GetCultureInfo(language) });
}
