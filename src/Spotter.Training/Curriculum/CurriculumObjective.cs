using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>
/// What the mannequin teaches: which faults there are and how bad, the measures of the movement in space, and features in which correct repetitions
/// lie together, faulty ones apart by their severity, and two views of one motion at the same place.
/// </summary>
public sealed class CurriculumObjective : IObjective
{
    private const double MeasureShare = 0.5;
    private const double CompactnessShare = 0.7;

    // On the unit sphere: how far from the centre of the correct ones a fault of severity 1 should lie, and the farthest that is asked for.
    private const float MarginPerSeverity = 0.5f;
    private const float LargestMargin = 0.9f;

    private readonly Tensor faultWeight = Parameter(StGcnNetwork.FeatureCount, MannequinSource.FaultCount);
    private readonly Tensor faultBias = Parameter(MannequinSource.FaultCount);
    private readonly Tensor measureWeight = Parameter(StGcnNetwork.FeatureCount, MannequinSource.MeasureCount);
    private readonly Tensor measureBias = Parameter(MannequinSource.MeasureCount);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Parameters => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["fault.weight"] = faultWeight,
        ["fault.bias"] = faultBias,
        ["measure.weight"] = measureWeight,
        ["measure.bias"] = measureBias,
    };

    /// <inheritdoc/>
    public Tensor Loss(Tensor features, IReadOnlyList<TrainingSample> batch)
    {
        var faults = nn.functional.binary_cross_entropy_with_logits(
            FaultLogits(features), Rows(batch, sample => sample.FaultTargets));
        var measures = nn.functional.smooth_l1_loss(
            features.matmul(measureWeight) + measureBias, Rows(batch, sample => sample.MeasureTargets));
        return faults + (MeasureShare * measures) + (CompactnessShare * Compactness(features, batch));
    }

    /// <summary>The logit of each kind of fault: N × 13.</summary>
    internal Tensor FaultLogits(Tensor features) => features.matmul(faultWeight) + faultBias;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters.Values)
        {
            parameter.Dispose();
        }
    }

    private static Tensor Compactness(Tensor features, IReadOnlyList<TrainingSample> batch)
    {
        var unit = nn.functional.normalize(features, dim: 1);
        var loss = zeros(1);
        var views = Pairs(batch);
        if (views.First.Length > 0)
        {
            loss += (unit[tensor(views.First)] - unit[tensor(views.Second)]).square().sum(1).mean();
        }

        long[] good = [.. Enumerable.Range(0, batch.Count).Where(i => batch[i].IsGood).Select(i => (long)i)];
        long[] bad = [.. Enumerable.Range(0, batch.Count).Where(i => !batch[i].IsGood).Select(i => (long)i)];
        if (good.Length == 0)
        {
            return loss;
        }

        var goods = unit[tensor(good)];
        var centre = nn.functional.normalize(goods.mean([0]), dim: 0);
        loss += (goods - centre).square().sum(1).mean();
        if (bad.Length > 0)
        {
            var margins = tensor(Array.ConvertAll(bad, i => Math.Min(MarginPerSeverity * batch[(int)i].Severity, LargestMargin)));
            var distance = (unit[tensor(bad)] - centre).square().sum(1).add(1e-8).sqrt();
            loss += (margins - distance).relu().square().mean();
        }

        return loss;
    }

    private static (long[] First, long[] Second) Pairs(IReadOnlyList<TrainingSample> batch)
    {
        var pairs = Enumerable.Range(0, batch.Count).GroupBy(i => batch[i].Motion).Where(group => group.Count() == 2)
            .Select(group => (First: (long)group.First(), Second: (long)group.Last())).ToArray();
        return (Array.ConvertAll(pairs, pair => pair.First), Array.ConvertAll(pairs, pair => pair.Second));
    }

    private static Tensor Rows(IReadOnlyList<TrainingSample> batch, Func<TrainingSample, float[]> row) =>
        tensor(batch.SelectMany(row).ToArray()).reshape(batch.Count, -1);

    // Heads start at zero: nothing is drawn, and the first gradients reach the heads alone.
    private static TorchSharp.Modules.Parameter Parameter(params long[] shape) => nn.Parameter(zeros(shape));
}
