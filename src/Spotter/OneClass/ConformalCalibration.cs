namespace Spotter.OneClass;

/// <summary>
/// Turns scores into p-values by comparing them with the scores of correct repetitions that the model had not seen: p = (1 + number of
/// calibration scores ≤ s) ÷ (n + 1), the share of correct repetitions expected to look at least as odd. Immutable.
/// </summary>
public sealed class ConformalCalibration
{
    private readonly double[] scores; // in the order given
    private readonly double[] sorted;
    private readonly int[] sessions; // session number of each score
    private readonly int[] models; // which model gave each score

    /// <summary>Takes the held-out scores of correct repetitions.</summary>
    /// <param name="scores">One score for each repetition, lower for odder.</param>
    /// <param name="sessions">Number of the recording session of each repetition.</param>
    /// <param name="models">Number of the model that gave each score, where new repetitions are scored by all of them; null for one model.</param>
    /// <exception cref="ArgumentException">The lengths differ or a score is not finite.</exception>
    public ConformalCalibration(double[] scores, int[] sessions, int[]? models = null)
    {
        models ??= new int[scores.Length];
        if (scores.Length != sessions.Length || scores.Length != models.Length || models.Any(model => model < 0) || !scores.All(double.IsFinite))
        {
            throw new ArgumentException("A calibration needs one finite score, one session and one model for each repetition.", nameof(scores));
        }

        this.models = models;

        this.scores = scores;
        this.sessions = sessions;
        sorted = [.. scores.Order()];
        SessionCount = sessions.Distinct().Count();
        EffectiveCount = EstimateEffectiveCount();
    }

    /// <summary>The calibration scores, in the order given.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>Number of the session of each score.</summary>
    public IReadOnlyList<int> Sessions => sessions;

    /// <summary>Number of the model that gave each score.</summary>
    public IReadOnlyList<int> Models => models;

    /// <summary>Number of calibration scores, n.</summary>
    public int Count => scores.Length;

    /// <summary>Number of recording sessions behind the scores. With fewer than two, whole sessions could not be held out.</summary>
    public int SessionCount { get; }

    /// <summary>
    /// How many independent repetitions the scores are worth, between the number of sessions and n: n ÷ (1 + (m − 1) · ICC), where m is the size
    /// of a session (Kish) and ICC the share of the variance that lies between sessions (one-way analysis of variance of the ranks).
    /// </summary>
    public double EffectiveCount { get; }

    /// <summary>The smallest p-value that any score can get, 1 ÷ (n + 1).</summary>
    public double SmallestPValue => 1.0 / (Count + 1);

    /// <summary>Calibration repetitions needed before any repetition can be flagged at a false-alarm rate, n ≥ 1/α − 1: nine for 10 %.</summary>
    /// <param name="falseAlarmRate">α, above 0 and below 1.</param>
    public static int MinimumRepetitions(double falseAlarmRate)
    {
        ThrowUnlessRate(falseAlarmRate);
        return (int)Math.Ceiling((1 / falseAlarmRate) - 1 - 1e-9);
    }

    /// <summary>Whether there are enough calibration repetitions for verdicts at a false-alarm rate.</summary>
    public bool Supports(double falseAlarmRate) => Count >= MinimumRepetitions(falseAlarmRate);

    /// <summary>Share of correct repetitions expected to score at most this, between <see cref="SmallestPValue"/> and 1.</summary>
    public double PValue(double score) => (1.0 + CountAtMost(score)) / (Count + 1);

    /// <summary>
    /// The same for a repetition that every model scored: each calibration score is compared with that of the model that gave it. Like is
    /// compared with like then, where a score under the model of all sessions would be higher than under one that misses some.
    /// </summary>
    /// <param name="scores">The repetition's score under each model.</param>
    public double PValue(ReadOnlySpan<double> scores) => (1.0 + CountAtMost(scores)) / (Count + 1);

    /// <summary>The number of calibration scores that are at most the score under the model that gave them.</summary>
    public int CountAtMost(ReadOnlySpan<double> scores)
    {
        var count = 0;
        for (var i = 0; i < this.scores.Length; i++)
        {
            count += this.scores[i] <= scores[models[i]] ? 1 : 0;
        }

        return count;
    }

    /// <summary>The number of calibration scores that are at most <paramref name="score"/>.</summary>
    public int CountAtMost(double score)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// Where the true false-alarm rate of this very calibration lies with the given confidence when repetitions with p ≤ α are flagged. Given n
    /// calibration scores it follows a beta distribution (V. Vovk, "Conditional validity of inductive conformal predictors", ACML 2012); n is
    /// replaced by <see cref="EffectiveCount"/>. Both ends are 0 when too few repetitions make flagging impossible.
    /// </summary>
    /// <param name="falseAlarmRate">α, above 0 and below 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public (double Low, double High) FalseAlarmInterval(double falseAlarmRate, double confidence = 0.95)
    {
        ThrowUnlessRate(falseAlarmRate);
        ThrowUnlessRate(confidence);
        var flaggedRanks = Math.Floor((falseAlarmRate * (Count + 1)) + 1e-9);
        if (flaggedRanks < 1)
        {
            return (0, 0);
        }

        var a = flaggedRanks / (Count + 1) * (EffectiveCount + 1);
        var b = EffectiveCount + 1 - a;
        var tail = (1 - confidence) / 2;
        return (BetaDistribution.Quantile(tail, a, b), BetaDistribution.Quantile(1 - tail, a, b));
    }

    /// <summary>
    /// Correct repetitions flagged at a false-alarm rate when each session is judged by the scores of the others: the observed counterpart of the
    /// promised rate, as (flagged, judged) for each session.
    /// </summary>
    public IReadOnlyList<(int Flagged, int Judged)> ObservedFalseAlarms(double falseAlarmRate)
    {
        ThrowUnlessRate(falseAlarmRate);
        return [.. sessions.Distinct().Where(_ => SessionCount > 1).Select(session =>
        {
            var others = Where(other => other != session);
            var own = Where(other => other == session);
            return (own.scores.Count(score => others.PValue(score) <= falseAlarmRate + 1e-12), own.Count);
        })];
    }

    private ConformalCalibration Where(Func<int, bool> keep) =>
        new([.. scores.Where((_, i) => keep(sessions[i]))], [.. sessions.Where(keep)]);

    private double EstimateEffectiveCount()
    {
        if (SessionCount <= 1 || SessionCount == Count)
        {
            return SessionCount;
        }

        double[] ranks = [.. scores.Select(score => (double)CountAtMost(score))];
        var mean = ranks.Average();
        double[][] groups = [.. ranks.Zip(sessions).GroupBy(pair => pair.Second, pair => pair.First).Select(group => group.ToArray())];
        var between = groups.Sum(group => group.Length * Square(group.Average() - mean)) / (SessionCount - 1);
        var within = groups.Sum(group => group.Sum(rank => Square(rank - group.Average()))) / (Count - SessionCount);
        var squaredSizes = groups.Sum(group => Square(group.Length));
        var typicalSize = (Count - (squaredSizes / Count)) / (SessionCount - 1);
        var spread = between + ((typicalSize - 1) * within);
        var correlation = spread > 0 ? Math.Clamp((between - within) / spread, 0, 1) : 0;
        var effective = Count / (1 + (((squaredSizes / Count) - 1) * correlation));
        return Math.Clamp(effective, Math.Min(SessionCount, Count), Count);
    }

    private static double Square(double value) => value * value;

    private static void ThrowUnlessRate(double rate)
    {
        if (rate is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate must be above 0 and below 1.");
        }
    }
}
