using System.Globalization;
using Spotter.Bench.Mannequins;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Streams;

/// <summary>A branch for each network and one for the measures, fitted on people of the mannequin who press correctly, and what they make of others.</summary>
internal sealed class StreamTrial
{
    private readonly Branch[] branches;
    private readonly (bool IsCorrect, double[] Relative, double[][] Scores)[] judged; // by branch

    public StreamTrial(View view, IReadOnlyList<StreamNetwork> networks, int people, int seed)
    {
        var definition = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);
        var teachers = new MannequinPeople(view, EstimatorNoise.BlazePose, seed);
        var others = new MannequinPeople(view, EstimatorNoise.BlazePose, seed + 1);
        MannequinRepetition[] training = [.. Enumerable.Range(0, people).AsParallel().AsOrdered().SelectMany(person => teachers.Repeat(person))];
        var joints = JointMask.Fit(Array.ConvertAll(training, Input));
        FeatureSample[][] samples = [.. Seen(training).Select(seen => seen.Select((values, i) =>
            new FeatureSample(values, training[i].Person.ToString(CultureInfo.InvariantCulture))).ToArray())];
        branches = [.. samples.Index().AsParallel().AsOrdered().Select(own => Branch.Fit($"{own.Index}", own.Item))];

        Fault?[] faults = [null, .. MannequinExercises.ShoulderPress.FaultScales.Where(scale => scale.Kind != FaultKind.Rush).Select(scale => new Fault(scale.Kind, scale.Coach))];
        judged = [.. faults.SelectMany(fault => Enumerable.Range(0, people).Select(person => (fault, person))).AsParallel().AsOrdered().SelectMany(one =>
            (one.fault is null ? others.Repeat(one.person) : others.Repeat(one.person, one.fault)).Select(repetition => Judge(repetition, one.fault is null)))];

        static float[] Input(MannequinRepetition repetition) => SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition);

        // Of each network and of the measures, the numbers of every repetition.
        double[][][] Seen(MannequinRepetition[] repetitions)
        {
            double[][][] all = [.. repetitions.AsParallel().AsOrdered().Select(Look)];
            return [.. Enumerable.Range(0, networks.Count + 1).Select(branch => all.Select(own => own[branch]).ToArray())];
        }

        double[][] Look(MannequinRepetition repetition)
        {
            var shown = joints.Apply(Input(repetition));
            return
            [
                .. networks.Select(network => network.Features(shown)),
                MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, repetition.View, definition).Select(definition.Measures[view]),
            ];
        }

        (bool, double[], double[][]) Judge(MannequinRepetition repetition, bool isCorrect)
        {
            var scores = new double[branches.Length][];
            double[] relative = [.. Look(repetition).Select((values, b) => branches[b].Score(values, out scores[b]).RelativeScore)];
            return (isCorrect, relative, scores);
        }
    }

    /// <summary>Correct repetitions that are judged.</summary>
    public int Correct => judged.Count(one => one.IsCorrect);

    /// <summary>Faulty repetitions that are judged.</summary>
    public int Faulty => judged.Length - Correct;

    /// <summary>The areas of some branches joined: by their p-values with the mean score deciding within a step, and by the mean score alone.</summary>
    public (double Joined, double Mean) Areas(int[] joined)
    {
        var fusion = new BranchFusion([.. joined.Select(branch => branches[branch])]);
        var ranked = judged.Select(one =>
        {
            var mean = joined.Average(branch => one.Relative[branch]);
            var p = fusion.PValue([.. joined.Select(branch => one.Scores[branch])]);
            return (one.IsCorrect, Joined: p + (1e-4 * Math.Atan(mean)), Mean: mean);
        }).ToArray();
        return (Area(ranked.Select(one => (one.IsCorrect, one.Joined))), Area(ranked.Select(one => (one.IsCorrect, one.Mean))));
    }

    private static double Area(IEnumerable<(bool IsCorrect, double Score)> items) =>
        RankingMetrics.RocAuc(items.Select(item => new ScoredLabel(item.Score, item.IsCorrect, "")));
}
