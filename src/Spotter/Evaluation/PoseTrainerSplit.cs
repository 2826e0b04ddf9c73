namespace Spotter.Evaluation;

/// <summary>
/// The division into training and test for which Pose Trainer publishes its classifier's figures: 40 % of the files of an exercise, rounded up, are the
/// test set. Which ones was drawn by NumPy's generator with seed 42 (<c>RandomState(42).permutation(n)</c>) from the files ordered by label and number;
/// the draws are repeated here as positions in that order.
/// </summary>
public static class PoseTrainerSplit
{
    private static readonly int[][] TestPositions =
    [
        [35, 13, 26, 30, 16, 31, 21, 12, 8, 17, 9, 34, 0, 4, 29], // of 36
        [0, 1, 5, 14, 13, 11, 8], // of 16
        [9, 25, 8, 21, 0, 12, 17, 22, 11, 13, 15, 1], // of 28
        [29, 15, 24, 17, 8, 9, 30, 25, 12, 0, 4, 16, 5], // of 32
    ];

    /// <summary>Divides the repetitions of one of its exercises; null when they are not as many as it had.</summary>
    public static Fold? Divide(IReadOnlyList<LabelledRepetition> repetitions)
    {
        var positions = repetitions.Count switch
        {
            36 => TestPositions[0],
            16 => TestPositions[1],
            28 => TestPositions[2],
            32 => TestPositions[3],
            _ => null,
        };
        if (positions is null)
        {
            return null;
        }

        LabelledRepetition[] ordered = [.. repetitions.OrderBy(repetition => repetition.Clip.Name, StringComparer.Ordinal)];
        return new Fold(
            [.. ordered.Where((_, position) => !positions.Contains(position))], [.. positions.Select(position => ordered[position])]);
    }
}
