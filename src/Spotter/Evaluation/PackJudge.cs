using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>
/// Judges as Spotter does: a pack is fitted on the correct training repetitions by the code that makes the packs that ship, and its verdicts are those of
/// one of its methods.
/// </summary>
public sealed class PackJudge : IFormJudge
{
    private readonly Trials trials;
    private readonly Method method;

    private PackJudge(Trials trials, Method method)
    {
        this.trials = trials;
        this.method = method;
    }

    /// <inheritdoc/>
    public string Name => method switch
    {
        Method.Network => "Spotter, network alone",
        Method.Measures => "Spotter, measures alone",
        _ => "Spotter",
    };

    /// <summary>One judge for each method; they share the packs that are fitted on the same repetitions.</summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="encoder">The backbone; must live as long as the judges are used.</param>
    public static IReadOnlyList<PackJudge> All(ExerciseDefinition definition, StGcnEncoder encoder)
    {
        var shared = new Trials(definition, encoder);
        return [new(shared, Method.Network), new(shared, Method.Measures), new(shared, Method.Fused)];
    }

    /// <inheritdoc/>
    /// <remarks>A repetition seen from where the training repetitions show nothing cannot be judged, and then none are.</remarks>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken) =>
        trials.Run(training, test, cancellationToken) is { } results ? [.. results.Select(Judge)] : null;

    private Judgement Judge(FusedResult result)
    {
        if (method == Method.Fused)
        {
            return new Judgement(result.Order, result.Branches.Any(branch => !branch.IsInlier), result.PValue);
        }

        var branch = result.Branches[method == Method.Network ? 0 : 1];
        return new Judgement(branch.RelativeScore, !branch.IsInlier, branch.PValue);
    }

    /// <summary>The packs fitted so far and what they said.</summary>
    private sealed class Trials(ExerciseDefinition definition, StGcnEncoder encoder)
    {
        private readonly Dictionary<(object Training, object Test), FusedResult[]?> known = [];

        // What the network makes of a repetition with some joints shown is the same in every fold that shows them.
        private readonly Dictionary<(LabelledRepetition Repetition, string Joints), double[]> features = [];

        public FusedResult[]? Run(IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
        {
            if (!known.TryGetValue((training, test), out var results))
            {
                results = Fit(training, cancellationToken) is { } pack ? Score(pack, test) : null;
                known.Add((training, test), results);
            }

            return results;
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
                ? PackFitting.Fit(definition, correct, encoder, new Backbone("", "", ""), "", "", cancellationToken: cancellationToken)
                : null;
        }

        private FusedResult[]? Score(ExercisePack pack, IReadOnlyList<LabelledRepetition> test)
        {
            var models = pack.Views.ToDictionary(view => view.View, view => new ViewModel(view));
            return test.All(labelled => labelled.View is { } view && models.ContainsKey(view.View))
                ? [.. test.Select(labelled => Score(models[labelled.View!.Value.View], labelled))]
                : null;
        }

        private FusedResult Score(ViewModel model, LabelledRepetition labelled)
        {
            var measures = MeasureExtractor.Extract(labelled.Cleaned, labelled.Repetition, labelled.View!.Value, definition);
            return model.Fusion.Score([Features(model.Joints, labelled), measures.Select(model.MeasureNames)]);
        }

        private double[] Features(JointMask joints, LabelledRepetition labelled)
        {
            var key = (labelled, string.Join(' ', joints.Names));
            if (!features.TryGetValue(key, out var vector))
            {
                vector = PackFitting.Features(encoder, joints.Apply(SkeletonNormalization.ToNetworkInput(labelled.Cleaned, labelled.Repetition)));
                features.Add(key, vector);
            }

            return vector;
        }
    }
}
