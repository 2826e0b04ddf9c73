using Spotter.Packs;
using Spotter.OneClass;

namespace Spotter.Scoring;

/// <summary>How odd one repetition looks to each branch and to all together.</summary>
/// <param name="Networks">One-class SVMs on the features of each network.</param>
/// <param name="NetworksPValue">The networks, joined.</param>
/// <param name="Measures">One-class SVM on the measures.</param>
/// <param name="FusedPValue">All, joined.</param>
public sealed record RepetitionScore(IReadOnlyList<BranchResult> Networks, double NetworksPValue, BranchResult Measures, double FusedPValue)
{
    /// <summary>Scores a repetition.</summary>
    /// <param name="model">Correct repetitions from this view.</param>
    /// <param name="features">The features of each network.</param>
    /// <param name="measures">The measures, in the model's order; NaN where one could not be taken.</param>
    public static RepetitionScore Of(ViewModel model, double[][] features, double[] measures)
    {
        var fused = model.Fusion.Score([.. features, measures]);
        return new RepetitionScore([.. fused.Branches.SkipLast(1)], model.Networks.Score(features).PValue, fused.Branches[^1], fused.PValue);
    }

    /// <summary>The p-value of the method asked for.</summary>
    public double PValue(Method method) => method switch
    {
        Method.Network => NetworksPValue,
        Method.Measures => Measures.PValue,
        _ => FusedPValue,
    };

    /// <summary>The branches as the report shows them.</summary>
    public IReadOnlyList<BranchScore> Branches =>
    [
        .. Networks.Append(Measures).Select(result => new BranchScore(result.Branch, result.Score, result.IsInlier, result.PValue)),
    ];
}
