using System.Collections.Concurrent;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Training.Mannequins;

/// <summary>
/// For evaluation: a one-class SVM on the network's features of the mannequin's correct repetitions alone. It learns nothing from recordings, so whatever it ranks well it
/// owes to the mannequin. Its threshold is of no use: real correct repetitions are all odd to it.
/// </summary>
/// <param name="definition">An exercise that the mannequin knows.</param>
/// <param name="encoder">The network; must live as long as the judge is used.</param>
public sealed class MannequinJudge(ExerciseDefinition definition, StGcnEncoder encoder) : IFormJudge
{
    private const int People = 200;
    private const int Seed = 20_001;

    private readonly ConcurrentDictionary<View, float[][]> inputs = new();
    private readonly Dictionary<(View View, string Joints), OneClassModel> models = [];

    /// <inheritdoc/>
    public string Name => "Spotter, network alone, learnt from the mannequin only";

    /// <summary>Whether the mannequin knows the exercise.</summary>
    public static bool Supports(ExerciseDefinition definition) => MannequinExercises.Find(definition.Name) is not null;

    /// <inheritdoc/>
    /// <remarks>Each repetition is held against mannequins of whom the same joints are shown as of it: no recording tells which joints count.</remarks>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        if (test.Any(repetition => repetition.View is null || !definition.Measures.ContainsKey(repetition.View.Value.View)))
        {
            return null;
        }

        List<Judgement> judgements = [];
        foreach (var repetition in test)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var input = SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);
            var joints = JointMask.Fit([input]);
            var score = Model(repetition.View!.Value.View, joints).RelativeScore(encoder.Features(joints.Apply(input)));
            judgements.Add(new Judgement(score, score < 0));
        }

        return judgements;
    }

    private OneClassModel Model(View view, JointMask joints)
    {
        var key = (view, string.Join(' ', joints.Names));
        if (!models.TryGetValue(key, out var model))
        {
            model = OneClassModel.Fit([.. inputs.GetOrAdd(view, Synthesize).Select(input => encoder.Features(joints.Apply(input)))]);
            models.Add(key, model);
        }

        return model;
    }

    private float[][] Synthesize(View view) =>
    [
        .. CorrectMannequins.SeenFrom(definition, view, Seed)
            .Where(person => BodyFrame.TryMeasure(person.Cleaned, person.Set.Repetitions[0].StartFrame, person.Set.Repetitions[0].EndFrame, out _))
            .Take(People)
            .Select(person => SkeletonNormalization.ToNetworkInput(person.Cleaned, person.Set.Repetitions[0])),
    ];
}
