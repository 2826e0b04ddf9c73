using Spotter.OneClass;

namespace Spotter.Bench.Learning;

/// <summary>Two branches fitted on the sessions of one draw, and what they make of test repetitions on several scales.</summary>
internal sealed class LearningTrial
{
    private readonly BranchFusion fusion;
    private readonly ConformalCalibration[] calibrations;
    private readonly double[][] smoothedOwn; // B × n: logarithm of the smoothed share of the other calibration scores below each

    public LearningTrial(Branch network, Branch measures)
    {
        fusion = new BranchFusion([network, measures]);
        calibrations = [network.Calibration, measures.Calibration];
        smoothedOwn = [.. calibrations.Select(calibration => Enumerable.Range(0, calibration.Count)
            .Select(i => Smoothed(calibration, calibration.Scores[i], i, 0.5)).ToArray())];
    }

    /// <summary>Everything about one test repetition.</summary>
    public Seen Look(double[] features, double[] measures)
    {
        var results = new BranchResult[2];
        var scores = new double[2][];
        results[0] = fusion.Branches[0].Score(features, out scores[0]);
        results[1] = fusion.Branches[1].Score(measures, out scores[1]);
        var p = fusion.PValue(scores);
        var n = calibrations[0].Count;
        double Standing(int b) => calibrations[b].Scores.Select((own, i) => scores[b][calibrations[b].Models[i]] - own).Average() / Deviation(calibrations[b]);
        double Smooth(double width) => Enumerable.Range(0, 2).Average(b => Smoothed(calibrations[b], scores[b], width));
        return new Seen
        {
            Plain = [p, results[0].PValue, results[1].PValue],
            BySession = [BySession(Indicators(scores)), BySession(Indicators(scores, 0)), BySession(Indicators(scores, 1))],
            RandomEffects = [RandomEffects(scores, [0, 1]), RandomEffects(scores, [0]), RandomEffects(scores, [1])],
            Steps = p + (0.98 / Math.PI * Math.Atan(results.Average(result => result.RelativeScore)) / (n + 1)),
            Relative = [results.Average(result => result.RelativeScore), results[0].RelativeScore, results[1].RelativeScore],
            Standing = [(Standing(0) + Standing(1)) / 2, Standing(0), Standing(1)],
            Smoothed = [Smooth(0.25), Smooth(0.5), Smooth(1)],
        };
    }

    // Which calibration repetitions are at least as odd, both branches together.
    private bool[] Indicators(double[][] scores)
    {
        int[][] own = [.. calibrations.Select(calibration => calibration.Scores.Select(calibration.CountAtMost).ToArray())];
        return [.. Enumerable.Range(0, calibrations[0].Count).Select(i =>
        {
            var (product, ownProduct) = (1.0, 1.0);
            for (var b = 0; b < 2; b++)
            {
                var score = scores[b][calibrations[b].Models[i]];
                product *= calibrations[b].CountAtMost(score) + 1;
                ownProduct *= own[b][i] + (score <= calibrations[b].Scores[i] ? 1 : 0);
            }

            return ownProduct <= product;
        })];
    }

    private bool[] Indicators(double[][] scores, int b) =>
        [.. calibrations[b].Scores.Select((own, i) => own <= scores[b][calibrations[b].Models[i]])];

    // Every session weighs the same.
    private double BySession(bool[] atLeastAsOdd)
    {
        var n = (double)atLeastAsOdd.Length;
        var mean = atLeastAsOdd.Zip(calibrations[0].Sessions).GroupBy(pair => pair.Second, pair => pair.First ? 1.0 : 0).Average(group => group.Average());
        return (1 + (n * mean)) / (n + 1);
    }

    // One-way random effects on the smoothed standing: Student's t for a repetition of a session never seen.
    private double RandomEffects(double[][] scores, int[] branches)
    {
        double[] own = [.. Enumerable.Range(0, calibrations[0].Count).Select(i => branches.Sum(b => smoothedOwn[b][i]))];
        double[][] sessions = [.. own.Zip(calibrations[0].Sessions).GroupBy(pair => pair.Second, pair => pair.First).Select(group => group.ToArray())];
        var count = sessions.Length;
        double[] means = [.. sessions.Select(session => session.Average())];
        var mean = means.Average();
        var between = means.Sum(value => (value - mean) * (value - mean)) / (count - 1);
        var freedom = own.Length - count;
        var within = freedom > 0 ? sessions.Sum(session => session.Sum(value => (value - session.Average()) * (value - session.Average()))) / freedom : between;
        var variance = (between * (1 + (1.0 / count))) + (within * (1 - sessions.Average(session => 1.0 / session.Length)));
        var t = (branches.Sum(b => Smoothed(calibrations[b], scores[b], 0.5)) - mean) / Math.Sqrt(Math.Max(variance, 1e-12));
        var tail = 0.5 * BetaDistribution.Cumulative((count - 1) / (count - 1 + (t * t)), (count - 1) / 2.0, 0.5);
        return t < 0 ? tail : 1 - tail;
    }

    private static double Smoothed(ConformalCalibration calibration, double[] scores, double width)
    {
        var h = width * Deviation(calibration);
        return LogMean(calibration.Scores.Select((own, i) => (scores[calibration.Models[i]] - own) / h));
    }

    private static double Smoothed(ConformalCalibration calibration, double score, int without, double width)
    {
        var h = width * Deviation(calibration);
        return LogMean(calibration.Scores.Where((_, i) => i != without).Select(own => (score - own) / h));
    }

    // Logarithm of the mean of the logistic function.
    private static double LogMean(IEnumerable<double> values)
    {
        double[] logs = [.. values.Select(value => value > 0 ? -Math.Log(1 + Math.Exp(-value)) : value - Math.Log(1 + Math.Exp(value)))];
        var most = logs.Max();
        return most + Math.Log(logs.Average(log => Math.Exp(log - most)));
    }

    private static double Deviation(ConformalCalibration calibration)
    {
        var mean = calibration.Scores.Average();
        return Math.Max(Math.Sqrt(calibration.Scores.Average(score => (score - mean) * (score - mean))), 1e-9);
    }
}

/// <summary>A test repetition; where there are three numbers they are of both branches, the network and the measures.</summary>
internal sealed record Seen
{
    public required double[] Plain { get; init; }

    public required double[] BySession { get; init; }

    public required double[] RandomEffects { get; init; }

    public required double Steps { get; init; }

    public required double[] Relative { get; init; }

    public required double[] Standing { get; init; }

    public required double[] Smoothed { get; init; }
}
