using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Packs;

/// <summary>How correct repetitions look from one view, ready to score others.</summary>
public sealed class ViewModel
{
    /// <summary>Name of the branch on the network's features.</summary>
    public const string NetworkBranch = "network";

    /// <summary>Name of the branch on the kinematic measures.</summary>
    public const string MeasuresBranch = "measures";

    /// <summary>Restores a model.</summary>
    /// <exception cref="ArgumentException">The numbers do not describe one.</exception>
    public ViewModel(ViewModelState state)
    {
        View = state.View;
        MeasureNames = state.MeasureNames;
        Bands = state.Bands;
        Path = state.Path;
        Joints = new JointMask(state.Joints);
        Fusion = new BranchFusion([new Branch(state.Network), new Branch(state.Measures)]);
        if (Fusion.Branches[1].Model.FeatureCount != MeasureNames.Count)
        {
            throw new ArgumentException($"There are {MeasureNames.Count} measures, but the model takes {Fusion.Branches[1].Model.FeatureCount}.", nameof(state));
        }

        if (MeasureNames.Concat(Bands.Select(band => band.Measure)).FirstOrDefault(name => MeasureCatalogue.Find(name) is null) is { } unknown)
        {
            throw new ArgumentException($"There is no measure \"{unknown}\".", nameof(state));
        }

        if (Network.Model.FeatureCount != StGcnEncoder.FeatureCount)
        {
            throw new ArgumentException($"The network gives {StGcnEncoder.FeatureCount} numbers, but the model takes {Network.Model.FeatureCount}.", nameof(state));
        }

        if (Path.Mean.Length != 3 * SkeletonNormalization.DefaultFrames * Skeleton.JointCount || Path.Reach.Length != Skeleton.JointCount)
        {
            throw new ArgumentException("The path of the joints has the wrong length.", nameof(state));
        }
    }

    /// <summary>The view.</summary>
    public View View { get; }

    /// <summary>Names of the measures, in the order in which the branch takes them.</summary>
    public IReadOnlyList<string> MeasureNames { get; }

    /// <summary>Where the measures of correct repetitions lie.</summary>
    public IReadOnlyList<MeasureBand> Bands { get; }

    /// <summary>Where the joints of correct repetitions are.</summary>
    public PathTemplate Path { get; }

    /// <summary>The joints that the network is shown.</summary>
    public JointMask Joints { get; }

    /// <summary>The network's branch and the measures' branch, joined.</summary>
    public BranchFusion Fusion { get; }

    /// <summary>The branch on the network's features.</summary>
    public Branch Network => Fusion.Branches[0];

    /// <summary>The branch on the measures.</summary>
    public Branch Measures => Fusion.Branches[1];
}
