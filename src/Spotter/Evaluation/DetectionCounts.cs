namespace Spotter.Evaluation;

/// <summary>How verdicts and labels meet; the incorrect repetitions are what is to be found.</summary>
/// <param name="Detected">Incorrect and flagged.</param>
/// <param name="Missed">Incorrect and not flagged.</param>
/// <param name="FalseAlarms">Correct and flagged.</param>
/// <param name="Passed">Correct and not flagged.</param>
public readonly record struct DetectionCounts(int Detected, int Missed, int FalseAlarms, int Passed)
{
    /// <summary>Share of the incorrect repetitions that are flagged; also the recall. NaN without any.</summary>
    public double DetectionRate => (double)Detected / (Detected + Missed);

    /// <summary>Share of the correct repetitions that are flagged. NaN without any.</summary>
    public double FalseAlarmRate => (double)FalseAlarms / (FalseAlarms + Passed);

    /// <summary>Share of the flagged repetitions that are incorrect. NaN when none is flagged.</summary>
    public double Precision => (double)Detected / (Detected + FalseAlarms);

    /// <summary>Harmonic mean of precision and detection rate. NaN when nothing is incorrect or flagged.</summary>
    public double F1 => 2.0 * Detected / ((2 * Detected) + FalseAlarms + Missed);

    /// <summary>
    /// F1 of either class, weighted by how often it occurs: the figure that classification reports print as the average, and Pose Trainer publishes.
    /// </summary>
    public double WeightedF1
    {
        get
        {
            var ofCorrect = 2.0 * Passed / ((2 * Passed) + FalseAlarms + Missed);
            return ((F1 * (Detected + Missed)) + (ofCorrect * (FalseAlarms + Passed))) / Count;
        }
    }

    /// <summary>Number of repetitions.</summary>
    public int Count => Detected + Missed + FalseAlarms + Passed;

    /// <summary>Number of repetitions whose verdict agrees with the label.</summary>
    public int Right => Detected + Passed;

    /// <summary>Counts verdicts.</summary>
    /// <param name="items">Label and verdict of each repetition.</param>
    public static DetectionCounts Of(IEnumerable<(bool Correct, bool Flagged)> items)
    {
        var counts = new DetectionCounts();
        foreach (var item in items)
        {
            counts = item switch
            {
                (false, true) => counts with { Detected = counts.Detected + 1 },
                (false, false) => counts with { Missed = counts.Missed + 1 },
                (true, true) => counts with { FalseAlarms = counts.FalseAlarms + 1 },
                (true, false) => counts with { Passed = counts.Passed + 1 },
            };
        }

        return counts;
    }
}
