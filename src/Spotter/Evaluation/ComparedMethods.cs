using Spotter.Exercises;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>The methods that an evaluation puts side by side.</summary>
public static class ComparedMethods
{
    /// <summary>
    /// Pose Trainer's rules and classifiers where it has them, the controls, the one-class SVM on the features of each network, on the measures, and on
    /// the last network and the measures fused.
    /// </summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="repetitions">What is evaluated; tells the view whose measures are taken.</param>
    /// <param name="networks">Name and backbone of each network, what ships last.</param>
    public static IReadOnlyList<IFormJudge> For(
        ExerciseDefinition definition, IReadOnlyList<LabelledRepetition> repetitions, IReadOnlyList<(string Name, StGcnEncoder Encoder)> networks)
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
        methods.AddRange(networks.Select(network => new OneClassJudge($"network: {network.Name}", NetworkFeatures.Of(network.Encoder))));
        if (MeasureFeatures.UsualView(definition, repetitions) is { } view)
        {
            var measures = MeasureFeatures.Of(definition, view);
            methods.Add(new OneClassJudge("measures", measures));
            if (networks.Count > 0)
            {
                methods.Add(new OneClassJudge(
                    $"measures and network: {networks[^1].Name}", [("network", NetworkFeatures.Of(networks[^1].Encoder)), ("measures", measures)]));
            }
        }

        return methods;
    }
}
