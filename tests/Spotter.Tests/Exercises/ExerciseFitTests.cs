using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Tests.Repetitions;

namespace Spotter.Tests.Exercises;

public sealed class ExerciseFitTests
{
    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    [Theory]
    [InlineData("front-view/shoulder-press")]
    [InlineData("pose-trainer/shoulder-press")]
    public void Check_EveryRecordedPress_FitsHoweverBad(string folder) =>
        Assert.All(RecordedSets.Files(folder), file =>
        {
            var fit = Check(file, Press);
            Assert.True(fit.Fits && fit.Others.Count == 0, $"{Path.GetFileName(file)}: {string.Join("; ", fit.Broken.Select(limit => limit.Otherwise))}");
        });

    [Theory]
    [InlineData("front-view/bicep-curl")]
    [InlineData("front-view/front-raise")]
    [InlineData("front-view/triceps-pushdown")]
    [InlineData("pose-trainer/bicep-curl")]
    [InlineData("pose-trainer/front-raise")]
    [InlineData("pose-trainer/shoulder-shrug")]
    public void Check_EveryOtherRecordedExercise_IsNoPress(string folder) =>
        Assert.All(RecordedSets.Files(folder), file => Assert.False(Check(file, Press).Fits, Path.GetFileName(file)));

    [Theory]
    [InlineData("bicep-curl", "front-view/bicep-curl", 1)]
    [InlineData("bicep-curl", "pose-trainer/bicep-curl", 1)]
    [InlineData("front-raise", "front-view/front-raise", 0.97)]
    [InlineData("front-raise", "pose-trainer/front-raise", 1)]
    [InlineData("triceps-pushdown", "front-view/triceps-pushdown", 1)]
    [InlineData("shoulder-shrug", "pose-trainer/shoulder-shrug", 0.8)]
    public void Check_OtherExercises_FitTheirOwnDefinition(string exercise, string folder, double share)
    {
        var definition = ExerciseDefinition.Load(exercise);
        var fits = RecordedSets.Files(folder).Select(file => Check(file, definition).Fits).ToArray();
        Assert.True(fits.Count(fit => fit) >= share * fits.Length, $"{fits.Count(fit => fit)} of {fits.Length}");
    }

    [Fact]
    public void Check_RecordedFrontRaiseClip_IsNoPress() =>
        Assert.False(Check(SharedData.Require("clips/front-raise-standing-side.openpose.npy"), Press).Fits);

    [Theory]
    [InlineData(0)]
    [InlineData(45)]
    [InlineData(90)]
    public void Check_Figure_Fits(double azimuth)
    {
        var fit = Check(new PressFigure { AzimuthDegrees = azimuth, TopDegrees = 140, LeanDegrees = 20, KneeDriveDegrees = 50 }.Render(), Press);
        Assert.True(fit.Fits);
        Assert.Equal(3, fit.Repetitions.Count);
    }

    [Fact]
    public void Check_UpperArmsThatStayOverhead_SaysWhatIsOff()
    {
        // As in an overhead triceps extension: only the forearms move.
        var sequence = new PressFigure { BottomDegrees = 171, TopDegrees = 172 }.Render();
        var keypoints = sequence.Keypoints.ToArray();
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            var down = (float)(60 * (1 - Math.Cos(frame / 15.0)));
            foreach (var joint in new[] { Joint.RightWrist, Joint.LeftWrist })
            {
                keypoints[(((frame * 18) + (int)joint) * 3) + 1] += down;
            }
        }

        var fit = Check(new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), 1280, 720), Press);
        Assert.False(fit.Fits);
        Assert.Contains(fit.Broken, limit => limit.Measure == "elbow-height-bottom");
        Assert.Contains(fit.Broken, limit => limit.Measure == "elbow-rise");
    }

    [Fact]
    public void Check_NoRepetitions_DoesNotFit() => Assert.False(Check(new PressFigure { Repetitions = 0, PauseSeconds = 3 }.Render(), Press).Fits);

    private static ExerciseFit Check(string file, ExerciseDefinition definition)
    {
        var (sequence, view, set) = RecordedSets.Cut(file, definition);
        return ExerciseFit.Check(sequence, view, definition, set.Repetitions);
    }

    private static ExerciseFit Check(SkeletonSequence raw, ExerciseDefinition definition)
    {
        var sequence = SkeletonCleaning.Clean(raw);
        var view = ViewEstimator.Estimate(sequence)!.Value;
        return ExerciseFit.Check(sequence, view, definition, RepetitionSegmenter.Segment(sequence, view, definition).Repetitions);
    }
}
