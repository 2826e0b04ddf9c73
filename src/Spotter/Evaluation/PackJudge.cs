using Spotter.Exercises;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>
/// Judges as Spotter does: a pack is fitted on the correct training repetitions by the code that makes the packs that ship, and its verdicts are those of
/// one of its methods.
/// </summary>
public sealed class PackJudge : IFormJudge
{
    private readonly PackTrials trials;
    private readonly Method method;
    private readonly string with; // what is unlike the product

    private PackJudge(PackTrials trials, Method method, string with)
    {
        this.trials = trials;
        this.method = method;
        this.with = with;
    }

    /// <inheritdoc/>
    public string Name => method switch
    {
        Method.Network => "Spotter, network alone",
        Method.Measures => "Spotter, measures alone",
        _ => "Spotter",
    } + with;

    /// <summary>One judge for each method; they share the packs that are fitted on the same repetitions.</summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="encoder">The backbone; must live as long as the judges are used.</param>
    public static IReadOnlyList<PackJudge> All(ExerciseDefinition definition, StGcnEncoder encoder) => All(new PackTrials(definition, encoder));

    /// <inheritdoc/>
    /// <remarks>A repetition seen from where the training repetitions show nothing cannot be judged, and then none are.</remarks>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken) =>
        trials.Run(training, test, cancellationToken) is { } judged ? [.. judged.Select(trial => Judge(trial.Result))] : null;

    /// <summary>One judge for each method, on trials that other judges may share.</summary>
    internal static IReadOnlyList<PackJudge> All(PackTrials trials, string with = "") =>
        [new(trials, Method.Network, with), new(trials, Method.Measures, with), new(trials, Method.Fused, with)];

    private Judgement Judge(FusedResult result)
    {
        if (method == Method.Fused)
        {
            return new Judgement(result.Order, result.Branches.Any(branch => !branch.IsInlier), result.PValue);
        }

        var branch = result.Branches[method == Method.Network ? 0 : 1];
        return new Judgement(branch.RelativeScore, !branch.IsInlier, branch.PValue);
    }
}
