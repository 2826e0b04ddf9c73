using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>What <see cref="ComparedMethods"/> may compare beside Spotter, the controls and Pose Trainer.</summary>
public sealed record Comparison
{
    /// <summary>The backbone that ships; it and the others must live as long as the methods are used.</summary>
    public required StGcnEncoder Shipped { get; init; }

    /// <summary>A network that was never trained on any press, as published; null for none.</summary>
    public StGcnEncoder? Published { get; init; }

    /// <summary>Name and network of other backbones, such as those of single seeds, each in the place of the one that ships; two and more also as their mean.</summary>
    public IReadOnlyList<(string Name, StGcnEncoder Encoder)> Backbones { get; init; } = [];

    /// <summary>Other one-class detectors that are tried in the place of the one-class SVM, such as <see cref="RivalDetectors.All"/>.</summary>
    public IReadOnlyList<(string Name, DetectorFit Fit)> Rivals { get; init; } = [];

    /// <summary>Whether training and test are seen from different sides, so that only what asks for no view can judge.</summary>
    public bool AcrossViews { get; init; }

    /// <summary>Methods that this library cannot make, such as those that need training.</summary>
    public IReadOnlyList<IFormJudge> More { get; init; } = [];
}

/// <summary>The methods that an evaluation puts side by side.</summary>
public static class ComparedMethods
{
    // Named before any result on the side-view recordings was seen; the list that ships was chosen after.
    private static readonly string[] NamedBeforehand = ["elbow-extension-degrees", "elbow-flexion-degrees", "trunk-sway-degrees", "elbow-neck-offset"];

    /// <summary>
    /// Pose Trainer's rules and classifiers where it has them, the controls, the one-class SVM on the features of a network as published, and Spotter with the
    /// backbone that ships and with others.
    /// </summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="comparison">What is compared.</param>
    /// <returns>The methods, and groups of them whose mean figures are wanted.</returns>
    public static (IReadOnlyList<IFormJudge> Judges, IReadOnlyList<(string Name, IReadOnlyList<IFormJudge> Judges)> Means) For(
        ExerciseDefinition definition, Comparison comparison)
    {
        List<IFormJudge> judges = [];
        if (PoseTrainerRules.Supports(definition.Name))
        {
            judges.Add(new PoseTrainerRules(definition.Name));
            judges.Add(new DtwClassifier(definition.Name, DtwRule.MeanDistance));
            judges.Add(new DtwClassifier(definition.Name, DtwRule.NearestNeighbour));
        }

        judges.Add(new OneClassJudge("no arms (control)", ControlFeatures.NoArms));
        judges.Add(new OneClassJudge("four angles (control)", ControlFeatures.FourAngles));
        if (comparison.Published is { } published)
        {
            judges.Add(new OneClassJudge("network as published", NetworkFeatures.Of(published)));
            judges.Add(new NetworkJudge("network as published, same joints as Spotter", published));
        }

        if (comparison.AcrossViews)
        {
            judges.Add(new NetworkJudge("Spotter's network, any view", comparison.Shipped));
        }

        var trials = new PackTrials(definition, comparison.Shipped);
        judges.AddRange(PackJudge.All(trials));
        judges.AddRange(PackJudge.All(new PackTrials(definition, comparison.Shipped, view => MeasureSpreads.Of(definition.Name, view, definition.Measures[view])), ", measures scaled by the mannequin's people").Skip(1));
        judges.AddRange(PackJudge.All(new PackTrials(definition, comparison.Shipped, view => MannequinMetric.Of(definition.Name, view, definition.Measures[view])), ", measures in the mannequin's metric").Skip(1));
        if (definition.Name == "shoulder-press")
        {
            var beforehand = definition with { Measures = new Dictionary<View, IReadOnlyList<string>> { [View.Side] = NamedBeforehand } };
            judges.AddRange(PackJudge.All(new PackTrials(beforehand, comparison.Shipped), ", measures named beforehand").Skip(1));
        }

        judges.AddRange(RivalJudge.All(trials, comparison.Rivals));
        judges.AddRange(comparison.More);
        PackJudge[][] others = [.. comparison.Backbones.Select(backbone => PackJudge.All(new PackTrials(definition, backbone.Encoder), $", {backbone.Name}").ToArray())];
        judges.AddRange(others.SelectMany(own => new[] { own[0], own[2] }));
        return (judges, others.Length < 2 ? [] : [Mean(0), Mean(2)]);

        // The network alone, and both branches.
        (string Name, IReadOnlyList<IFormJudge> Judges) Mean(int method) =>
            ($"{PackJudge.All(trials)[method].Name}, mean of {others.Length} backbones", [.. others.Select(own => own[method])]);
    }
}
