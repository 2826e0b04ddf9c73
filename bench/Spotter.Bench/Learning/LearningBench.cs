using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Mannequins;

namespace Spotter.Bench.Learning;

/// <summary>
/// Decides on the mannequin how scores are ranked, calibrated and scaled: packs of three to seven people with unequally many repetitions, as recordings come, judge
/// people that they have not seen, correct and with each fault at half more than what a coach would call wrong.
/// </summary>
internal static class LearningBench
{
    private const int Draws = LearningDraws.Count;
    private const int Groups = LearningDraws.Groups;
    private const double Rate = LearningDraws.Rate;

    private static readonly string[] Methods = ["fused", "network", "measures"];

    public static int Run(string backbone, string exercise, int seed, double unevenness)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        foreach (var view in ExerciseDefinition.Load(exercise).Measures.Keys.Order())
        {
            var pool = new LearningPool(exercise, view, encoder, unevenness);
            var spread = MeasureSpread.Of(exercise, view, seed + 900);
            Console.WriteLine($"\n{view}: measure, deviation between recordings of one motion, of all people");
            foreach (var name in pool.MeasureNames)
            {
                Console.WriteLine(Text($"  {name} {spread[name].Error:0.###} {spread[name].People:0.###}"));
            }

            var training = LearningDraws.Training(pool, EstimatorNoise.BlazePose, seed);
            var test = LearningDraws.Test(pool, EstimatorNoise.BlazePose, seed);
            Console.WriteLine(Text($"{view}: {training.Count} correct repetitions to learn from, {test.Count(one => one.Fault is null)} correct and {test.Count(one => one.Fault is not null)} faulty ones to judge"));

            double[] zero = new double[pool.MeasureNames.Count];
            double[] errors = [.. pool.MeasureNames.Select(name => spread[name].Error)];
            double[] people = [.. pool.MeasureNames.Select(name => spread[name].People)];
            int[] sides = [.. pool.MeasureNames.Select(name => MeasureCatalogue.Get(name).Faulty switch { FaultyValues.Low => 1, FaultyValues.High => -1, _ => 0 })];
            (string Name, FeaturePrior? Prior)[] priors =
            [
                ("none", null), ("one-sided", new(zero, sides)), ("recording error", new(errors)), ("recording error, one-sided", new(errors, sides)),
                ("all people", new(people)), ("all people, one-sided", new(people, sides)),
                ("mannequin's metric", MannequinMetric.Of(exercise, view, pool.MeasureNames)),
            ];
            var index = 0;
            foreach (var (name, prior) in priors)
            {
                Report(view, name, Trials(pool, training, test, prior, seed), ranking: index++ == 0);
            }

            var mannequin = pool.Correct(LearningDraws.TrainingPeople, 1, EstimatorNoise.OpenPose, seed + 2).Select(one => one.Measures.Select(pool.MeasureNames)).ToList();
            foreach (var weight in new[] { 3.0, 10, 30 })
            {
                var tried = LearningDraws.Judge(training, test, one => one.Measures.Select(pool.MeasureNames), new MannequinGaussian(mannequin, weight).Fit, seed);
                Console.WriteLine(Text($"{view}, measures, Gaussian with the mannequin's covariance worth {weight} sessions: area {tried.Area:0.000}; asked 10 %: {tried.FalseAlarms:0.000} / {tried.Found:0.000}"));
            }
        }

        return 0;
    }

    /// <summary>Learns from keypoints of one kind of estimator and judges those of another.</summary>
    public static int Estimators(string backbone, int seed)
    {
        using var encoder = StGcnEncoder.Load(backbone);
        (string Name, EstimatorNoise Noise)[] kinds = [("OpenPose-like", EstimatorNoise.OpenPose), ("BlazePose-like", EstimatorNoise.BlazePose)];
        Console.WriteLine("| view | learnt from | judged | " + string.Join(" | ", Methods.Select(method => $"{method}: AUC, false alarms / detected at 10 %")) + " |\n|---|---|---|---|---|---|");
        foreach (var view in new[] { View.Front, View.Side })
        {
            var pool = new LearningPool(MannequinOptions.ShoulderPress, view, encoder);
            var prior = MeasureSpreads.Of(MannequinOptions.ShoulderPress, view, pool.MeasureNames);
            foreach (var learnt in kinds)
            {
                var training = LearningDraws.Training(pool, learnt.Noise, seed);
                foreach (var judged in kinds)
                {
                    var test = LearningDraws.Test(pool, judged.Noise, seed);
                    var trials = Trials(pool, training, test, prior, seed);
                    Console.WriteLine($"| {view} | {learnt.Name} | {judged.Name} | " + string.Join(" | ", Methods.Select((_, m) =>
                        Text($"{trials.Average(items => Auc(items, seen => seen.Relative[m])):0.00}, {Rates(trials, seen => seen.Plain[m])}"))) + " |");
                }
            }
        }

        return 0;
    }

    private static List<(bool Correct, Seen Seen)>[] Trials(LearningPool pool, IReadOnlyList<PoolRepetition> training, PoolRepetition[] test, FeaturePrior? prior, int seed)
    {
        return [.. Enumerable.Range(0, Draws).AsParallel().AsOrdered().Select(draw =>
        {
            var chosen = LearningDraws.Draw(training, seed, draw);
            Branch Fit(string name, Func<PoolRepetition, double[]> values, FeaturePrior? known) =>
                Branch.Fit(name, [.. chosen.Select(one => new FeatureSample(values(one), one.Person.ToString(CultureInfo.InvariantCulture)))], prior: known);
            var trial = new LearningTrial(Fit("network", one => one.Features, null), Fit("measures", one => one.Measures.Select(pool.MeasureNames), prior));
            return test.Where(one => one.Person % Groups == draw % Groups)
                .Select(one => (one.Fault is null, trial.Look(one.Features, one.Measures.Select(pool.MeasureNames)))).ToList();
        })];
    }

    private static void Report(View view, string prior, List<(bool Correct, Seen Seen)>[] trials, bool ranking)
    {
        (bool Correct, Seen Seen)[][] pooled = [.. trials.Chunk(Groups).Select(group => group.SelectMany(trial => trial).ToArray())];
        double Pooled(Func<Seen, double> score) => pooled.Average(items => Auc(items, score));
        double Each(Func<Seen, double> score) => trials.Average(items => Auc(items, score));
        Console.WriteLine($"\n{view}, measures scaled with: {prior}");
        if (ranking)
        {
            Console.WriteLine("  ranking: area pooled over draws, area within draws");
            void Rank(string name, Func<Seen, double> score) => Console.WriteLine(Text($"    {name}: {Pooled(score):0.000}, {Each(score):0.000}"));
            Rank("fused, steps", seen => seen.Steps);
            Rank("fused, mean relative score", seen => seen.Relative[0]);
            Rank("fused, standing", seen => seen.Standing[0]);
            Rank("fused, smoothed 0.25", seen => seen.Smoothed[0]);
            Rank("fused, smoothed 0.5", seen => seen.Smoothed[1]);
            Rank("fused, smoothed 1", seen => seen.Smoothed[2]);
            Rank("network, relative score", seen => seen.Relative[1]);
            Rank("network, standing", seen => seen.Standing[1]);
            Rank("measures, relative score", seen => seen.Relative[2]);
            Rank("measures, standing", seen => seen.Standing[2]);
        }

        for (var m = 0; m < Methods.Length; m++)
        {
            Console.WriteLine(Text($"  {Methods[m]}: area {Pooled(seen => seen.Relative[m]):0.000}, found at measured 10 % {pooled.Average(items => FoundAt(items, seen => seen.Relative[m])):0.000}; asked 10 %: ")
                + string.Join("; ", new (string Name, Func<Seen, double> P)[] { ("plain", seen => seen.Plain[m]), ("sessions equal", seen => seen.BySession[m]), ("random effects", seen => seen.RandomEffects[m]) }
                    .Select(one => $"{one.Name} {Rates(trials, one.P)}")));
        }
    }

    // Mean and deviation over draws of the false alarms, and mean detection.
    private static string Rates(List<(bool Correct, Seen Seen)>[] trials, Func<Seen, double> p)
    {
        double[] alarms = [.. trials.Select(items => items.Where(item => item.Correct).Average(item => p(item.Seen) <= Rate + 1e-9 ? 1.0 : 0))];
        var found = trials.Average(items => items.Where(item => !item.Correct).Average(item => p(item.Seen) <= Rate + 1e-9 ? 1.0 : 0));
        var mean = alarms.Average();
        return Text($"{mean:0.000} ± {Math.Sqrt(alarms.Average(value => (value - mean) * (value - mean))):0.000} / {found:0.000}");
    }

    private static double Auc(IReadOnlyCollection<(bool Correct, Seen Seen)> items, Func<Seen, double> score) =>
        RankingMetrics.RocAuc(items.Select(item => new ScoredLabel(score(item.Seen), item.Correct, "")));

    private static double FoundAt((bool Correct, Seen Seen)[] items, Func<Seen, double> score)
    {
        double[] correct = [.. items.Where(item => item.Correct).Select(item => score(item.Seen)).Order()];
        var threshold = correct[(int)(Rate * correct.Length)];
        return items.Where(item => !item.Correct).Average(item => score(item.Seen) < threshold ? 1.0 : 0);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
