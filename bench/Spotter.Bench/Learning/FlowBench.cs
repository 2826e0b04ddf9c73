using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.OneClass;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Flows;

namespace Spotter.Bench.Learning;

/// <summary>A normalising flow and other one-class detectors in the place of the one-class SVM, on the draws of <see cref="LearningBench"/>: same numbers, scaler and calibration.</summary>
internal static class FlowBench
{
    private static readonly (string Name, DetectorFit Fit)[] Detectors =
    [
        ("one-class SVM", samples =>
        {
            var machine = OneClassModel.Fit(samples);
            return sample => machine.RelativeScore(sample);
        }),
        (FlowDetector.Name, FlowDetector.Fit),
        .. RivalDetectors.All,
    ];

    /// <summary>Prints the table of the press.</summary>
    public static int Run(string backbone, int seed)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        Console.WriteLine("| view | numbers | detector | area | false alarms / found at 10 % |\n|---|---|---|---|---|");
        foreach (var view in ExerciseDefinition.Load(MannequinOptions.ShoulderPress).Measures.Keys.Order())
        {
            var pool = new LearningPool(MannequinOptions.ShoulderPress, view, encoder);
            var training = LearningDraws.Training(pool, EstimatorNoise.BlazePose, seed);
            var test = LearningDraws.Test(pool, EstimatorNoise.BlazePose, seed);
            foreach (var (numbers, values) in new (string, Func<PoolRepetition, double[]>)[] { ("measures", one => one.Measures.Select(pool.MeasureNames)), ("features", one => one.Features) })
            {
                foreach (var (name, fit) in Detectors)
                {
                    var (area, falseAlarms, found) = LearningDraws.Judge(training, test, values, (samples, _) => Scaled(samples, fit), seed);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"| {view.ToString().ToLowerInvariant()} | {numbers} | {name} | {area:0.000} | {falseAlarms:0.000} / {found:0.000} |"));
                }
            }
        }

        return 0;
    }

    private static Func<double[], double> Scaled(double[][] samples, DetectorFit fit)
    {
        var scaler = StandardScaler.Fit(samples);
        var score = fit(Array.ConvertAll(samples, sample => scaler.Transform(sample)));
        return sample => score(scaler.Transform(sample));
    }
}
