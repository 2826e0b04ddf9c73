using Spotter.OneClass;
using Spotter.Scoring;

namespace Spotter.Explanation;

/// <summary>How odd a repetition is to the branches that judge it, and how much of that goes away when something is put right.</summary>
internal sealed class Anomaly
{
    // Branches to which the repetition is odder than to this share of correct ones have something to explain.
    private const double OddShare = 0.25;

    private readonly RepetitionJudge judge;
    private readonly CancellationToken cancellationToken;
    private readonly double network;
    private readonly double measures;

    /// <summary>Takes the oddness of a repetition.</summary>
    public Anomaly(RepetitionJudge judge, JudgedRepetition judged, CancellationToken cancellationToken = default)
    {
        (this.judge, this.cancellationToken) = (judge, cancellationToken);
        network = judge.Method == Method.Measures ? 0 : Missing(judge.Model.Network, judged.Score.Network);
        measures = judge.Method == Method.Network ? 0 : Missing(judge.Model.Measures, judged.Score.Measures);
        Score = judged.Score;
    }

    /// <summary>The scores of the repetition as it is.</summary>
    public RepetitionScore Score { get; }

    /// <summary>Whether the network's branch finds it odd.</summary>
    public bool IsOddToNetwork => network > 0;

    /// <summary>The share of the network's oddness that goes away with each of some inputs, 0 to 1; 0 where it finds nothing odd.</summary>
    public double[] NetworkShares(IReadOnlyList<float[]> inputs) => network <= 0
        ? new double[inputs.Count]
        : Array.ConvertAll(judge.NetworkScores(inputs, cancellationToken), score => Math.Clamp((score - Score.Network.RelativeScore) / network, 0, 1));

    /// <summary>The share of the measures' oddness that goes away with other values, 0 to 1; 0 where they are not odd.</summary>
    public double MeasuresShare(double[] values) => measures <= 0
        ? 0
        : Math.Clamp((judge.Model.Measures.Model.RelativeScore(values) - Score.Measures.RelativeScore) / measures, 0, 1);

    /// <summary>Both shares as one: the mean over the branches that have something to explain.</summary>
    public double Joined(double networkShare, double measuresShare)
    {
        var (sum, count) = (0.0, 0);
        if (network > 0)
        {
            (sum, count) = (sum + networkShare, count + 1);
        }

        if (measures > 0)
        {
            (sum, count) = (sum + measuresShare, count + 1);
        }

        return count == 0 ? 0 : sum / count;
    }

    // What is missing to the score of a usual correct repetition.
    private static double Missing(Branch branch, BranchResult result)
    {
        double[] sorted = [.. branch.Calibration.Scores.Order()];
        return sorted.Length == 0 || result.RelativeScore > sorted[(int)(OddShare * (sorted.Length - 1))]
            ? 0
            : sorted[sorted.Length / 2] - result.RelativeScore;
    }
}
