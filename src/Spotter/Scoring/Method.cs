namespace Spotter.Scoring;

/// <summary>Which one-class SVM decides.</summary>
public enum Method
{
    /// <summary>Both branches, joined by their calibrated p-values.</summary>
    Fused,

    /// <summary>The network's features alone: the plain pipeline of keypoints, ST-GCN and one-class SVM.</summary>
    Network,

    /// <summary>The kinematic measures alone.</summary>
    Measures,
}
