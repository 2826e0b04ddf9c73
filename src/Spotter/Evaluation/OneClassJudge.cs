using Spotter.OneClass;

namespace Spotter.Evaluation;

/// <summary>Turns a repetition into a feature vector; NaN where something could not be measured.</summary>
public delegate double[] FeatureExtractor(LabelledRepetition repetition);

/// <summary>Judges by one-class SVMs on one or several feature vectors, calibrated on the training sessions and fused.</summary>
public sealed class OneClassJudge : IFormJudge
{
    private readonly IReadOnlyList<(string Branch, FeatureExtractor Extract)> branches;
    private readonly OneClassSvmOptions options;
    private readonly Dictionary<(int Branch, LabelledRepetition Repetition), double[]> features = [];

    /// <summary>With one or several branches.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="branches">Name and feature vector of each branch.</param>
    /// <param name="options">How the machines are fitted.</param>
    public OneClassJudge(string name, IReadOnlyList<(string Branch, FeatureExtractor Extract)> branches, OneClassSvmOptions? options = null)
    {
        Name = name;
        this.branches = branches;
        this.options = options ?? new OneClassSvmOptions();
    }

    /// <summary>With one branch.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="extract">Feature vector.</param>
    /// <param name="options">How the machine is fitted.</param>
    public OneClassJudge(string name, FeatureExtractor extract, OneClassSvmOptions? options = null)
        : this(name, [(name, extract)], options)
    {
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        LabelledRepetition[] correct = [.. training.Where(repetition => repetition.Correct)];
        if (correct.Length == 0)
        {
            return null;
        }

        var fitted = branches.Select((branch, b) => Branch.Fit(
            branch.Branch,
            [.. correct.Select(repetition => new FeatureSample(Features(b, repetition), repetition.Session))],
            options,
            cancellationToken: cancellationToken));
        var fusion = new BranchFusion([.. fitted]);
        return [.. test.Select(repetition => Judge(fusion, [.. branches.Select((_, b) => Features(b, repetition))]))];
    }

    private static Judgement Judge(BranchFusion fusion, double[][] features)
    {
        var result = fusion.Score(features);
        return new Judgement(result.Order, result.Branches.Any(branch => !branch.IsInlier), result.PValue);
    }

    private double[] Features(int branch, LabelledRepetition repetition)
    {
        if (!features.TryGetValue((branch, repetition), out var vector))
        {
            vector = branches[branch].Extract(repetition);
            features.Add((branch, repetition), vector);
        }

        return vector;
    }
}
