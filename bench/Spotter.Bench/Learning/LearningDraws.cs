using Spotter.Evaluation;
using Spotter.OneClass;
using Spotter.Synthesis;

namespace Spotter.Bench.Learning;

/// <summary>Packs as recordings come, drawn of people of the mannequin, and how a one-class detector does on them.</summary>
internal static class LearningDraws
{
    /// <summary>Number of packs.</summary>
    public const int Count = 80;

    /// <summary>Draws whose results are put together as an evaluation does with its folds.</summary>
    public const int Groups = 4;

    /// <summary>Share of correct repetitions that may be flagged.</summary>
    public const double Rate = 0.1;

    /// <summary>People of whom packs are drawn.</summary>
    public const int TrainingPeople = 100;

    private const int TestPeople = 60;
    private const double Severity = 1.5;

    private static readonly int[] Sizes = [1, 2, 3, 5, 8];

    /// <summary>Correct repetitions of whom packs are drawn.</summary>
    public static IReadOnlyList<PoolRepetition> Training(LearningPool pool, EstimatorNoise noise, int seed) => pool.Correct(TrainingPeople, Sizes[^1], noise, seed);

    /// <summary>Correct and faulty repetitions of others.</summary>
    public static PoolRepetition[] Test(LearningPool pool, EstimatorNoise noise, int seed) =>
        [.. pool.Correct(TestPeople, 2, noise, seed + 1), .. pool.Faulty(TestPeople, Severity, noise, seed + 1)];

    /// <summary>The repetitions of one pack: three to seven people with one to eight each, enough for a verdict at 10 %.</summary>
    public static PoolRepetition[] Draw(IReadOnlyList<PoolRepetition> training, int seed, int draw)
    {
        var people = training.GroupBy(one => one.Person).Select(group => group.ToArray()).ToArray();
        var random = new Random((seed * 1000) + draw);
        while (true)
        {
            int[] order = [.. Enumerable.Range(0, people.Length)];
            random.Shuffle(order);
            PoolRepetition[] chosen = [.. order.Take(random.Next(3, 8)).SelectMany(person => people[person].Take(Sizes[random.Next(Sizes.Length)]))];
            if (chosen.Length >= ConformalCalibration.MinimumRepetitions(Rate))
            {
                return chosen;
            }
        }
    }

    /// <summary>Fits a detector on each pack and judges others by it, calibrated by leaving whole people out.</summary>
    /// <param name="training">Repetitions of whom packs are drawn.</param>
    /// <param name="test">Repetitions that are judged, a quarter of the people by each pack.</param>
    /// <param name="values">The numbers of a repetition.</param>
    /// <param name="fit">See <see cref="CalibratedDetector"/>.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>Area pooled over draws, and shares of correct and of faulty repetitions flagged at 10 %.</returns>
    public static (double Area, double FalseAlarms, double Found) Judge(
        IReadOnlyList<PoolRepetition> training, PoolRepetition[] test, Func<PoolRepetition, double[]> values, Func<double[][], int[], Func<double[], double>> fit, int seed)
    {
        List<(bool Correct, Judgement Judgement)>[] trials = [.. Enumerable.Range(0, Count).AsParallel().AsOrdered().Select(draw =>
        {
            var chosen = Draw(training, seed, draw);
            int[] people = [.. chosen.Select(one => one.Person).Distinct()];
            var detector = new CalibratedDetector(Array.ConvertAll(chosen, one => values(one)), Array.ConvertAll(chosen, one => Array.IndexOf(people, one.Person)), fit);
            return test.Where(one => one.Person % Groups == draw % Groups).Select(one => (one.Fault is null, detector.Judge(values(one)))).ToList();
        })];
        return (
            trials.Chunk(Groups).Average(group => RankingMetrics.RocAuc(group.SelectMany(trial => trial).Select(item => new ScoredLabel(item.Judgement.Score, item.Correct, "")))),
            Flagged(correct: true),
            Flagged(correct: false));

        double Flagged(bool correct) => trials.Average(trial => trial.Where(item => item.Correct == correct).Average(item => item.Judgement.IsFlagged(Rate) ? 1.0 : 0));
    }
}
