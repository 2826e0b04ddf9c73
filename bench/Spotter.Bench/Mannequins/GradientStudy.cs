using System.Globalization;
using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// What a gradient through network and kernel would say of which part of the body is odd, and when, beside what putting that part right really brings. The gradient times the
/// way back is the slope of the score at the start of the way: taken here from a small step, which needs no backward pass.
/// </summary>
internal static class GradientStudy
{
    private const double Step = 0.02;
    private const int People = 2;
    private const int Quarters = 4;

    private static readonly Joint[][] Parts =
    [
        [Joint.RightElbow, Joint.RightWrist],
        [Joint.LeftElbow, Joint.LeftWrist],
        [Joint.Nose, Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.RightEye, Joint.LeftEye, Joint.RightEar, Joint.LeftEar],
        [Joint.RightHip, Joint.RightKnee, Joint.RightAnkle, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle],
    ];

    public static int Run(string backbone)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        Console.WriteLine("| view | repetitions odd to the network | same part best | same part and quarter best | correlation of all | really best brings | gradient's choice brings |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var view in new[] { View.Front, View.Side })
        {
            var pack = new SensitivityStudy(view, encoder, 20, 1).Pack;
            var people = new MannequinPeople(view, EstimatorNoise.BlazePose, 2) { Repetitions = 2 };
            List<(double[] Real, double[] Slope)> all = [];
            foreach (var repetition in ExplanationBench.PressFaults.SelectMany(scale => Enumerable.Range(0, People).SelectMany(person => people.Repeat(person, new Fault(scale.Kind, scale.SizeAt(1.5))))))
            {
                var judge = new RepetitionJudge(pack, repetition.View, encoder, Method.Fused);
                var judged = judge.Judge(repetition.Cleaned, repetition.Repetition);
                if (new Anomaly(judge, judged).IsOddToNetwork)
                {
                    all.Add(Compare(judge, judged));
                }
            }

            double[] real = [.. all.SelectMany(one => one.Real)], slope = [.. all.SelectMany(one => one.Slope)];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {view.ToString().ToLowerInvariant()} | {all.Count} | {all.Average(one => Best(one.Real) / Quarters == Best(one.Slope) / Quarters ? 1.0 : 0):0.00} | {all.Average(one => Best(one.Real) == Best(one.Slope) ? 1.0 : 0):0.00} | {Correlation(real, slope):0.00} | {all.Average(one => one.Real.Max()):0.00} | {all.Average(one => one.Real[Best(one.Slope)]):0.00} |"));
        }

        return 0;
    }

    private static (double[] Real, double[] Slope) Compare(RepetitionJudge judge, JudgedRepetition judged)
    {
        var frames = judged.Input.Length / (3 * Skeleton.JointCount);
        float[][] restored =
        [
            .. from part in Parts
               from quarter in Enumerable.Range(0, Quarters)
               select PathRestoration.Restore(judge.Model.Path, judged.Input, part, quarter * frames / Quarters, ((quarter + 1) * frames / Quarters) - 1),
        ];
        float[][] stepped = [.. restored.Select(input => input.Zip(judged.Input, (to, from) => float.Lerp(from, to, (float)Step)).ToArray())];
        var before = judged.Score.Network.RelativeScore;
        return (
            Array.ConvertAll(judge.NetworkScores(restored), score => score - before),
            Array.ConvertAll(judge.NetworkScores(stepped), score => (score - before) / Step));
    }

    private static int Best(double[] gains) => Array.IndexOf(gains, gains.Max());

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum()
            / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
