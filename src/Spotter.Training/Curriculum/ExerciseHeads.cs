using Spotter.Training.Learning;
using Spotter.Training.Network;
using static TorchSharp.torch;

namespace Spotter.Training.Curriculum;

/// <summary>
/// What is asked about one exercise on top of the features: its faults, its measures, and how far its features lie from each other. As each pack has a
/// one-class machine and a scale of its own, so has each exercise here.
/// </summary>
internal sealed class ExerciseHeads : IDisposable
{
    // The heads start as ridge regressions on the features of the untrained network, so that the first gradients mean something.
    private const double Ridge = 0.3;
    private const float LogitsPerShare = 4;

    private readonly Tensor mean = zeros(StGcnNetwork.FeatureCount);
    private readonly Tensor deviation = ones(StGcnNetwork.FeatureCount);
    private readonly TorchSharp.Modules.Parameter faultWeight = nn.Parameter(zeros(StGcnNetwork.FeatureCount, MannequinSource.FaultCount));
    private readonly TorchSharp.Modules.Parameter faultBias = nn.Parameter(zeros(MannequinSource.FaultCount));
    private readonly TorchSharp.Modules.Parameter measureWeight = nn.Parameter(zeros(StGcnNetwork.FeatureCount, MannequinSource.MeasureCount));
    private readonly TorchSharp.Modules.Parameter measureBias = nn.Parameter(zeros(MannequinSource.MeasureCount));

    /// <summary>What is trained, by name.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Parameters =>
    [
        new("fault.weight", faultWeight), new("fault.bias", faultBias), new("measure.weight", measureWeight), new("measure.bias", measureBias),
    ];

    /// <summary>Takes the scale of the features, and where the heads start, from what a network that is not trained yet makes of samples.</summary>
    /// <param name="features">N × 256.</param>
    /// <param name="samples">The N samples in the same order.</param>
    public void Start(Tensor features, IReadOnlyList<TrainingSample> samples)
    {
        mean.copy_(features.mean([0]));
        deviation.copy_(features.std(0, unbiased: false).add(1e-3));
        var z = Standardise(features);
        var gram = z.t().matmul(z) + (eye(StGcnNetwork.FeatureCount) * (Ridge * samples.Count));
        Fit(faultWeight, faultBias, (Rows(samples, sample => sample.FaultTargets) - 0.5) * LogitsPerShare);
        Fit(measureWeight, measureBias, Rows(samples, sample => sample.MeasureTargets));

        void Fit(Tensor weight, Tensor bias, Tensor targets)
        {
            bias.copy_(targets.mean([0]));
            weight.copy_(linalg.solve(gram, z.t().matmul(targets - bias)));
        }
    }

    /// <summary>Features as the one-class machine of the exercise sees them.</summary>
    public Tensor Standardise(Tensor features) => (features - mean) / deviation;

    /// <summary>How wrong the faults are told.</summary>
    public Tensor FaultLoss(Tensor z, IReadOnlyList<TrainingSample> batch) =>
        nn.functional.binary_cross_entropy_with_logits(z.matmul(faultWeight) + faultBias, Rows(batch, sample => sample.FaultTargets));

    /// <summary>How wrong the measures are told.</summary>
    public Tensor MeasureLoss(Tensor z, IReadOnlyList<TrainingSample> batch) =>
        nn.functional.smooth_l1_loss(z.matmul(measureWeight) + measureBias, Rows(batch, sample => sample.MeasureTargets));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, parameter) in Parameters)
        {
            parameter.Dispose();
        }

        mean.Dispose();
        deviation.Dispose();
    }

    private static Tensor Rows(IReadOnlyList<TrainingSample> batch, Func<TrainingSample, float[]> row) =>
        tensor(batch.SelectMany(row).ToArray()).reshape(batch.Count, -1);
}
