namespace Spotter.OneClass;

/// <summary>
/// Joins the p-values of several branches by Fisher's method (R. A. Fisher, Statistical Methods for Research Workers, 4th ed., 1932): the smaller
/// their product, the odder the repetition. The χ² law of that product supposes independent branches, which look at the same body and are not.
/// So the product is itself compared with the products of the calibration repetitions, each ranked in the pool of all of them and the new one:
/// that p-value holds under any dependence. Immutable.
/// </summary>
public sealed class BranchFusion
{
    private readonly int count;
    private readonly int[][] ranks; // B × n: calibration scores at most as high as each

    /// <summary>Joins branches calibrated on the same repetitions in the same order.</summary>
    /// <exception cref="ArgumentException">No branches, or they rest on different repetitions.</exception>
    public BranchFusion(IReadOnlyList<Branch> branches)
    {
        if (branches.Count == 0 || branches.Any(branch => !branch.Calibration.Sessions.SequenceEqual(branches[0].Calibration.Sessions)))
        {
            throw new ArgumentException("Fusion needs branches that were calibrated on the same repetitions.", nameof(branches));
        }

        Branches = branches;
        count = branches[0].Calibration.Count;
        ranks = [.. branches.Select(branch => branch.Calibration.Scores.Select(branch.Calibration.CountAtMost).ToArray())];
    }

    /// <summary>The branches, in the order in which features are given.</summary>
    public IReadOnlyList<Branch> Branches { get; }

    /// <summary>
    /// How far verdicts can be trusted: number of repetitions and sessions, smallest p-value, false-alarm interval. All branches rest on the same
    /// repetitions; the one with the smallest effective count speaks for them.
    /// </summary>
    public ConformalCalibration Calibration => Branches.MinBy(branch => branch.Calibration.EffectiveCount)!.Calibration;

    /// <summary>Scores a repetition.</summary>
    /// <param name="features">The feature vector for each branch, in their order.</param>
    /// <exception cref="ArgumentException">Another number of vectors than branches, or of features.</exception>
    public FusedResult Score(IReadOnlyList<double[]> features)
    {
        if (features.Count != Branches.Count)
        {
            throw new ArgumentException($"There are {Branches.Count} branches, but {features.Count} feature vectors.", nameof(features));
        }

        var results = new BranchResult[features.Count];
        var scores = new double[features.Count][];
        for (var b = 0; b < results.Length; b++)
        {
            results[b] = Branches[b].Score(features[b], out scores[b]);
        }

        return new FusedResult(PValue(scores), results);
    }

    /// <summary>The joint p-value of relative scores, for each branch one under each of its models.</summary>
    internal double PValue(double[][] scores)
    {
        // Products of ranks instead of sums of logarithms: exact, so that ties stay ties. A calibration repetition is compared with the new one as
        // the models see it that gave the calibration scores.
        int[][] rankOfNew = [.. scores.Select((own, b) => Array.ConvertAll(own, score => Branches[b].Calibration.CountAtMost(score) + 1))];
        var atLeastAsOdd = 1;
        for (var i = 0; i < count; i++)
        {
            var (product, ownProduct) = (1.0, 1.0);
            for (var b = 0; b < ranks.Length; b++)
            {
                var calibration = Branches[b].Calibration;
                var model = calibration.Models[i];
                product *= rankOfNew[b][model];
                ownProduct *= ranks[b][i] + (scores[b][model] <= calibration.Scores[i] ? 1 : 0);
            }

            atLeastAsOdd += ownProduct <= product ? 1 : 0;
        }

        return (double)atLeastAsOdd / (count + 1);
    }
}

/// <summary>What all branches together say about one repetition.</summary>
/// <param name="PValue">Share of correct repetitions expected to look at least this odd.</param>
/// <param name="Branches">What each branch says.</param>
public sealed record FusedResult(double PValue, IReadOnlyList<BranchResult> Branches)
{
    /// <summary>
    /// Ranks repetitions, lower for odder: the mean relative score of the branches, which does not depend on how many repetitions a pack rests on. p-values come in
    /// steps of 1 ÷ (n + 1), so that those of packs of different size cannot be ranked together.
    /// </summary>
    public double Order => Branches.Average(branch => branch.RelativeScore);
}
