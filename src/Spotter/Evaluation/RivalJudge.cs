using Spotter.OneClass;
using Spotter.Packs;

namespace Spotter.Evaluation;

/// <summary>
/// Judges as Spotter's network or measures alone would if another one-class detector stood in the place of the one-class SVM: same repetitions, features,
/// scaler, and calibration that leaves whole sessions out.
/// </summary>
public sealed class RivalJudge : IFormJudge
{
    private readonly PackTrials trials;
    private readonly int branch;
    private readonly DetectorFit fit;
    private readonly Dictionary<ViewModel, CalibratedDetector> detectors = [];

    private RivalJudge(PackTrials trials, int branch, string name, DetectorFit fit)
    {
        this.trials = trials;
        this.branch = branch;
        this.fit = fit;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Each of some detectors on the network's features, then each on the measures.</summary>
    internal static IReadOnlyList<RivalJudge> All(PackTrials trials, IReadOnlyList<(string Name, DetectorFit Fit)> detectors) =>
    [
        .. new[] { ViewModel.NetworkBranch, ViewModel.MeasuresBranch }.Index().SelectMany(
            branch => detectors.Select(rival => new RivalJudge(trials, branch.Index, $"{branch.Item}, {rival.Name}", rival.Fit))),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken) =>
        trials.Run(training, test, cancellationToken) is { } looked ? [.. looked.Select(Judge)] : null;

    private Judgement Judge(Trial trial)
    {
        if (!detectors.TryGetValue(trial.Model, out var detector))
        {
            var state = trial.Model.Fusion.Branches[branch].ToState();
            detector = new CalibratedDetector(
                Array.ConvertAll(state.Samples, sample => Array.ConvertAll(sample, value => value ?? double.NaN)), state.CalibrationSessions, (samples, _) => Fit(samples, fit));
            detectors.Add(trial.Model, detector);
        }

        return detector.Judge(trial.Features[branch]);
    }

    private static Func<double[], double> Fit(double[][] samples, DetectorFit fit)
    {
        var scaler = StandardScaler.Fit(samples);
        var score = fit(Array.ConvertAll(samples, sample => scaler.Transform(sample)));
        return features => score(scaler.Transform(features));
    }
}
