namespace Spotter.OneClass;

/// <summary>A feature vector of one correct repetition and the recording session that it comes from.</summary>
/// <param name="Values">d numbers; NaN where a measure is missing.</param>
/// <param name="Session">Repetitions of one session show one person, one camera place and one day, and are never split.</param>
public readonly record struct FeatureSample(double[] Values, string Session);

/// <summary>
/// Scores of correct repetitions under models that have not seen their session: what the score of a new person's correct repetition looks like.
/// V. Vovk, "Cross-conformal predictors", Annals of Mathematics and Artificial Intelligence 74 (2015); whole sessions are left out because
/// repetitions of one session are not exchangeable with those of another.
/// </summary>
public static class CrossConformal
{
    /// <summary>Sessions beyond this many share folds.</summary>
    public const int LargestFoldCount = 20;

    /// <summary>
    /// Relative score of each sample under a model fitted without its session, in the order of the samples. With a single session the samples
    /// are left out one by one, which is known to flag too many correct repetitions; a single sample gives no scores at all.
    /// </summary>
    /// <param name="samples">Correct repetitions.</param>
    /// <param name="options">How the machines are fitted.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    public static double[] HeldOutScores(
        IReadOnlyList<FeatureSample> samples, OneClassSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        Fit(samples, options, null, cancellationToken).Scores;

    /// <summary>The models that each left some sessions out, which of them left each sample out, and the sample's score under it.</summary>
    internal static (OneClassModel[] Models, int[] ModelOf, double[] Scores) Fit(
        IReadOnlyList<FeatureSample> samples, OneClassSvmOptions? options, FeaturePrior? prior, CancellationToken cancellationToken)
    {
        if (samples.Count < 2)
        {
            return ([], [], []);
        }

        double[][] features = [.. samples.Select(sample => sample.Values)];
        var folds = Folds(samples);
        var models = new OneClassModel[folds.Length];
        var modelOf = new int[samples.Count];
        var scores = new double[samples.Count];
        for (var fold = 0; fold < folds.Length; fold++)
        {
            int[] rest = [.. Enumerable.Range(0, samples.Count).Except(folds[fold])];
            models[fold] = OneClassModel.Fit(features, rest, options, prior, cancellationToken);
            foreach (var i in folds[fold])
            {
                modelOf[i] = fold;
                scores[i] = Digits.Keep(models[fold].RelativeScore(features[i]), 7);
            }
        }

        return (models, modelOf, scores);
    }

    private static int[][] Folds(IReadOnlyList<FeatureSample> samples)
    {
        int[][] groups = [.. Enumerable.Range(0, samples.Count).GroupBy(i => samples[i].Session, StringComparer.Ordinal).Select(group => group.ToArray())];
        if (groups.Length == 1)
        {
            groups = [.. groups[0].Select(i => new[] { i })];
        }

        return [.. groups.Index().GroupBy(group => group.Index % LargestFoldCount, (_, fold) => fold.SelectMany(group => group.Item).ToArray())];
    }
}
