using Spotter.Exercises;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>The methods that an evaluation puts side by side.</summary>
public static class ComparedMethods
{
    /// <summary>
    /// Pose Trainer's rules and classifiers where it has them, the controls, the one-class SVM on the features of other networks as they are, and Spotter
    /// with the backbone that ships.
    /// </summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="shipped">The backbone that ships; must live as long as the methods are used.</param>
    /// <param name="others">Name and backbone of other networks, such as one that was never trained on any press.</param>
    /// <param name="rivals">Whether other one-class detectors are tried in the place of the one-class SVM.</param>
    public static IReadOnlyList<IFormJudge> For(
        ExerciseDefinition definition, StGcnEncoder shipped, IReadOnlyList<(string Name, StGcnEncoder Encoder)> others, bool rivals = false)
    {
        List<IFormJudge> methods = [];
        if (PoseTrainerRules.Supports(definition.Name))
        {
            methods.Add(new PoseTrainerRules(definition.Name));
            methods.Add(new DtwClassifier(definition.Name, DtwRule.MeanDistance));
            methods.Add(new DtwClassifier(definition.Name, DtwRule.NearestNeighbour));
        }

        methods.Add(new OneClassJudge("no arms (control)", ControlFeatures.NoArms));
        methods.Add(new OneClassJudge("four angles (control)", ControlFeatures.FourAngles));
        methods.AddRange(others.Select(network => new OneClassJudge(network.Name, NetworkFeatures.Of(network.Encoder))));
        var trials = new PackTrials(definition, shipped);
        methods.AddRange(PackJudge.All(trials));
        methods.AddRange(rivals ? RivalJudge.All(trials) : []);
        return methods;
    }
}
