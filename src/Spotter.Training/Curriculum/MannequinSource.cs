using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Training.Learning;

namespace Spotter.Training.Curriculum;

/// <summary>
/// Repetitions of the mannequin, each seen from two places: random bodies, styles, faults, cameras and errors of the estimator, cut out as
/// imprecisely as repetitions of real clips are, cleaned and normalised like them. A batch is of one exercise; the exercises take turns.
/// </summary>
/// <param name="seed">Where the differences come from.</param>
/// <param name="motions">Motions in a batch; there are twice as many samples.</param>
/// <param name="exercises">The exercises; null for all that the mannequin knows.</param>
public sealed class MannequinSource(int seed, int motions = 8, IReadOnlyList<MannequinExercise>? exercises = null) : ITrainingSource
{
    private const int ScaleMotions = 256;

    // How far start and end of a repetition are off, as a share of its duration: a segmenter never finds them exactly.
    private const double CutInside = 0.15;
    private const double CutOutside = 0.12;

    // Severity (1 is what a coach would call wrong) up to which a fault is a slip in a correct repetition, and how many of these have any.
    private const double LargestSlip = 0.35;
    private const double ImperfectShare = 0.6;

    // Poor clips have larger errors of the estimator than good ones.
    private const double LargestErrorFactor = 2.5;

    private static readonly FaultKind[] SlipKinds =
    [
        FaultKind.LeanBack, FaultKind.Sway, FaultKind.ElbowsForward, FaultKind.ElbowFlare, FaultKind.WristOff, FaultKind.LateSide, FaultKind.Asymmetry,
        FaultKind.NoLockout, FaultKind.ShortTop, FaultKind.ShortRise, FaultKind.LeanForward,
    ];

    private readonly IReadOnlyList<MannequinExercise> exercises = exercises ?? MannequinExercises.All;

    // Of each exercise, so that a measure's number means how unusual it is there.
    private readonly Lazy<(float[] Mean, float[] Deviation)>[] scales =
        [.. (exercises ?? MannequinExercises.All).Select(exercise => new Lazy<(float[], float[])>(() => MeasureScale(seed, exercise)))];

    /// <summary>The exercises, in the order of <see cref="TrainingSample.Exercise"/>.</summary>
    public IReadOnlyList<MannequinExercise> Exercises => exercises;

    /// <summary>Kinds of faults, in the order of <see cref="TrainingSample.FaultTargets"/>.</summary>
    public static int FaultCount => FaultScale.All.Count;

    /// <summary>Number of <see cref="TrainingSample.MeasureTargets"/>.</summary>
    public static int MeasureCount => TrueMeasures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<TrainingSample> Batch(int step)
    {
        var batchSeed = unchecked((seed * 1_000_003) + step);
        var random = SeededRandom.For(batchSeed, "batch");
        var exercise = exercises[(step % exercises.Count + exercises.Count) % exercises.Count];
        var sampler = new MannequinSampler(batchSeed, exercise) { CorrectShare = 0.4, LeastSeverity = 0.5 };
        var batch = new List<TrainingSample>(2 * motions);
        while (batch.Count < 2 * motions)
        {
            var (first, second) = sampler.NextPair();
            var motion = batch.Count / 2;

            // A repetition is resampled to a fixed number of frames, which takes its tempo away: haste cannot be seen, so it is not taught.
            if (first.Faults.Any(fault => fault.Kind == FaultKind.Rush))
            {
                continue;
            }

            if (first.Faults.Count == 0 && random.Chance(ImperfectShare))
            {
                var slips = Slips(random, exercise);
                (first, second) = (first with { Faults = slips }, second with { Faults = slips });
            }

            if (Sample(WithLargerErrors(first, random), motion) is { } a && Sample(WithLargerErrors(second, random), motion) is { } b)
            {
                batch.Add(a);
                batch.Add(b);
            }
        }

        return batch;
    }

    /// <summary>One synthesised repetition as a sample; null when the estimator lost the trunk, so that nothing can be normalised.</summary>
    public TrainingSample? Sample(MannequinOptions options, int motion)
    {
        var exercise = exercises.Index().First(known => known.Item.Name == options.Exercise).Index;
        var set = Mannequin.Synthesize(options);
        var random = SeededRandom.For(options.NoiseSeed, "cut");
        var exact = set.Repetitions[0];
        var cut = Cut(exact, set.Sequence.FrameCount, random);
        var reported = JointLoss.Draw(options.Camera, random).Apply(set.Sequence);
        var cleaned = SkeletonCleaning.Clean(random.Chance(0.5) ? reported.Mirror() : reported);
        if (!BodyFrame.TryMeasure(cleaned, cut.StartFrame, cut.EndFrame, out _))
        {
            return null;
        }

        var faults = new float[FaultCount];
        foreach (var fault in set.FaultsOf(0))
        {
            faults[(int)fault.Kind] = (float)Math.Clamp(fault.Severity, 0, 1);
        }

        var severity = set.FaultsOf(0).Select(fault => fault.Severity).DefaultIfEmpty(0).Max();
        return new TrainingSample(
            SkeletonNormalization.ToNetworkInput(cleaned, cut),
            faults,
            Standardise(TrueMeasures.Of(set, exact), scales[exercise].Value),
            severity <= LargestSlip,
            (float)severity,
            motion,
            exercise);
    }

    // Nobody is perfect: small faults that no coach would mention belong to correct repetitions.
    private static List<Fault> Slips(SeededRandom random, MannequinExercise exercise)
    {
        FaultKind[] kinds = [.. SlipKinds.Where(exercise.Has)];
        var first = kinds[random.Below(kinds.Length)];
        var second = kinds[random.Below(kinds.Length)];
        return [.. new[] { first, second }.Distinct().Select(kind => new Fault(kind, FaultScale.Of(kind).SizeAt(random.Uniform(0.05, LargestSlip))))];
    }

    private static MannequinOptions WithLargerErrors(MannequinOptions options, SeededRandom random) =>
        options with { Noise = options.Noise.Scale(random.Uniform(1, LargestErrorFactor)) };

    private static Repetition Cut(Repetition exact, int frames, SeededRandom random)
    {
        var start = exact.StartFrame + (int)Math.Round(exact.FrameCount * random.Uniform(-CutOutside, CutInside));
        var end = exact.EndFrame - (int)Math.Round(exact.FrameCount * random.Uniform(-CutOutside, CutInside));
        return new Repetition(Math.Max(start, 0), exact.TurningFrame, Math.Min(end, frames));
    }

    private static float[] Standardise(float[] measures, (float[] Mean, float[] Deviation) scale) =>
        [.. measures.Select((value, i) => (value - scale.Mean[i]) / scale.Deviation[i])];

    private static (float[] Mean, float[] Deviation) MeasureScale(int seed, MannequinExercise exercise)
    {
        var sampler = new MannequinSampler(seed, exercise);
        var measures = Enumerable.Range(0, ScaleMotions).Select(_ =>
        {
            var set = Mannequin.Synthesize(sampler.Next() with { Noise = EstimatorNoise.None });
            return TrueMeasures.Of(set, set.Repetitions[0]);
        }).ToArray();
        var mean = new float[MeasureCount];
        var deviation = new float[MeasureCount];
        for (var i = 0; i < MeasureCount; i++)
        {
            mean[i] = measures.Average(row => row[i]);
            deviation[i] = Math.Max(MathF.Sqrt(measures.Average(row => (row[i] - mean[i]) * (row[i] - mean[i]))), 1e-3f);
        }

        return (mean, deviation);
    }
}
