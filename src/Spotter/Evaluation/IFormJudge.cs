namespace Spotter.Evaluation;

/// <summary>A way of judging repetitions that can be evaluated: learns from some and judges others.</summary>
public interface IFormJudge
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <summary>Learns and judges.</summary>
    /// <param name="training">What may be learnt from; a one-class method uses the correct ones only, a rule none.</param>
    /// <param name="test">What is judged.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One judgement for each test repetition; null when the training repetitions do not allow any (a class is missing).</returns>
    IReadOnlyList<Judgement>? Judge(
        IReadOnlyList<LabelledRepetition> training, IReadOnlyList<LabelledRepetition> test, CancellationToken cancellationToken);
}

/// <summary>What a method says about one repetition.</summary>
/// <param name="Score">The higher, the more correct; only the order counts.</param>
/// <param name="Flagged">The method's own verdict: true where it finds the repetition incorrect.</param>
/// <param name="PValue">Calibrated p-value; null for methods that have none.</param>
public readonly record struct Judgement(double Score, bool Flagged, double? PValue = null)
{
    /// <summary>The verdict at a false-alarm rate; the method's own where it has no p-value.</summary>
    public bool IsFlagged(double falseAlarmRate) => PValue is { } p ? p <= falseAlarmRate + 1e-9 : Flagged;
}
