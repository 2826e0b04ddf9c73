using System.Numerics;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Tests.Packs;
using Spotter.Tests.Scoring;

namespace Spotter.Tests;

/// <summary>Every way in which a clip, or a part of it, cannot be judged, through the whole judgement with the packs that ship.</summary>
public sealed class FormCheckerTests : IDisposable
{
    private static readonly MannequinSequence Press = Synthesize(new MannequinOptions());
    private static readonly double Length = Press.Sequence.Timestamps[^1];

    private readonly FormChecker checker = new(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));

    public void Dispose() => checker.Dispose();

    [Fact]
    public void Judge_OrdinarySet_HasAVerdictForEachRepetition()
    {
        var report = Judge(Press.Sequence);
        Assert.Empty(report.Reasons);
        Assert.Empty(report.Notes);
        Assert.Equal(4, report.Repetitions.Count);
        Assert.All(report.Repetitions, repetition => Assert.NotNull(repetition.PValue));
    }

    [Fact]
    public async Task CheckAsync_CancelledOnceTheClipWasFollowed_JudgesNothing()
    {
        var clip = Path.Combine(Path.GetTempPath(), Path.ChangeExtension(Path.GetRandomFileName(), ".npy"));
        try
        {
            NpyFile.Write(clip, Press.Sequence);
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checker.CheckAsync(clip, Options() with { Followed = _ => stop.Cancel() }, cancellationToken: stop.Token));
        }
        finally
        {
            File.Delete(clip);
        }
    }

    [Theory]
    [InlineData(8, NoteCodes.SlowMotion)]
    [InlineData(1, NoteCodes.PerhapsSlowMotion)]
    public void Judge_SlowMotion_SaysWhatItsTempoIsWorth(double told, string note)
    {
        // Recorded with 240 frames a second and stored with 30.
        var fast = Synthesize(new MannequinOptions { FramesPerSecond = 240 }).Sequence;
        var slow = SkeletonSequence.AtConstantRate(fast.Keypoints.ToArray(), 30, fast.Width, fast.Height);

        var report = checker.Judge(PoseTrack.FromKeypoints(slow) with { Slowness = told }, Options());

        AssertJudged(4, report);
        Assert.Contains(note, report.Notes.Select(one => one.Code));
        Assert.DoesNotContain(report.Repetitions.SelectMany(repetition => repetition.Findings), finding => told > 1 && MeasureCatalogue.Find(finding.Measure) is { IsTempo: true });
        Assert.Contains("seconds-up", report.Unseen!.Measures);
    }

    [Fact]
    public void Judge_QuickPressInSlowMotion_IsNotToldOfItsTempo()
    {
        var report = checker.Judge(PoseTrack.FromKeypoints(Synthesize(new MannequinOptions { Faults = [Fault.Parse("rush:3")] }).Sequence) with { Slowness = 2 }, Options());

        AssertJudged(4, report);
        Assert.DoesNotContain(report.Repetitions.SelectMany(repetition => repetition.Findings), finding => MeasureCatalogue.Find(finding.Measure) is { IsTempo: true });
    }

    [Fact]
    public void Judge_HalfASecond_IsTooShort() => AssertRefused(ReasonCodes.TooShort, Judge(Press.Sequence.Slice(0, 15)));

    [Fact]
    public void Judge_TenFramesASecond_AreTooFew() => AssertRefused(ReasonCodes.FrameRateTooLow, Judge(Press.Sequence.Every(3)));

    [Fact]
    public void Judge_HardlyAFrameWhileNothingMoves_CountsTheRateOfTheSet()
    {
        // As recordings of a screen do: a minute in which the person stands still is ten frames.
        const int Still = 10;
        const double Pause = 6;
        var stride = Press.Sequence.Keypoints.Length / Press.Sequence.FrameCount;
        var still = Enumerable.Repeat(Press.Sequence.Keypoints[..stride].ToArray(), Still).SelectMany(frame => frame);
        var sequence = new SkeletonSequence(
            [.. still, .. Press.Sequence.Keypoints],
            [.. Enumerable.Range(0, Still).Select(frame => frame * Pause), .. Press.Sequence.Timestamps.ToArray().Select(seconds => (Still * Pause) + seconds)],
            Press.Sequence.Width,
            Press.Sequence.Height);
        Assert.InRange(sequence.FramesPerSecond, 0, Suitability.MinimumFramesPerSecond);

        AssertJudged(4, Judge(sequence));
    }

    [Fact]
    public void Judge_EmptyRoom_HasNoPerson() => AssertRefused(ReasonCodes.NoPerson, Judge(Press.Sequence.Change((_, _, _) => Keypoint.Missing)));

    [Fact]
    public void Judge_NobodyInMostFrames_HasNoPerson() =>
        AssertRefused(ReasonCodes.NoPerson, Judge(Press.Sequence.Change((frame, _, keypoint) => frame % 10 < 7 ? Keypoint.Missing : keypoint)));

    [Fact]
    public void Judge_SetInAThirdOfAClipOfAnEmptyRoom_IsJudged() => AssertJudged(4, Judge(Press.Sequence.InEmptyRoom(Length, 2 * Length)));

    [Fact]
    public void Judge_SecondPersonDuringEveryRepetition_IsRefusedHoweverLongTheClip()
    {
        var rest = 2 * Length;
        var sequence = Press.Sequence.InEmptyRoom(rest, 0);
        var track = PoseTrack.FromKeypoints(sequence) with { People = PeopleDuring(sequence, seconds => Press.RepetitionTimes.Any(times => seconds - rest >= times.StartSeconds && seconds - rest <= times.EndSeconds)) };
        AssertRefused(ReasonCodes.SeveralPeople, checker.Judge(track, Options()));
    }

    [Fact]
    public void Judge_SecondPersonBeforeTheSet_DoesNotMatter()
    {
        var alone = new FilmedAlone();
        var sequence = alone.Around(Press.Sequence);
        AssertJudged(4, checker.Judge(PoseTrack.FromKeypoints(sequence) with { People = PeopleDuring(sequence, seconds => seconds < alone.BeforeSeconds) }, Options()));
    }

    [Theory]
    [InlineData(MannequinOptions.ShoulderPress)]
    [InlineData(null)]
    public void Judge_WristsSeenInTheSetOnly_AreJudgedHoweverLongTheClip(string? exercise)
    {
        var report = checker.Judge(PoseTrack.FromKeypoints(AfterAWalk(Press.Sequence, unseenInTheWalk: true, Joint.RightWrist, Joint.LeftWrist)), Options() with { Exercise = exercise });

        AssertJudged(4, report);
        Assert.All(report.Repetitions.Zip(Judge(Press.Sequence).Repetitions), pair => Assert.Equal(pair.Second.PValue!.Value, pair.First.PValue!.Value, 0.05));
    }

    [Fact]
    public void Read_LegsSeenBeforeTheSetOnly_AreNotMadeUpInIt()
    {
        Joint[] legs = [Joint.RightKnee, Joint.RightAnkle, Joint.LeftKnee, Joint.LeftAnkle];
        var track = PoseTrack.FromKeypoints(AfterAWalk(Press.Sequence, unseenInTheWalk: false, legs));

        var (skeleton, _, movement, _) = SetReading.Read(track, (sequence, view) => Movement.Of(ExerciseDefinition.Load(MannequinOptions.ShoulderPress), sequence, view), movement => movement.Set)!;

        Assert.Equal(4, movement.Set.Repetitions.Count);
        Assert.Equal(Enum.GetValues<Joint>().Except(legs), skeleton.JointsSeen);
    }

    [Theory]
    [InlineData(0.08, 0)]
    [InlineData(0, 0.3)]
    public void Judge_CameraThatShakesOrGoesAway_IsRefused(double perSecond, double inAll) =>
        AssertRefused(ReasonCodes.CameraMoves, checker.Judge(PoseTrack.FromKeypoints(Press.Sequence) with { Camera = CameraTracks.Moving(Length, perSecond, inAll) }, Options()));

    [Fact]
    public void Judge_TripodTouchedBeforeTheSet_DoesNotMatterButDuringItDoes()
    {
        var alone = new FilmedAlone();
        var track = PoseTrack.FromKeypoints(alone.Around(Press.Sequence));
        Report Bumped(double at) => checker.Judge(track with { Camera = CameraTracks.Bumped(track.Skeleton.Timestamps[^1], at, 0.3) }, Options());
        AssertJudged(4, Bumped(1));
        AssertRefused(ReasonCodes.CameraMoves, Bumped(alone.BeforeSeconds + (Length / 2)));
    }

    [Fact]
    public void Judge_SmallPerson_IsRefused() =>
        AssertRefused(ReasonCodes.PersonTooSmall, Judge(Press.Sequence.Change((_, _, keypoint) => keypoint with { X = keypoint.X / 10, Y = keypoint.Y / 10 })));

    [Fact]
    public void Judge_HandsThatLeaveThePictureInEveryRepetition_AreOutOfFrame() => AssertRefused(ReasonCodes.OutOfFrame, Judge(Press.Sequence.CutAbove(HeadTop())));

    [Fact]
    public void Judge_HandsThatLeaveThePictureOnce_LeaveOneRepetitionOut()
    {
        var (start, end) = (Press.RepetitionTimes[1].StartSeconds, Press.RepetitionTimes[1].EndSeconds);
        var report = Judge(Press.Sequence.CutAbove(NearTop(), frame => frame / 30.0 >= start && frame / 30.0 <= end));

        AssertJudged(4, report);
        AssertUnjudged(report, 2, ReasonCodes.OutOfFrame);
    }

    [Theory]
    [InlineData(0.02f)]
    [InlineData(0.2f)]
    public void Judge_WristsThatTheEstimatorIsHardlySureOf_AreHidden(float confidence)
    {
        var report = Judge(Press.Sequence.Change((_, joint, keypoint) => IsWrist(joint) ? keypoint with { Confidence = confidence } : keypoint));
        AssertRefused(ReasonCodes.JointsHidden, report);
        Assert.Contains("right wrist", report.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_WristsHiddenWithoutAnExerciseNamed_AreNotTakenForNoneOfTheExercises()
    {
        var sequence = Press.Sequence.Change((_, joint, keypoint) => IsWrist(joint) ? keypoint with { Confidence = 0.02f } : keypoint);
        AssertRefused(ReasonCodes.JointsHidden, checker.Judge(PoseTrack.FromKeypoints(sequence), new CheckOptions { Language = Options().Language }));
    }

    [Theory]
    [InlineData(0.02f)]
    [InlineData(0.07f)]
    public void Judge_HipsThatTheEstimatorOnlyGuesses_AreHidden(float confidence)
    {
        var sequence = Press.Sequence.Change((_, joint, keypoint) => IsHip(joint) ? keypoint with { Confidence = confidence } : keypoint);
        foreach (var track in new[] { PoseTrack.FromKeypoints(sequence), PoseTrack.FromKeypoints(sequence) with { World = World() } })
        {
            foreach (var exercise in new[] { MannequinOptions.ShoulderPress, null })
            {
                var report = checker.Judge(track, Options() with { Exercise = exercise });
                AssertRefused(ReasonCodes.JointsHidden, report);
                Assert.Contains("right hip, left hip", report.Reasons[0].Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Judge_HipsThatTheEstimatorDoubts_AreGoodEnoughToMeasureFrom() =>
        AssertJudged(4, Judge(Press.Sequence.Change((_, joint, keypoint) => IsHip(joint) ? keypoint with { Confidence = 0.12f } : keypoint)));

    [Fact]
    public void Judge_HipsGuessedInOneRepetition_LeaveItOut()
    {
        var (start, end) = (Press.RepetitionTimes[2].StartSeconds, Press.RepetitionTimes[2].EndSeconds);
        var report = Judge(Press.Sequence.Change((frame, joint, keypoint) =>
            IsHip(joint) && frame / 30.0 >= start - 0.2 && frame / 30.0 <= end + 0.2 ? keypoint with { Confidence = 0.07f } : keypoint));

        AssertJudged(4, report);
        AssertUnjudged(report, 3, ReasonCodes.JointsHidden);
    }

    [Fact]
    public void Judge_WristHiddenInOneRepetition_LeavesItOut()
    {
        var (start, end) = (Press.RepetitionTimes[2].StartSeconds, Press.RepetitionTimes[2].EndSeconds);
        var report = Judge(Press.Sequence.Change((frame, joint, keypoint) =>
            joint == Joint.LeftWrist && frame / 30.0 >= start && frame / 30.0 <= end && frame % 2 == 0 ? keypoint with { Confidence = 0.02f } : keypoint));

        AssertJudged(4, report);
        AssertUnjudged(report, 3, ReasonCodes.JointsHidden);
        Assert.Equal([NoteCodes.RepetitionsNotJudged], report.Notes.Select(note => note.Code));
        Assert.Equal(ReportJson.Serialize(report), ReportJson.Serialize(ReportJson.Deserialize(ReportJson.Serialize(report))));
    }

    [Fact]
    public void Judge_ClipThatEndsOnTheFirstWayUp_HasNoCompleteRepetition()
    {
        var frames = (int)(30 * (Press.RepetitionTimes[0].StartSeconds + (0.8 * (Press.RepetitionTimes[0].TurnSeconds - Press.RepetitionTimes[0].StartSeconds))));
        AssertRefused(ReasonCodes.NoCompleteRepetition, Judge(Press.Sequence.Slice(0, frames)));
    }

    [Theory]
    [InlineData(42, "diagonal")]
    [InlineData(178, "behind")]
    public void Judge_SeenFromElsewhere_SaysFromWhere(double azimuth, string view)
    {
        var report = Judge(Synthesize(new MannequinOptions { Camera = new CameraPlacement { Azimuth = azimuth } }).Sequence);
        AssertRefused(ReasonCodes.UnsupportedView, report);
        Assert.Contains(view, report.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Squat_IsNoneOfTheExercises()
    {
        var squat = new PressFigure { BottomDegrees = 60, TopDegrees = 60, KneeDriveDegrees = 100, AzimuthDegrees = 80 };
        AssertRefused(ReasonCodes.NotThisExercise, checker.Judge(PoseTrack.FromKeypoints(squat.Render()), new CheckOptions()));
    }

    [Fact]
    public void Judge_TwoPressesAmongThreeGestures_LeavesTheGesturesOut()
    {
        var press = Synthesize(new MannequinOptions { Repetitions = 2 });
        var report = Judge(Gestures(press.Sequence, 3));

        AssertJudged(2, report);
        Assert.Equal([NoteCodes.MovementsLeftOut], report.Notes.Select(note => note.Code));
        Assert.Contains("3", report.Notes[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_PackOfFewRepetitions_SaysThatItCannotCallAnythingWrong()
    {
        var folder = Directory.CreateTempSubdirectory("spotter-");
        try
        {
            var mannequins = MannequinPack.Shared;
            var few = new PackCatalogue(folder.FullName);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, PackCatalogue.BackboneFile), Path.Combine(SharedData.Repository, "models", PackCatalogue.BackboneFile));
            mannequins.Fit([.. mannequins.Correct.Where(repetition => repetition.View.View == View.Front).Take(6)]).Write(few.PathOf(MannequinOptions.ShoulderPress));
            using var learning = new FormChecker(few);
            var report = learning.Judge(PoseTrack.FromKeypoints(Press.Sequence), Options());

            Assert.Equal(Verdict.Correct, report.Verdict);
            Assert.Equal([NoteCodes.TooFewExamples], report.Notes.Select(note => note.Code));
            Assert.Contains("3 more", report.Notes[0].Text, StringComparison.Ordinal);
            Assert.Contains("No verdict", VerdictText.Sentence(report), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MannequinSequence Synthesize(MannequinOptions options) => Mannequin.Synthesize(options with
    {
        Seed = 3,
        Noise = EstimatorNoise.BlazePose,
        Width = 960,
        Height = 960,
    });

    private static bool IsWrist(Joint joint) => joint is Joint.RightWrist or Joint.LeftWrist;

    // The hands are at the shoulders at the bottom, and above this at the top.
    private static float HeadTop() => Press.Sequence[0, Joint.Nose].Y - (0.2f * Math.Abs(Press.Sequence[0, Joint.Neck].Y - Press.Sequence[0, Joint.RightHip].Y));

    // What is above this is a third of the way of the hands.
    private static float NearTop()
    {
        var (bottom, top) = (Press.Sequence[Press.Repetitions[1].StartFrame, Joint.RightWrist].Y, Press.Sequence[Press.Repetitions[1].TurningFrame, Joint.RightWrist].Y);
        return top + ((bottom - top) / 3);
    }

    private static int[] PeopleDuring(SkeletonSequence sequence, Func<double, bool> several) =>
        [.. sequence.Timestamps.ToArray().Select(seconds => several(seconds) ? 2 : 1)];

    // The hands go from hanging to the chest and back, before the weight goes to the shoulders.
    private static SkeletonSequence Gestures(SkeletonSequence press, int count)
    {
        var alone = new FilmedAlone { HangSeconds = 2 + (2 * count) };
        var from = alone.PhoneSeconds + alone.WalkSeconds + 1;
        var whole = alone.Around(press);
        return whole.Change((frame, joint, keypoint) =>
        {
            var seconds = (frame / 30.0) - from;
            if (!IsWrist(joint) || seconds < 0 || seconds > 2 * count)
            {
                return keypoint;
            }

            var torso = Math.Abs(whole[frame, Joint.Neck].Y - whole[frame, Joint.RightHip].Y);
            return keypoint with { Y = keypoint.Y - (torso * 0.45f * (1 - MathF.Cos((float)(Math.PI * seconds)))) };
        });
    }

    private static bool IsHip(Joint joint) => joint is Joint.RightHip or Joint.LeftHip;

    // As the pose estimator gives it: x to the right of the picture, y down, z away from the camera that faces the person.
    private static Vector3[][] World() => [.. Press.Joints3D.Select(joints => Array.ConvertAll(joints, joint => new Vector3(joint.X, -joint.Y, -joint.Z)))];

    // Four times as long as the set; some joints are unseen in the walk or in the set.
    private static SkeletonSequence AfterAWalk(SkeletonSequence set, bool unseenInTheWalk, params Joint[] joints)
    {
        var alone = new FilmedAlone { PhoneSeconds = 1, WalkSeconds = 2 * Length };
        var (first, end) = ((int)Math.Round(alone.BeforeSeconds * 30), (int)Math.Round(alone.BeforeSeconds * 30) + set.FrameCount);
        return alone.Around(set).Change((frame, joint, keypoint) => joints.Contains(joint) && (frame < first || frame >= end) == unseenInTheWalk ? Keypoint.Missing : keypoint);
    }

    private static CheckOptions Options() => new() { Exercise = MannequinOptions.ShoulderPress, Language = System.Globalization.CultureInfo.GetCultureInfo("en") };

    private Report Judge(SkeletonSequence sequence) => checker.Judge(PoseTrack.FromKeypoints(sequence), Options());

    private static void AssertRefused(string code, Report report)
    {
        Assert.Equal([code], report.Reasons.Select(reason => reason.Code));
        Assert.Equal(Verdict.CannotJudge, report.Verdict);
        Assert.Empty(report.Repetitions);
    }

    private static void AssertJudged(int repetitions, Report report)
    {
        Assert.Empty(report.Reasons);
        Assert.NotEqual(Verdict.CannotJudge, report.Verdict);
        Assert.Equal(repetitions, report.Repetitions.Count);
    }

    private static void AssertUnjudged(Report report, int index, string code)
    {
        Assert.Equal([index], report.Repetitions.Where(repetition => repetition.Verdict == Verdict.CannotJudge).Select(repetition => repetition.Index));
        Assert.Equal([code], report.Repetitions[index - 1].Reasons.Select(reason => reason.Code));
        Assert.Null(report.Repetitions[index - 1].PValue);
    }
}
