namespace Spotter.OneClass;

/// <summary>One way of looking at a repetition, such as the network's features or the kinematic measures: a model and its calibration.</summary>
public sealed class Branch
{
    /// <summary>Restores a branch.</summary>
    /// <exception cref="ArgumentException">The numbers do not describe a branch.</exception>
    public Branch(BranchState state)
        : this(
            state.Name ?? throw new ArgumentException("The branch has no name.", nameof(state)),
            new OneClassModel(Given(state.Scaler), new OneClassSvm(Given(state.Svm))),
            new ConformalCalibration(Given(state.CalibrationScores), Given(state.CalibrationSessions)))
    {
    }

    private Branch(string name, OneClassModel model, ConformalCalibration calibration)
    {
        Name = name;
        Model = model;
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
    /// <param name="cancellationToken">Stops the fitting.</param>
    /// <exception cref="ArgumentException">No samples, no features, samples of different length or infinite numbers.</exception>
    public static Branch Fit(
        string name, IReadOnlyList<FeatureSample> samples, OneClassSvmOptions? options = null, CancellationToken cancellationToken = default)
    {
        var scores = CrossConformal.HeldOutScores(samples, options, cancellationToken);
        return Fit(name, samples, scores, options, cancellationToken);
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
        double[][] features = [.. samples.Select(sample => sample.Values)];
        var model = OneClassModel.Fit(features, options, cancellationToken);
        string[] names = [.. samples.Select(sample => sample.Session).Distinct(StringComparer.Ordinal)];
        int[] sessions = heldOutScores.Length == 0 ? [] : [.. samples.Select(sample => Array.IndexOf(names, sample.Session))];
        return new Branch(name, model, new ConformalCalibration(heldOutScores, sessions));
    }

    /// <summary>Scores a repetition.</summary>
    public BranchResult Score(ReadOnlySpan<double> features)
    {
        var decision = Model.DecisionFunction(features);
        var relative = decision / Model.Svm.Offset;
        return new BranchResult(Name, decision, relative, Calibration.PValue(relative));
    }

    /// <summary>The numbers that make up this branch, for a file; shares their arrays.</summary>
    public BranchState ToState() => new()
    {
        Name = Name,
        Scaler = Model.Scaler,
        Svm = Model.Svm.ToState(),
        CalibrationScores = [.. Calibration.Scores],
        CalibrationSessions = [.. Calibration.Sessions],
    };

    private static T Given<T>(T? value)
        where T : class =>
        value ?? throw new ArgumentException("A part of the branch is missing.");
}

/// <summary>What a branch says about one repetition.</summary>
/// <param name="Branch">Name of the branch.</param>
/// <param name="Score">Decision function: at least 0 for an inlier.</param>
/// <param name="RelativeScore">Decision function ÷ offset: −1 far from all correct repetitions, 0 at the boundary.</param>
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

    /// <summary>Brings the features to one scale.</summary>
    public required StandardScaler Scaler { get; init; }

    /// <summary>The machine on scaled features.</summary>
    public required OneClassSvmState Svm { get; init; }

    /// <summary>Relative score of each correct repetition under a model that has not seen its session.</summary>
    public required double[] CalibrationScores { get; init; }

    /// <summary>Number of the session of each calibration score.</summary>
    public required int[] CalibrationSessions { get; init; }
}
