using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>Packs fitted on training repetitions, and what they see in test repetitions; each is made once, however many judges ask.</summary>
internal sealed class PackTrials(ExerciseDefinition definition, StGcnEncoder encoder, Func<View, FeaturePrior?>? measuresPrior = null)
{
    private readonly Dictionary<(object Training, object Test), Trial[]?> known = [];

    // What the network makes of a repetition with some joints shown is the same in every fold that shows them.
    private readonly Dictionary<(LabelledRepetition Repetition, string Joints), double[]> features = [];

    /// <summary>Fits a pack and looks at the test repetitions with it.</summary>
    /// <returns>One trial for each test repetition; null where no pack can be fitted, or it has no model of a view that is tested.</returns>
    public IReadOnlyList<Trial>? Run(IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue((training, test), out var trials))
        {
            trials = Fit(training, cancellationToken) is { } pack ? Look(pack, test) : null;
            known.Add((training, test), trials);
        }

        return trials;
    }

    private ExercisePack? Fit(IReadOnlyList<LabelledRepetition> training, CancellationToken cancellationToken)
    {
        CorrectRepetition[] correct =
        [
            .. training.Where(labelled => labelled is { Correct: true, View: not null })
                .Select(labelled => new CorrectRepetition(labelled.Cleaned, labelled.Repetition, labelled.View!.Value, "training", labelled.Session)),
        ];
        return correct.CountBy(repetition => repetition.View.View)
            .Any(view => view.Value >= PackFitting.MinimumRepetitions && definition.Measures.ContainsKey(view.Key))
            ? PackFitting.Fit(definition, correct, encoder, new Backbone("", "", ""), "", "", measuresPrior: measuresPrior, cancellationToken: cancellationToken)
            : null;
    }

    private Trial[]? Look(ExercisePack pack, IReadOnlyList<LabelledRepetition> test)
    {
        var models = pack.Views.ToDictionary(view => view.View, view => new ViewModel(view));
        return test.All(labelled => labelled.View is { } view && models.ContainsKey(view.View))
            ? [.. test.Select(labelled => Look(models[labelled.View!.Value.View], labelled))]
            : null;
    }

    private Trial Look(ViewModel model, LabelledRepetition labelled)
    {
        var measures = MeasureExtractor.Extract(labelled.Cleaned, labelled.Repetition, labelled.View!.Value, definition);
        return new Trial(model, [Features(model.Joints, labelled), measures.Select(model.MeasureNames)]);
    }

    private double[] Features(JointMask joints, LabelledRepetition labelled)
    {
        var key = (labelled, string.Join(' ', joints.Names));
        if (!features.TryGetValue(key, out var vector))
        {
            vector = encoder.Features(joints.Apply(SkeletonNormalization.ToNetworkInput(labelled.Cleaned, labelled.Repetition)));
            features.Add(key, vector);
        }

        return vector;
    }
}

/// <summary>A test repetition as a pack sees it.</summary>
/// <param name="Model">The model of its view.</param>
/// <param name="Features">The network's features and the measures.</param>
internal sealed record Trial(ViewModel Model, double[][] Features)
{
    /// <summary>What the model says.</summary>
    public FusedResult Result { get; } = Model.Fusion.Score(Features);
}
