using Spotter.Packs;
using Spotter.OneClass;

namespace Spotter.Scoring;

/// <summary>How odd one repetition looks to each branch and to both together.</summary>
/// <param name="Network">One-class SVM on the network's features.</param>
/// <param name="Measures">One-class SVM on the measures.</param>
/// <param name="FusedPValue">Both, joined.</param>
public sealed record RepetitionScore(BranchResult Network, BranchResult Measures, double FusedPValue)
{
    /// <summary>Scores a repetition.</summary>
    /// <param name="model">Correct repetitions from this view.</param>
    /// <param name="features">The network's features.</param>
    /// <param name="measures">The measures, in the model's order; NaN where one could not be taken.</param>
    public static RepetitionScore Of(ViewModel model, double[] features, double[] measures)
    {
        var fused = model.Fusion.Score([features, measures]);
        return new RepetitionScore(fused.Branches[0], fused.Branches[1], fused.PValue);
    }

    /// <summary>The p-value of the method asked for.</summary>
    public double PValue(Method method) => method switch
    {
        Method.Network => Network.PValue,
        Method.Measures => Measures.PValue,
        _ => FusedPValue,
    };

    /// <summary>The branches as the report shows them.</summary>
    public IReadOnlyList<BranchScore> Branches =>
    [
        .. new[] { Network, Measures }.Select(result => new BranchScore(result.Branch, result.Score, result.IsInlier, result.PValue)),
    ];
}
