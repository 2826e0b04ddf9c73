using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Repetitions;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

/// <summary>What Spotter, with the definitions and packs that ship, makes of the mannequin's exercises.</summary>
public sealed class ExerciseJudgementTests
{
    public static TheoryData<string> Exercises { get; } = [.. MannequinExercises.All.Select(exercise => exercise.Name)];

    public static TheoryData<string, FaultKind> VisibleFaults()
    {
        var data = new TheoryData<string, FaultKind>();
        foreach (var exercise in MannequinExercises.All.Where(exercise => exercise != MannequinExercises.ShoulderPress))
        {
            // A bounce is a moment of its own, found in few repetitions; a late side is a matter of the other arm.
            foreach (var fault in exercise.Faults.Where(fault => Shown(exercise, fault.Kind).Count > 0 && fault.Kind is not FaultKind.Bounce and not FaultKind.LateSide))
            {
                data.Add(exercise.Name, fault.Kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Exercises))]
    public void Segment_CorrectSetsOfTenPeople_CountsExactly(string exercise)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var repetitions = 2 + (seed % 4);
            var (set, sequence, view) = See(Options(exercise, seed) with { Repetitions = repetitions, Noise = EstimatorNoise.BlazePose });
            var found = RepetitionSegmenter.Segment(sequence, view, ExerciseDefinition.Load(exercise)).Repetitions;
            Assert.Equal(repetitions, found.Count);
            Assert.All(found.Zip(set.Repetitions), pair => Assert.InRange(pair.First.TurningFrame, pair.Second.StartFrame, pair.Second.EndFrame));
        }
    }

    [Theory]
    [MemberData(nameof(Exercises))]
    public void Judge_CorrectSetWithoutAName_IsNamedAndJudged(string exercise)
    {
        using var checker = new FormChecker(PackCatalogue.Default);
        var correct = 0;
        for (var seed = 1; seed <= 5; seed++)
        {
            var set = Mannequin.Synthesize(Options(exercise, seed) with { Repetitions = 3, Noise = EstimatorNoise.BlazePose });
            var report = checker.Judge(PoseTrack.FromKeypoints(set.Sequence), new CheckOptions());
            Assert.Equal(exercise, report.Exercise);
            Assert.NotEqual(Verdict.CannotJudge, report.Verdict);
            Assert.Equal(3, report.Repetitions.Count);
            correct += report.Repetitions.Count(repetition => repetition.Verdict == Verdict.Correct);
        }

        Assert.True(correct >= 8, $"{correct} of 15 correct repetitions are judged correct.");
    }

    [Theory]
    [MemberData(nameof(VisibleFaults))]
    public void Measure_FaultGrowing_MovesOneWay(string exercise, FaultKind kind)
    {
        var scale = FaultScale.Of(kind);
        var measure = Shown(MannequinExercises.Find(exercise)!, kind)[0];
        double[] values = [.. new[] { 0, 0.75, 1.5 }.Select(severity => Value(exercise, measure, kind, scale.SizeAt(severity)))];
        Assert.All(values, value => Assert.True(double.IsFinite(value), $"{exercise} {kind}: no {measure}"));
        Assert.True(
            (values[0] < values[1] && values[1] < values[2]) || (values[0] > values[1] && values[1] > values[2]),
            $"{exercise} {kind}: {measure} is {string.Join(", ", values)}");
    }

    private static IReadOnlyList<string> Shown(MannequinExercise exercise, FaultKind kind) => exercise.MeasuresOf(kind, ViewOf(exercise.Name));

    private static View ViewOf(string exercise) => exercise is "shoulder-shrug" or "shoulder-press" ? View.Front : View.Side;

    private static MannequinOptions Options(string exercise, int seed) => new()
    {
        Exercise = exercise,
        Seed = seed,
        NoiseSeed = seed,
        Camera = CameraPlacement.Parse(ViewOf(exercise) == View.Front ? "front" : "side"),
    };

    private static double Value(string exercise, string measure, FaultKind kind, double size)
    {
        // The side nearer to the camera.
        var fault = size > FaultScale.Of(kind).Neutral ? new Fault(kind, size, kind == FaultKind.Asymmetry ? Side.Right : null) : null;
        var (_, sequence, view) = See(Options(exercise, 1) with { Variation = 0, Repetitions = 3, Faults = fault is null ? [] : [fault] });
        var definition = ExerciseDefinition.Load(exercise);
        var repetition = RepetitionSegmenter.Segment(sequence, view, definition).Repetitions[1];
        return MeasureExtractor.Extract(sequence, repetition, view, definition)[measure];
    }

    private static (MannequinSequence Set, SkeletonSequence Sequence, ViewEstimate View) See(MannequinOptions options)
    {
        var set = Mannequin.Synthesize(options);
        var sequence = SkeletonCleaning.Clean(set.Sequence);
        return (set, sequence, ViewEstimator.Estimate(sequence)!.Value);
    }
}
