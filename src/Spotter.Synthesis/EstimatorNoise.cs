namespace Spotter.Synthesis;

/// <summary>
/// How a pose estimator differs from the truth. Lengths are shares of the trunk (about half a metre); errors are the same for all bodies.
/// </summary>
public sealed record EstimatorNoise
{
    /// <summary>Deviation of the slow jitter of a joint in each direction.</summary>
    public required double Jitter { get; init; }

    /// <summary>Seconds over which the slow jitter is correlated.</summary>
    public double JitterSeconds { get; init; } = 0.12;

    /// <summary>Deviation of the jitter that is new in every frame.</summary>
    public required double FrameJitter { get; init; }

    /// <summary>Deviation of the place where the estimator sees a joint throughout a clip.</summary>
    public required double Offset { get; init; }

    /// <summary>Deviation of the guess of a hidden joint.</summary>
    public required double HiddenError { get; init; }

    /// <summary>Share of hidden joints that are not reported at all.</summary>
    public required double HiddenMissing { get; init; }

    /// <summary>Confidence of a joint that is seen, on average.</summary>
    public required double SeenConfidence { get; init; }

    /// <summary>Confidence of a hidden joint, on average.</summary>
    public required double HiddenConfidence { get; init; }

    /// <summary>How often a joint that is seen gets lost, in each minute.</summary>
    public required double DropoutsPerMinute { get; init; }

    /// <summary>For how long it is lost, seconds on average.</summary>
    public double DropoutSeconds { get; init; } = 0.15;

    /// <summary>How far in front of the middle of the shoulders the neck is seen.</summary>
    public double NeckForward { get; init; }

    /// <summary>Whether the parts of the face that are turned away are never reported.</summary>
    public bool LosesHiddenFace { get; init; }

    /// <summary>Whether joints outside the picture are lost.</summary>
    public bool LosesOutside { get; init; } = true;

    /// <summary>The truth: exact joints with confidence 1.</summary>
    public static EstimatorNoise None { get; } = new()
    {
        Jitter = 0,
        FrameJitter = 0,
        Offset = 0,
        HiddenError = 0,
        HiddenMissing = 0,
        SeenConfidence = 1,
        HiddenConfidence = 1,
        DropoutsPerMinute = 0,
        LosesOutside = false,
    };

    /// <summary>Like BlazePose: smooth, guesses hidden joints, hardly ever loses one.</summary>
    public static EstimatorNoise BlazePose { get; } = new()
    {
        Jitter = 0.008,
        JitterSeconds = 0.2,
        FrameJitter = 0.002,
        Offset = 0.015,
        HiddenError = 0.05,
        HiddenMissing = 0,
        SeenConfidence = 0.97,
        HiddenConfidence = 0.5,
        DropoutsPerMinute = 0.2,
    };

    /// <summary>Like OpenPose: each frame by itself, loses joints, often does not report hidden ones.</summary>
    public static EstimatorNoise OpenPose { get; } = new()
    {
        Jitter = 0.006,
        JitterSeconds = 0.1,
        FrameJitter = 0.004,
        Offset = 0.015,
        HiddenError = 0.07,
        HiddenMissing = 0.3,
        SeenConfidence = 0.75,
        HiddenConfidence = 0.45,
        DropoutsPerMinute = 2,
        NeckForward = 0.02,
        LosesHiddenFace = true,
    };

    /// <summary>The same with all errors and losses multiplied.</summary>
    public EstimatorNoise Scale(double factor) => this with
    {
        Jitter = Jitter * factor,
        FrameJitter = FrameJitter * factor,
        Offset = Offset * factor,
        HiddenError = HiddenError * factor,
        HiddenMissing = Math.Min(HiddenMissing * factor, 1),
        DropoutsPerMinute = DropoutsPerMinute * factor,
    };
}
