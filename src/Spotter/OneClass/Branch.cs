namespace Spotter.OneClass;

/// <summary>One way of looking at a repetition, such as the network's features or the kinematic measures: a model and its calibration.</summary>
public sealed class Branch
{
    private readonly double[][] samples; // n × d, what the models were fitted on
    private readonly OneClassModel[] heldOutModels; // each left some sessions out; empty where their scores were made elsewhere

    /// <summary>Restores a branch.</summary>
    /// <exception cref="ArgumentException">The numbers do not describe a branch.</exception>
    public Branch(BranchState state)
        : this(
            state,
            Array.ConvertAll(Given(state.Samples), sample => Array.ConvertAll(Given(sample), value => value ?? double.NaN)))
    {
    }

    private Branch(BranchState state, double[][] samples)
        : this(
            Given(state.Name),
            samples,
            OneClassModel.Restore(Given(state.Model), samples),
            Array.ConvertAll(Given(state.HeldOutModels), model => OneClassModel.Restore(Given(model), samples)),
            new ConformalCalibration(Given(state.CalibrationScores), Given(state.CalibrationSessions), Given(state.CalibrationModels)))
    {
    }

    private Branch(string name, double[][] samples, OneClassModel model, OneClassModel[] heldOutModels, ConformalCalibration calibration)
    {
        if (calibration.Count > 0 && calibration.Models.Max() >= Math.Max(1, heldOutModels.Length))
        {
            throw new ArgumentException("A calibration score names a model that is not there.", nameof(calibration));
        }

        Name = name;
        this.samples = samples;
        Model = model;
        this.heldOutModels = heldOutModels;
        Calibration = calibration;
    }

    /// <summary>Name in reports, such as <c>network</c> or <c>measures</c>.</summary>
    public string Name { get; }

    /// <summary>The model fitted on all correct repetitions.</summary>
    public OneClassModel Model { get; }

    /// <summary>Scores of the correct repetitions under models that had not seen their session.</summary>
    public ConformalCalibration Calibration { get; }

    /// <summary>Fits the model on all samples and calibrates it by leaving whole sessions out.</summary>
    /// <param name="name">Name in reports.</param>
    /// <param name="samples">Correct repetitions; a feature may be NaN where it could not be measured.</param>
    /// <param name="options">How the machines are fitted.</param>
    /// <param name="prior">What is known of the features beforehand.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length or infinite numbers.</exception>
    public static Branch Fit(
        string name,
        IReadOnlyList<FeatureSample> samples,
        OneClassSvmOptions? options = null,
        FeaturePrior? prior = null,
        CancellationToken cancellationToken = default)
    {
        FeatureSample[] kept = [.. samples.Select(Rounded)];
        var (models, modelOf, scores) = CrossConformal.Fit(kept, options, prior, cancellationToken);
        return Fit(name, kept, models, new ConformalCalibration(scores, Sessions(kept, scores.Length), modelOf), options, prior, cancellationToken);
    }

    /// <summary>
    /// Fits the model on all samples and takes held-out scores made elsewhere, where the features themselves come from a network that was
    /// trained on correct repetitions and had to be trained again without each session.
    /// </summary>
    /// <param name="name">Name in reports.</param>
    /// <param name="samples">Correct repetitions.</param>
    /// <param name="heldOutScores">Relative score of each sample under a model (and a network) that has not seen its session.</param>
    /// <param name="options">How the machine is fitted.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    public static Branch Fit(
        string name,
        IReadOnlyList<FeatureSample> samples,
        double[] heldOutScores,
        OneClassSvmOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        FeatureSample[] kept = [.. samples.Select(Rounded)];
        return Fit(name, kept, [], new ConformalCalibration(heldOutScores, Sessions(kept, heldOutScores.Length)), options, null, cancellationToken);
    }

    /// <summary>Scores a repetition.</summary>
    public BranchResult Score(ReadOnlySpan<double> features) => Score(features, out _);

    /// <summary>Scores a repetition, and tells its relative score under every model that gave calibration scores.</summary>
    internal BranchResult Score(ReadOnlySpan<double> features, out double[] heldOutScores)
    {
        var decision = Model.DecisionFunction(features);
        var relative = Model.RelativeScore(features);
        heldOutScores = [relative];
        if (heldOutModels.Length > 0)
        {
            heldOutScores = new double[heldOutModels.Length];
            for (var i = 0; i < heldOutModels.Length; i++)
            {
                heldOutScores[i] = heldOutModels[i].RelativeScore(features);
            }
        }

        return new BranchResult(Name, decision, relative, Calibration.PValue(heldOutScores.AsSpan()));
    }

    /// <summary>The numbers that make up this branch, for a file; shares their arrays.</summary>
    public BranchState ToState() => new()
    {
        Name = Name,
        Samples = Array.ConvertAll(samples, sample => Array.ConvertAll(sample, value => double.IsNaN(value) ? null : (double?)value)),
        Model = Model.ToState(),
        HeldOutModels = Array.ConvertAll(heldOutModels, model => model.ToState()),
        CalibrationScores = [.. Calibration.Scores],
        CalibrationSessions = [.. Calibration.Sessions],
        CalibrationModels = [.. Calibration.Models],
    };

    private static Branch Fit(
        string name,
        FeatureSample[] samples,
        OneClassModel[] heldOutModels,
        ConformalCalibration calibration,
        OneClassSvmOptions? options,
        FeaturePrior? prior,
        CancellationToken cancellationToken)
    {
        double[][] features = [.. samples.Select(sample => sample.Values)];
        return new Branch(name, features, OneClassModel.Fit(features, options, prior, cancellationToken), heldOutModels, calibration);
    }

    // What a pack stores in few characters is exactly what was fitted.
    private static FeatureSample Rounded(FeatureSample sample) =>
        sample with { Values = Array.ConvertAll(sample.Values, value => Digits.Keep(value, 6)) };

    private static int[] Sessions(FeatureSample[] samples, int count)
    {
        string[] names = [.. samples.Select(sample => sample.Session).Distinct(StringComparer.Ordinal)];
        return count == 0 ? [] : Array.ConvertAll(samples, sample => Array.IndexOf(names, sample.Session));
    }

    private static T Given<T>(T? value)
        where T : class =>
        value ?? throw new ArgumentException("A part of the branch is missing.");
}

/// <summary>What a branch says about one repetition.</summary>
/// <param name="Branch">Name of the branch.</param>
/// <param name="Score">Decision function: at least 0 for an inlier.</param>
/// <param name="RelativeScore">Logarithm of the score over the offset: 0 at the boundary, negative outside.</param>
/// <param name="PValue">Share of correct repetitions expected to look at least this odd to the branch.</param>
public readonly record struct BranchResult(string Branch, double Score, double RelativeScore, double PValue)
{
    /// <summary>The sign of the decision function, uncalibrated: true for an inlier.</summary>
    public bool IsInlier => Score >= 0;
}

/// <summary>The numbers of a <see cref="Branch"/>, as packs store them.</summary>
public sealed record BranchState
{
    /// <summary>Name in reports.</summary>
    public required string Name { get; init; }

    /// <summary>The correct repetitions that the models were fitted on, n × d; null where a measure is missing.</summary>
    public required double?[][] Samples { get; init; }

    /// <summary>The model of all of them.</summary>
    public required OneClassModelState Model { get; init; }

    /// <summary>The models that each left some sessions out; empty where the calibration scores were made elsewhere.</summary>
    public required OneClassModelState[] HeldOutModels { get; init; }

    /// <summary>Relative score of each correct repetition under a model that has not seen its session.</summary>
    public required double[] CalibrationScores { get; init; }

    /// <summary>Number of the session of each calibration score.</summary>
    public required int[] CalibrationSessions { get; init; }

    /// <summary>Which of the models gave each calibration score.</summary>
    public required int[] CalibrationModels { get; init; }
}
