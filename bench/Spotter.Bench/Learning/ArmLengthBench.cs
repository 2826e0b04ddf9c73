using Spotter.Bench.Mannequins;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Learning;

/// <summary>
/// Whether heights are better told in torso lengths or in the person's own arm lengths: how far a fault moves each, in deviations over people of the mannequin, when the
/// camera stands level and when it looks up or down.
/// </summary>
internal static class ArmLengthBench
{
    private const int People = 60;

    private static readonly string[] Heights = ["wrist-height-top", "wrist-height-bottom", "elbow-height-bottom"];

    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);

    public static int Run()
    {
        Console.WriteLine("| view | camera | measure | fault | moved by, in torso lengths' deviations | in arm lengths' |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var view in new[] { View.Front, View.Side })
        {
            foreach (var elevation in new[] { 0.0, 15 })
            {
                foreach (var (measure, fault) in Heights.Zip(new[] { FaultKind.NoLockout, FaultKind.ElbowsLow, FaultKind.ElbowsLow }))
                {
                    var correct = Take(view, elevation, measure, null);
                    var faulty = Take(view, elevation, measure, new Fault(fault, FaultScale.Of(fault).SizeAt(1)));
                    Console.WriteLine(FormattableString.Invariant(
                        $"| {view} | {(elevation == 0 ? "level" : "15° up or down")} | {measure} | {FaultScale.Of(fault).Name} {FaultScale.Of(fault).Coach} | {Moved(correct, faulty, one => one.Torso):0.00} | {Moved(correct, faulty, one => one.Arm):0.00} |"));
                }
            }
        }

        return 0;
    }

    private static double Moved(List<(double Torso, double Arm)> correct, List<(double Torso, double Arm)> faulty, Func<(double Torso, double Arm), double> unit)
    {
        var (mean, other) = (correct.Average(unit), faulty.Average(unit));
        return (other - mean) / Math.Sqrt(correct.Average(one => (unit(one) - mean) * (unit(one) - mean)));
    }

    private static List<(double Torso, double Arm)> Take(View view, double elevation, string measure, Fault? fault)
    {
        var people = new MannequinPeople(view, EstimatorNoise.BlazePose, 77) { Repetitions = 1 };
        List<(double, double)> taken = [];
        for (var person = 0; person < People; person++)
        {
            var options = people.Options(person);
            options = options with
            {
                Faults = fault is null ? [] : [fault],
                Camera = options.Camera with { Elevation = options.Camera.Elevation + (elevation * (person % 2 == 0 ? 1 : -1)) },
            };
            var set = Mannequin.Synthesize(options);
            var cleaned = SkeletonCleaning.Clean(set.Sequence);
            var repetition = set.Repetitions[0];
            if (ViewEstimator.Estimate(cleaned) is not { } seen || seen.View != view || !BodyFrame.TryMeasure(cleaned, repetition.StartFrame, repetition.EndFrame, out var body))
            {
                continue;
            }

            var height = MeasureExtractor.Extract(cleaned, repetition, seen, Press)[measure];
            if (!double.IsNaN(height) && Arm(cleaned, repetition, seen) is var arm && !double.IsNaN(arm))
            {
                taken.Add((height, height * body.Torso / arm));
            }
        }

        return taken;
    }

    // As the picture shows it at its longest, but for outliers.
    private static double Arm(SkeletonSequence sequence, Repetition repetition, ViewEstimate view)
    {
        var side = view.NearSide;
        double[] lengths =
        [
            .. Enumerable.Range(repetition.StartFrame, repetition.FrameCount)
                .Select(frame => Distance(sequence[frame, side.Of(Joint.RightShoulder)], sequence[frame, side.Of(Joint.RightElbow)])
                    + Distance(sequence[frame, side.Of(Joint.RightElbow)], sequence[frame, side.Of(Joint.RightWrist)]))
                .Where(length => !double.IsNaN(length)).Order(),
        ];
        return lengths.Length == 0 ? double.NaN : lengths[(int)(0.95 * (lengths.Length - 1))];
    }

    private static double Distance(Keypoint from, Keypoint to) =>
        from.IsMissing || to.IsMissing ? double.NaN : Math.Sqrt(((from.X - to.X) * (from.X - to.X)) + ((from.Y - to.Y) * (from.Y - to.Y)));
}
