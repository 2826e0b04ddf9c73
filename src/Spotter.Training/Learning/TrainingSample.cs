namespace Spotter.Training.Learning;

/// <summary>One repetition to learn from.</summary>
/// <param name="Input">3 × T × 18, as <see cref="Skeletons.SkeletonNormalization"/> makes it.</param>
/// <param name="FaultTargets">For each fault kind how bad it is, 0 to 1; empty where only good or bad is known.</param>
/// <param name="MeasureTargets">Measures of the movement to be told from the features, standardised; empty where none are known.</param>
/// <param name="IsGood">Whether the repetition is correct.</param>
/// <param name="Severity">How bad its worst fault is: 0 for a correct one, 1 for what a coach would call wrong.</param>
/// <param name="Motion">Samples of one motion seen from different places share this number.</param>
/// <param name="Exercise">Samples of one exercise share this number, counted from 0; a batch is of one exercise.</param>
public sealed record TrainingSample(float[] Input, float[] FaultTargets, float[] MeasureTargets, bool IsGood, float Severity, int Motion, int Exercise = 0);
