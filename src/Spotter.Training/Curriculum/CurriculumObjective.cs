using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>
/// What the mannequin teaches: which faults there are and how bad, the measures of the movement in space, and features in which correct repetitions
/// lie together, faulty ones apart by their severity, and two views of one motion at the same place. Distances are taken between features
/// standardised by the network that the training starts from, as the one-class machine sees them.
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

    // The heads start as ridge regressions on the features of the untrained network, so that the first gradients mean something.
    private const double Ridge = 0.3;
    private const float LogitsPerShare = 4;

    private readonly Tensor mean = zeros(StGcnNetwork.FeatureCount);
    private readonly Tensor deviation = ones(StGcnNetwork.FeatureCount);
    private readonly TorchSharp.Modules.Parameter faultWeight = nn.Parameter(zeros(StGcnNetwork.FeatureCount, MannequinSource.FaultCount));
    private readonly TorchSharp.Modules.Parameter faultBias = nn.Parameter(zeros(MannequinSource.FaultCount));
    private readonly TorchSharp.Modules.Parameter measureWeight = nn.Parameter(zeros(StGcnNetwork.FeatureCount, MannequinSource.MeasureCount));
    private readonly TorchSharp.Modules.Parameter measureBias = nn.Parameter(zeros(MannequinSource.MeasureCount));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Parameters => new Dictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["fault.weight"] = faultWeight,
        ["fault.bias"] = faultBias,
        ["measure.weight"] = measureWeight,
        ["measure.bias"] = measureBias,
    };

    /// <summary>Takes the scale of the features, and where the heads start, from a network that is not trained yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Some batches; a few hundred samples in all are enough.</param>
    public void Start(StGcnNetwork network, IEnumerable<IReadOnlyList<TrainingSample>> batches)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        TrainingSample[][] read = [.. batches.Select(batch => batch.ToArray())];
        var features = cat([.. read.Select(batch => network.forward(TrainingLoop.Collate(batch)))]);
        TrainingSample[] samples = [.. read.SelectMany(batch => batch)];
        mean.copy_(features.mean([0]));
        deviation.copy_(features.std(0, unbiased: false).add(1e-3));

        var z = Standardise(features);
        var gram = z.t().matmul(z) + (eye(StGcnNetwork.FeatureCount) * (Ridge * samples.Length));
        Fit(faultWeight, faultBias, (Rows(samples, sample => sample.FaultTargets) - 0.5) * LogitsPerShare);
        Fit(measureWeight, measureBias, Rows(samples, sample => sample.MeasureTargets));

        void Fit(Tensor weight, Tensor bias, Tensor targets)
        {
            bias.copy_(targets.mean([0]));
            weight.copy_(linalg.solve(gram, z.t().matmul(targets - bias)));
        }
    }

    /// <inheritdoc/>
    public Tensor Loss(Tensor features, IReadOnlyList<TrainingSample> batch)
    {
        var z = Standardise(features);
        var faults = nn.functional.binary_cross_entropy_with_logits(z.matmul(faultWeight) + faultBias, Rows(batch, sample => sample.FaultTargets));
        var measures = nn.functional.smooth_l1_loss(z.matmul(measureWeight) + measureBias, Rows(batch, sample => sample.MeasureTargets));
        return faults + (MeasureShare * measures) + (CompactnessShare * Compactness(z, batch)) + (ViewShare * ViewDistance(z, batch));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters.Values)
        {
            parameter.Dispose();
        }

        mean.Dispose();
        deviation.Dispose();
    }

    private Tensor Standardise(Tensor features) => (features - mean) / deviation;

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

    private static Tensor Rows(IReadOnlyList<TrainingSample> batch, Func<TrainingSample, float[]> row) =>
        tensor(batch.SelectMany(row).ToArray()).reshape(batch.Count, -1);
}
