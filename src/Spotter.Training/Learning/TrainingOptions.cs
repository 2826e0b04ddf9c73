namespace Spotter.Training.Learning;

/// <summary>How long and how fast to learn; the defaults are those of the curriculum that made the shipped backbone.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number of steps, fixed beforehand.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Steps over which the learning rates rise to their full value; they fall along a cosine afterwards.</summary>
    public int WarmUpSteps { get; init; } = 30;

    /// <summary>Learning rate of the network.</summary>
    public double BackboneRate { get; init; } = 3e-4;

    /// <summary>Learning rate of the heads.</summary>
    public double HeadRate { get; init; } = 3e-3;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>How slowly the averaged weights, which are the result, follow the trained ones: 0.98 is an average over about 50 steps.</summary>
    public double AverageDecay { get; init; } = 0.98;

    /// <summary>Longest gradient, over all parameters together.</summary>
    public double LongestGradient { get; init; } = 5;

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch. Another number adds up in another order: the same result to the bit needs the same number.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>File that keeps the state, so that a training that was killed goes on from there; null to keep none.</summary>
    public string? StatePath { get; init; }

    /// <summary>Steps between two writes of the state.</summary>
    public int StateEvery { get; init; } = 50;

    /// <summary>
    /// The training stops before all its steps when its recent loss falls to this: what is left to learn are the recordings by heart. 0 never stops.
    /// </summary>
    public double EnoughLoss { get; init; }

    /// <summary>Share of the full learning rate at a step.</summary>
    internal double RateShare(int step) =>
        step < WarmUpSteps
            ? (step + 1.0) / WarmUpSteps
            : 0.5 * (1 + Math.Cos(Math.PI * (step - WarmUpSteps) / Math.Max(Steps - WarmUpSteps, 1)));

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StateEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LongestGradient);
        ArgumentOutOfRangeException.ThrowIfNegative(EnoughLoss);
        ArgumentOutOfRangeException.ThrowIfNegative(AverageDecay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(AverageDecay, 1);
    }
}

/// <summary>How far a training has come.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Loss of the last batch.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Loss);
