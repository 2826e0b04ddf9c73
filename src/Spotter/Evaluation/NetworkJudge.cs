using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>
/// A one-class SVM on the features of a network that is shown only the joints that the correct training repetitions show, as Spotter's packs do: so networks are
/// compared like with like. It asks for no view, so that what is seen from one side can be learnt from another.
/// </summary>
/// <param name="name">Name in tables.</param>
/// <param name="encoder">The network; must live as long as the judge is used.</param>
public sealed class NetworkJudge(string name, StGcnEncoder encoder) : IFormJudge
{
    private readonly Dictionary<(LabelledRepetition Repetition, string Joints), double[]> known = [];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken)
    {
        LabelledRepetition[] correct = [.. training.Where(repetition => repetition.Correct && IsSeen(repetition))];
        if (correct.Length == 0 || !test.All(IsSeen))
        {
            return null;
        }

        var joints = JointMask.Fit([.. correct.Select(Input)]);
        var branch = Branch.Fit(
            name, [.. correct.Select(repetition => new FeatureSample(Features(repetition, joints), repetition.Session))], cancellationToken: cancellationToken);
        return [.. test.Select(repetition => branch.Score(Features(repetition, joints))).Select(result => new Judgement(result.RelativeScore, !result.IsInlier, result.PValue))];
    }

    private static bool IsSeen(LabelledRepetition repetition) =>
        BodyFrame.TryMeasure(repetition.Cleaned, repetition.Repetition.StartFrame, repetition.Repetition.EndFrame, out _);

    private static float[] Input(LabelledRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);

    private double[] Features(LabelledRepetition repetition, JointMask joints)
    {
        var key = (repetition, string.Join(' ', joints.Names));
        if (!known.TryGetValue(key, out var features))
        {
            features = encoder.Features(joints.Apply(Input(repetition)));
            known.Add(key, features);
        }

        return features;
    }
}
