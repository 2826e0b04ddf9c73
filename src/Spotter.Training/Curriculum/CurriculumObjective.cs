using System.Globalization;
using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>
/// What the mannequin teaches: which faults there are and how bad, the measures of the movement in space, and features in which correct repetitions
/// lie together, faulty ones apart by their severity, and two views of one motion at the same place. Distances are taken between features
/// standardised by the network that the training starts from, as the one-class machine of the exercise sees them.
/// </summary>
public sealed class CurriculumObjective : IObjective
{
    private const double MeasureShare = 0.5;
    private const double CompactnessShare = 0.3;
    private const double ViewShare = 0.2;

    // Mean square distance from the centre of the correct ones, where 1 is what it was before training: how far a fault should lie.
    private const float NearestFault = 1;
    private const float FartherPerSeverity = 0.75f;
    private const float LargestSeverity = 2;

    private readonly ExerciseHeads[] exercises;

    /// <summary>Heads for a number of exercises.</summary>
    /// <param name="exercises">How many; samples tell which they are of.</param>
    public CurriculumObjective(int exercises = 1) => this.exercises = [.. Enumerable.Range(0, exercises).Select(_ => new ExerciseHeads())];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Parameters => exercises
        .SelectMany((heads, index) => heads.Parameters.Select(pair => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"{index}.{pair.Key}"), pair.Value)))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Takes the scale of the features, and where the heads start, from a network that is not trained yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Some batches of every exercise; a few hundred samples of each are enough.</param>
    public void Start(StGcnNetwork network, IEnumerable<IReadOnlyList<TrainingSample>> batches)
    {
        using var noGradients = no_grad();
        foreach (var exercise in batches.GroupBy(batch => batch[0].Exercise))
        {
            using var scope = NewDisposeScope();
            TrainingSample[][] read = [.. exercise.Select(batch => batch.ToArray())];
            exercises[exercise.Key].Start(
                cat([.. read.Select(batch => network.forward(TrainingLoop.Collate(batch)))]), [.. read.SelectMany(batch => batch)]);
        }
    }

    /// <inheritdoc/>
    public Tensor Loss(Tensor features, IReadOnlyList<TrainingSample> batch)
    {
        var heads = exercises[batch[0].Exercise];
        var z = heads.Standardise(features);
        return heads.FaultLoss(z, batch) + (MeasureShare * heads.MeasureLoss(z, batch))
            + (CompactnessShare * Compactness(z, batch)) + (ViewShare * ViewDistance(z, batch));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var heads in exercises)
        {
            heads.Dispose();
        }
    }

    private static Tensor Compactness(Tensor z, IReadOnlyList<TrainingSample> batch)
    {
        long[] good = [.. Enumerable.Range(0, batch.Count).Where(i => batch[i].IsGood).Select(i => (long)i)];
        long[] bad = [.. Enumerable.Range(0, batch.Count).Where(i => !batch[i].IsGood).Select(i => (long)i)];
        if (good.Length == 0)
        {
            return zeros(1).squeeze();
        }

        var goods = z[tensor(good)];
        var centre = goods.mean([0]);
        var loss = (goods - centre).square().mean();
        if (bad.Length > 0)
        {
            var margins = tensor(Array.ConvertAll(bad, i => NearestFault + (FartherPerSeverity * Math.Min(batch[(int)i].Severity, LargestSeverity))));
            loss += (margins - (z[tensor(bad)] - centre).square().mean([1])).relu().mean();
        }

        return loss;
    }

    private static Tensor ViewDistance(Tensor z, IReadOnlyList<TrainingSample> batch)
    {
        var (first, second) = Pairs(batch);
        return first.Length == 0 ? zeros(1).squeeze() : (z[tensor(first)] - z[tensor(second)]).square().mean() / 2;
    }

    private static (long[] First, long[] Second) Pairs(IReadOnlyList<TrainingSample> batch)
    {
        var pairs = Enumerable.Range(0, batch.Count).GroupBy(i => batch[i].Motion).Where(group => group.Count() == 2)
            .Select(group => (First: (long)group.First(), Second: (long)group.Last())).ToArray();
        return (Array.ConvertAll(pairs, pair => pair.First), Array.ConvertAll(pairs, pair => pair.Second));
    }
}
